#!/usr/bin/env -S bash -p
# Runs the Python part of start-all.sh, stop-all.sh and status.sh, which needs nothing but the standard library.
case ${1-} in start | environments | programs) for_downloads=yes ;; esac
. "$(dirname "$(readlink -f "$0")")/../../scripts/common.sh"

if ! python3 -P -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  echo "Found $(python3 --version 2>&1 || true), expected Python 3.11 or later as python3: apt-get install python3 python3-venv" >&2
  exit 2
fi
# No module of the folder where it is called (-P) or of the user's own packages (-s) comes first.
PYTHONPATH=$root/deploy/local:$root/deploy/airflow exec python3 -P -s -m playlog_local "$@"
