#!/usr/bin/env -S bash -p
# Kills what can die, on a stack of its own, and compares what is stored with what was sent. See --help.
for_downloads=yes # of the builds
. "$(dirname "$(readlink -f "$0")")/common.sh"

require_file "$environments/test/bin/python" "scripts/test-all.sh makes it"
cd "$root"
export PYTHONPATH=$root/testkit:$root/deploy/local
exec "$environments/test/bin/python" -m faults "$@"
