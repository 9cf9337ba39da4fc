#!/usr/bin/env -S bash -p
# Starts everything on this machine: Kafka, Cassandra, Airflow, the stream and the producer. See --help.
exec "$(dirname "$(readlink -f "$0")")/../deploy/local/local.sh" start "$@"
