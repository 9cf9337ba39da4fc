#!/usr/bin/env -S bash -p
# Asks Cassandra, and shows the CQL. Reads at the configured consistency (cqlsh: at its own). Login and TLS are cqlsh's:
# ~/.cassandra/credentials and ~/.cassandra/cqlshrc, or with security.folder or local.secure those in that folder.
#
#   query.sh sample                    50 listens
#   query.sh listeners                 listens and average energy of each listener, over the whole history
#   query.sh listens NAME HOUR         one listener's listens in an hour, such as 2026-11-22T13:00Z
#   query.sh danceability NAME HOUR    their number and average danceability
#   query.sh summaries [DAY] [--json]  the reports of a day (default: today), and each listener's newest summary,
#                                      complete or unfinished
#   query.sh cql 'SELECT ...'          any CQL
#   query.sh cqlsh [OPTIONS]           an interactive cqlsh, or with its own options, such as -f FILE
. "$(dirname "$(readlink -f "$0")")/common.sh"

usage() {
  sed -n '2,/^[^#]/{/^#/s/^# \{0,1\}//p}' "$0"
}

case ${1:-} in
  sample | listeners | listens | danceability | summaries | cql | cqlsh) ;;
  -h | --help) usage && exit ;;
  *) usage >&2 && exit 2 ;;
esac

if [[ $1 == summaries ]]; then
  exec "$root/deploy/local/local.sh" summaries --config "$config" "${@:2}"
fi

require_file "$environments/tools/bin/cqlsh" "scripts/start-all.sh installs it"
# The one that may be empty first: of the last ones the shell would take the line away.
values=$(settings security.used-folder cassandra.contact-points cassandra.keyspace cassandra.consistency)
{ read -r security; read -r contact_points; read -r keyspace; read -r consistency; } <<<"$values"
IFS=, read -ra nodes <<<"$contact_points"
# The first node that can be reached, since one may be down; else the first of all, for cqlsh to say why.
for node in "${nodes[@]}" "${nodes[0]}"; do
  host=${node//[[:space:]]/} port=9042
  if [[ $host =~ ^(.*[^:]):([0-9]+)$ ]]; then
    host=${BASH_REMATCH[1]}
    port=${BASH_REMATCH[2]}
  fi
  host=${host//[\[\]]/}
  # shellcheck disable=SC2016
  if [[ ${#nodes[@]} -eq 1 ]] || timeout 2 bash -c 'exec 3<>"/dev/tcp/$1/$2"' - "$host" "$port" 2>/dev/null; then
    break
  fi
done

# An aggregate over the whole history takes longer than cqlsh's 10 s.
# By its Python: the first line of a program cannot name one in a folder such as /a 'b' $c.
cqlsh=("$environments/tools/bin/python" "$root/deploy/local/checked_cqlsh.py" "$environments/tools/bin/cqlsh")
[[ -z $security || ! -e $security/cqlshrc ]] || cqlsh+=(--cqlshrc "$security/cqlshrc")
cqlsh+=(--request-timeout 3600 --keyspace "$keyspace")
address=("$host" "$port")

run() {
  printf '%s\n' "$1"
  ask "$1"
}

ask() {
  "${cqlsh[@]}" --no-color -e "PAGING OFF; CONSISTENCY $consistency; $1" "${address[@]}" |
    sed '/^PAGING set to OFF$/d; /^Consistency level set to /d; /^WARNING: cqlsh was built against/d'
}

# one_hour NAME HOUR: the part of a query that reads one slice of one partition
one_hour() {
  [[ $# -eq 2 ]] || fail "Found $# arguments, expected NAME and HOUR. Ex. \"Ada Lovelace\" 2026-11-22T13:00Z"
  local start end
  start=$(date -u -d "$2" +%Y-%m-%dT%H:%M:%SZ) || fail "Found the hour '$2', expected one such as 2026-11-22T13:00Z"
  end=$(date -u -d "$2 1 hour" +%Y-%m-%dT%H:%M:%SZ)
  printf "FROM records WHERE name = '%s' AND event_time >= '%s' AND event_time < '%s';" \
    "${1//\'/\'\'}" "$start" "$end"
}

case $1 in
  sample)
    run "SELECT name, event_time, song_name, artists, danceability, energy FROM records LIMIT 50;"
    ;;
  listeners)
    run "SELECT name, count(*), avg(energy) FROM records GROUP BY name;"
    ;;
  listens)
    slice=$(one_hour "${@:2}")
    run "SELECT event_time, song_name, artists, danceability, energy $slice"
    ;;
  danceability)
    slice=$(one_hour "${@:2}")
    run "SELECT count(*), avg(danceability) $slice"
    ;;
  cql)
    [[ $# -eq 2 && -n $2 ]] || fail "Found $(($# - 1)) arguments, expected the CQL as one. Ex. 'SELECT name FROM records LIMIT 1;'"
    run "$2"
    ;;
  cqlsh)
    exec "${cqlsh[@]}" "${@:2}" "${address[@]}"
    ;;
esac
