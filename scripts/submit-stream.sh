#!/usr/bin/env bash
# Runs the stream in the foreground until SIGTERM, which lets the running micro-batch finish.
exec "$(dirname "${BASH_SOURCE[0]}")/spark-job.sh" stream "$@"
