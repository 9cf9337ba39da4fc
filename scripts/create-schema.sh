#!/usr/bin/env bash
# Creates keyspace and tables; what exists stays as it is.
exec "$(dirname "${BASH_SOURCE[0]}")/spark-job.sh" schema "$@"
