# Sourced by the other scripts: where things are, and settings, which only Java reads.
# shellcheck shell=bash disable=SC2034
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
config=${PLAYLOG_CONFIG:-$root/conf/application.conf}
producer_jar=${PLAYLOG_PRODUCER_JAR:-$root/producer/target/producer.jar}
jobs_jar=${PLAYLOG_JOBS_JAR:-$root/jobs/target/jobs.jar}
environments=${PLAYLOG_ENVIRONMENTS:-$root/.envs}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

fail() {
  echo "$*" >&2
  exit 2
}

require_file() {
  [[ -e $1 ]] || fail "$1 is missing: $2"
}

# settings KEY...: the resolved values, a line each
settings() {
  require_file "$producer_jar" "build it with: mvn -DskipTests package"
  "$java" -jar "$producer_jar" settings --config "$config" "$@"
}
