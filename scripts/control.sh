#!/usr/bin/env -S bash -p
# Controls single programs of a stack that start-all.sh started, by supervisorctl:
# start and restart return when the program has stayed up for 10 s.
#   control.sh status | stop producer | start producer | restart stream | tail -f stream
exec "$(dirname "$(readlink -f "$0")")/../deploy/local/local.sh" control -- "$@"
