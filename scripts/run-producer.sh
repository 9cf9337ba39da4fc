#!/usr/bin/env bash
# Runs the producer with the project's settings; arguments are passed on (try --help).
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

require_file "$producer_jar" "build it with: mvn -DskipTests package"
exec "$java" -jar "$producer_jar" --config "$config" "$@"
