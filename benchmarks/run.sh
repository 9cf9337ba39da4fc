#!/usr/bin/env -S bash -p
# Measures Playlog against its baselines, on a stack of its own; takes a bit more than an hour, with --quick minutes. See --help.
for_downloads=yes # of the builds
. "$(dirname "$(readlink -f "$0")")/../scripts/common.sh"

require_file "$environments/test/bin/python" "scripts/test-all.sh makes it"
cd "$root"
export PYTHONPATH=$root/benchmarks:$root/testkit:$root/deploy/local
exec "$environments/test/bin/python" -m playlog_benchmarks "$@"
