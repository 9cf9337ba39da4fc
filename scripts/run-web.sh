#!/usr/bin/env -S bash -p
# Runs the page in the foreground until SIGTERM; arguments are passed on (try --help).
. "$(dirname "$(readlink -f "$0")")/common.sh"

require_file "$web_jar" "build it with: mvn -DskipTests package"
memory=$(settings web.memory)
exec "$java" "${java_options[@]}" "-Xmx$memory" -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError -jar "$web_jar" --config "$config" "$@"
