#!/usr/bin/env bash
# Kills what can die, on a stack of its own, and compares what is stored with what was sent. See --help.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

require_file "$environments/test/bin/python" "scripts/test-all.sh makes it"
cd "$root"
export PYTHONPATH=$root/testkit:$root/deploy/local
exec "$environments/test/bin/python" -m faults "$@"
