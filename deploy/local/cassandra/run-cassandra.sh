#!/usr/bin/env -S bash -p
# Runs a member of the bundled Cassandra in the foreground until SIGTERM.
# Usage: run-cassandra.sh LIB_DIR CONFIG_FILE [MEMBER]     LIB_DIR is deploy/local/cassandra/target/lib
. "$(dirname "$(readlink -f "$0")")/../../../scripts/common.sh"

if [[ $# -lt 2 || $# -gt 3 ]]; then
  echo "Usage: run-cassandra.sh LIB_DIR CONFIG_FILE [MEMBER]" >&2
  exit 2
fi
lib=$1
config=$2
member=${3:-1}
require_jdk

values=$("$java" "${java_options[@]}" -cp "$lib/*" io.playlog.local.cassandra.CassandraServer settings --config "$config" \
  local.cassandra-memory local.cassandra-metrics-port)
{ read -r memory && read -r port; } <<<"$values"
use_metrics_agent cassandra "$lib" "127.0.0.$member" "$port"
jamm=("$lib"/jamm-*.jar)

exec "$java" "${java_options[@]}" \
  "-Xmx$memory" \
  "-javaagent:${jamm[0]}" \
  "${agent[@]}" \
  "@$root/deploy/local/cassandra/jvm17.options" \
  -cp "$lib/*" \
  io.playlog.local.cassandra.CassandraServer --config "$config" --member "$member"
