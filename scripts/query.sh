#!/usr/bin/env bash
# Asks Cassandra, and shows the CQL. Reads at the configured consistency (cqlsh: at its own). Login and TLS are cqlsh's:
# ~/.cassandra/credentials and ~/.cassandra/cqlshrc.
#
#   query.sh sample                    50 listens
#   query.sh listeners                 listens and average energy of each listener, over the whole history
#   query.sh listens NAME HOUR         one listener's listens in an hour, such as 2026-11-22T13:00Z
#   query.sh danceability NAME HOUR    their number and average danceability
#   query.sh summaries [DAY]           each listener's newest summary, complete or unfinished, and the reports
#                                      of a day (default: today)
#   query.sh cql 'SELECT ...'          any CQL
#   query.sh cqlsh [OPTIONS]           an interactive cqlsh, or with its own options, such as -f FILE
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

usage() {
  sed -n '2,/^source/{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"
}

case ${1:-} in
  sample | listeners | listens | danceability | summaries | cql | cqlsh) ;;
  -h | --help) usage && exit ;;
  *) usage >&2 && exit 2 ;;
esac

require_file "$environments/tools/bin/cqlsh" "scripts/start-all.sh installs it"
values=$(settings cassandra.contact-points cassandra.keyspace cassandra.consistency)
{ read -r contact_points; read -r keyspace; read -r consistency; } <<<"$values"
IFS=: read -r host port <<<"${contact_points%%,*}"

# An aggregate over the whole history takes longer than cqlsh's 10 s.
cqlsh=("$environments/tools/bin/cqlsh" --request-timeout 3600 --keyspace "$keyspace")
address=("$host" "${port:-9042}")

run() {
  printf '%s\n' "$1"
  ask "$1"
}

ask() {
  "${cqlsh[@]}" -e "PAGING OFF; CONSISTENCY $consistency; $1" "${address[@]}" |
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

runs_of_all_hours() {
  ask "SELECT hour, state, finished_at FROM report_runs;"
}

# with_states RUNS_BEFORE RUNS_AFTER: puts the state of its hour before each line of a table that begins with the hour.
# A line counts as complete only if no report touched its hour while the table was read.
with_states() {
  awk -v before="$1" -v after="$2" '
    BEGIN {
      split(before, lines, "\n")
      for (i in lines) was[lines[i]] = 1
      split(after, lines, "\n")
      for (i in lines) {
        count = split(lines[i], columns, " *[|] *")
        if (count == 3 && columns[2] == "complete" && lines[i] in was) {
          sub(/^ */, "", columns[1])
          complete[columns[1]] = 1
        }
      }
    }
    /^ *hour / { print " state      |" $0; next }
    /^-+[+]/ { print "------------+" $0; next }
    /^ *[0-9]+-[0-9]+-[0-9]+ / {
      hour = $0
      sub(/ *[|].*/, "", hour)
      sub(/^ */, "", hour)
      print (hour in complete ? " complete   |" : " unfinished |") $0
      next
    }
    { print }'
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
  summaries)
    day=${2:-$(date -u +%Y-%m-%d)}
    echo "Reports of $day:"
    run "SELECT hour, state, listens, listeners, finished_at FROM report_runs WHERE day = '$day';"
    query="SELECT hour, name, songs_listened, songs_matched, distinct_songs, avg_energy, top_song, top_artist
  FROM user_hourly_summary PER PARTITION LIMIT 1 LIMIT 100;"
    runs_before=$(runs_of_all_hours)
    summaries=$(run "$query")
    runs_after=$(runs_of_all_hours)
    with_states "$runs_before" "$runs_after" <<<"$summaries"
    ;;
  cql)
    run "${2:?expected CQL}"
    ;;
  cqlsh)
    exec "${cqlsh[@]}" "${@:2}" "${address[@]}"
    ;;
esac
