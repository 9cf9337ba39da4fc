#!/usr/bin/env bash
# Stops everything that start-all.sh started; data stays, unless --purge is given. See --help.
exec "$(dirname "${BASH_SOURCE[0]}")/../deploy/local/local.sh" stop "$@"
