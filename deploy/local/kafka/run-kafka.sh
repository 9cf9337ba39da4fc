#!/usr/bin/env -S bash -p
# Runs a member of the bundled Kafka in the foreground until SIGTERM.
# Usage: run-kafka.sh LIB_DIR CONFIG_FILE [MEMBER]     LIB_DIR is deploy/local/kafka/target/lib
. "$(dirname "$(readlink -f "$0")")/../../../scripts/common.sh"

if [[ $# -lt 2 || $# -gt 3 ]]; then
  echo "Usage: run-kafka.sh LIB_DIR CONFIG_FILE [MEMBER]" >&2
  exit 2
fi
lib=$1
config=$2
member=${3:-1}
require_jdk

values=$("$java" "${java_options[@]}" -cp "$lib/*" io.playlog.local.kafka.KafkaServer settings --config "$config" \
  local.kafka-memory local.kafka-metrics-port)
{ read -r memory && read -r port; } <<<"$values"
use_metrics_agent kafka "$lib" "127.0.0.$member" "$port"

exec "$java" "${java_options[@]}" \
  "-Xmx$memory" \
  "${agent[@]}" \
  -XX:+UseSerialGC \
  -XX:+ExitOnOutOfMemoryError \
  -Djava.awt.headless=true \
  -cp "$lib/*" \
  io.playlog.local.kafka.KafkaServer --config "$config" --member "$member"
