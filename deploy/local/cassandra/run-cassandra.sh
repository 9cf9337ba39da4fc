#!/usr/bin/env bash
# Runs the bundled Cassandra in the foreground until SIGTERM.
# Usage: run-cassandra.sh LIB_DIR CONFIG_FILE     LIB_DIR is deploy/local/cassandra/target/lib
set -euo pipefail

if [[ $# -ne 2 ]]; then
  echo "Usage: run-cassandra.sh LIB_DIR CONFIG_FILE" >&2
  exit 2
fi
lib=$1
config=$2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

memory=$("$java" -cp "$lib/*" io.playlog.local.cassandra.CassandraServer settings --config "$config" local.cassandra-memory)
jamm=("$lib"/jamm-*.jar)

exec "$java" \
  "-Xmx$memory" \
  "-javaagent:${jamm[0]}" \
  "@$here/jvm17.options" \
  -cp "$lib/*" \
  io.playlog.local.cassandra.CassandraServer --config "$config"
