#!/usr/bin/env -S bash -p
# Stops everything that start-all.sh started; data stays, unless --purge is given. See --help.
exec "$(dirname "$(readlink -f "$0")")/../deploy/local/local.sh" stop "$@"
