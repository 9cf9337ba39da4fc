#!/usr/bin/env -S bash -p
# Publishes the last full hour and all hours that are due; or: run-hourly-report.sh --hour 2026-11-22T13:00Z
# One at a time: ends with 75 if another one is running. Other exit codes: scripts/spark-job.sh --help.
. "$(dirname "$(readlink -f "$0")")/common.sh"

dir=$(settings local.dir)
if ! mkdir -p "$dir" || [[ ! -w $dir ]]; then
  fail "PL-613: $USER cannot write in $dir: PLAYLOG_LOCAL_DIR names a folder of your own"
fi
exec 9>"$dir/hourly-report.lock"
if ! flock --nonblock 9; then
  echo "Another hourly report is running (lock $dir/hourly-report.lock); nothing done." >&2
  exit 75
fi

if [[ $# -eq 0 ]]; then
  set -- --hour "$(date -u -d '1 hour ago' +%Y-%m-%dT%H:00Z)" --due
fi
exec "$root/scripts/spark-job.sh" hourly-summary "$@"
