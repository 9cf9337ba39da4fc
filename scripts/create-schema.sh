#!/usr/bin/env -S bash -p
# Creates keyspace and tables; what exists stays as it is.
exec "$(dirname "$(readlink -f "$0")")/spark-job.sh" schema "$@"
