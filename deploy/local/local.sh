#!/usr/bin/env bash
# Runs the Python part of start-all.sh, stop-all.sh and status.sh, which needs nothing but the standard library.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  echo "Found $(python3 --version 2>&1 || true), expected Python 3.11 or later as python3: apt-get install python3 python3-venv" >&2
  exit 2
fi
# What the programs print is read by these scripts: no language's digits, decimal commas or encoding may change it.
export LC_ALL=C.UTF-8 PYTHONUTF8=1
export PYTHONPATH=$here:$here/../airflow${PYTHONPATH:+:$PYTHONPATH}
exec python3 -m playlog_local "$@"
