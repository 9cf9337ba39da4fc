#!/usr/bin/env -S bash -p
# Kills what can die, on a stack of its own, compares what is stored with what was sent, and tells which alerts fired.
# With --cluster three nodes of each server, and how long a listen waits at most. See --help.
for_downloads=yes # of the builds
. "$(dirname "$(readlink -f "$0")")/common.sh"

require_file "$environments/test/bin/python" "scripts/test-all.sh makes it"
cd "$root"
deploy/local/local.sh environments monitoring
export PYTHONPATH=$root/testkit:$root/deploy/local
exec "$environments/test/bin/python" -m faults "$@"
