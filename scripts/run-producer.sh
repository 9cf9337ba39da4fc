#!/usr/bin/env -S bash -p
# Runs the producer with the project's settings; arguments are passed on (try --help).
. "$(dirname "$(readlink -f "$0")")/common.sh"

require_file "$producer_jar" "build it with: mvn -DskipTests package"
require_jdk
exec "$java" "${java_options[@]}" -jar "$producer_jar" --config "$config" "$@"
