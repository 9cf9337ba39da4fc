#!/usr/bin/env -S bash -p
# Shows what runs and how far stream and reports have come; exit code 0 only if all is well. See --help.
exec "$(dirname "$(readlink -f "$0")")/../deploy/local/local.sh" status "$@"
