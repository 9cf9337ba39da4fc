#!/usr/bin/env -S bash -p
# Runs the stream in the foreground until SIGTERM, which lets the running micro-batch finish.
exec "$(dirname "$(readlink -f "$0")")/spark-job.sh" stream "$@"
