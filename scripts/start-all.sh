#!/usr/bin/env bash
# Starts everything on this machine: Kafka, Cassandra, Airflow, the stream and the producer. See --help.
exec "$(dirname "${BASH_SOURCE[0]}")/../deploy/local/local.sh" start "$@"
