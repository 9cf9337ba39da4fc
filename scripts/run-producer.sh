#!/usr/bin/env bash
# Runs the producer with the project's settings; arguments are passed on (try --help).
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
jar="${PLAYLOG_PRODUCER_JAR:-$root/producer/target/producer.jar}"
if [[ ! -f "$jar" ]]; then
  echo "$jar is missing: make it with \`mvn -DskipTests package\`" >&2
  exit 2
fi
exec java -jar "$jar" --config "${PLAYLOG_CONFIG:-$root/conf/application.conf}" "$@"
