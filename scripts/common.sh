# Sourced by the other scripts: what they let in of the caller's shell, where things are, and settings, which only Java
# reads. Begins in any shell, since people type `sh scripts/x.sh` too.
# shellcheck shell=bash disable=SC2034

# With -p bash runs no BASH_ENV, takes no exported functions and no CDPATH. The scripts' first lines ask for it.
if [ -z "${BASH_VERSION-}" ]; then
  exec bash -p -- "$0" "$@"
elif [[ $- != *p* ]]; then
  exec bash "-p${-//[^x]/}" -- "$0" "$@"
fi
set -euo pipefail
# The caller's bound for functions that call functions.
unset FUNCNEST
PLAYLOG_PASS_ENV=${PLAYLOG_PASS_ENV-}
for descriptor in 0 1 2; do
  # Closed, it would become the next file's that is opened. (With `:`, POSIXLY_CORRECT would end the script here; onto
  # itself bash copies none, so that it would not notice.)
  { true 9>&"$descriptor"; } 2>/dev/null || eval "exec $descriptor<>/dev/null"
done

# passes NAME: whether the programs get this variable of the caller, whatever it is
passes() {
  local pattern
  case $1 in
    PATH | HOME | TMPDIR | TERM | SHELL | JAVA_HOME | PLAYLOG_* | KCAT_CONFIG) return ;;
    # How this machine loads programs.
    LD_LIBRARY_PATH | LD_PRELOAD | MALLOC_*) return ;;
    # Set by bash or below.
    PWD | OLDPWD | SHLVL | _ | USER | LOGNAME | LC_ALL | TZ | PYTHONUTF8) return ;;
  esac
  for pattern in "${passed_on[@]}"; do
    # shellcheck disable=SC2053
    [[ $1 != $pattern ]] || return 0
  done
  return 1
}

# serves_downloads NAME: what Maven, pip and apt-get may need to reach their servers
serves_downloads() {
  case ${1,,} in
    http_proxy | https_proxy | all_proxy | no_proxy | netrc | debian_frontend) ;;
    pip_* | maven_opts | maven_args | maven_skip_rc | java_tool_options | jdk_java_options | _java_options) ;;
    ssl_cert_file | ssl_cert_dir | requests_ca_bundle | curl_ca_bundle) ;;
    xdg_config_home | xdg_config_dirs | xdg_cache_home) ;;
    *) return 1 ;;
  esac
}

# may_be_meant NAME: what people set for programs like these
may_be_meant() {
  [[ $1 =~ ^((SPARK|PYSPARK|HADOOP|YARN|CQLSH)_.*|AIRFLOW_.*|KRB5.*|KAFKA_.*OPTS|CASSANDRA_CONF|JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS|_JAVA_OPTIONS)$ ]]
}

# let_in yes|no: begins the script anew without the variables that do not pass. With yes those for downloads pass; their
# names stand in PLAYLOG_DOWNLOADS then, so that what has been downloaded can be run without them.
let_in() {
  local entry name unset=() meant=() downloads=()
  while IFS= read -r -d '' entry; do
    name=${entry%%=*}
    if [[ $entry != ?*=* ]] || passes "$name"; then
      continue
    elif [[ $1 == yes ]] && serves_downloads "$name"; then
      downloads+=("$name")
    else
      unset+=(-u "$name")
      ! may_be_meant "$name" || meant+=("$name")
    fi
  done <"/proc/$$/environ"
  if [[ ${#meant[@]} -gt 0 ]]; then
    echo "Playlog's programs do not get ${meant[*]} of this shell: PLAYLOG_PASS_ENV='${meant[*]}' passes them on." >&2
  fi
  if [[ ${#unset[@]} -gt 0 ]]; then
    exec env "${unset[@]}" bash "-p${-//[^x]/}" -- "$0" "${arguments[@]}"
  fi
  for name in "${downloads[@]}"; do
    ! may_be_meant "$name" || echo "Only Maven gets $name of this shell: PLAYLOG_PASS_ENV=$name passes it on." >&2
  done
  export PLAYLOG_DOWNLOADS="${downloads[*]}"
}

root=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
arguments=("$@")
read -ra passed_on <<<"${PLAYLOG_PASS_ENV//,/ }"
let_in "${for_downloads:-no}"

# What is printed is read by programs: no language's digits, decimal commas, encoding or time zone may change it.
{ export LC_ALL=C.UTF-8; } 2>/dev/null
export PYTHONUTF8=1 TZ=UTC PATH
# A user of a container may have no name: then Java does not know the home either, and calls it "?".
java_options=()
export HOME=${HOME:-~}
if ! USER=$(id -un 2>/dev/null); then
  USER=$(id -u)
  java_options=("-Duser.home=$HOME")
fi
export USER LOGNAME=$USER
# Programs that go on run in a folder of theirs.
[[ ${JAVA_HOME:-/} == /* ]] || JAVA_HOME=$PWD/$JAVA_HOME
[[ -d ${TMPDIR:-/} && -w ${TMPDIR:-/tmp} ]] || unset TMPDIR
# Neither shut off from its own files nor open to others, however the caller's are.
mask=$(umask)
umask "$(printf %o $(((8#$mask | 8#22) & 8#77)))"
# A folder that has been deleted: Java does not start in it.
[[ $(pwd -P 2>/dev/null) -ef . ]] || cd "$root"

fail() {
  echo "$*" >&2
  exit 2
}

# ~ is expanded by no crontab, and by no shell where it stands in quotes.
for name in PLAYLOG_CONFIG PLAYLOG_ENVIRONMENTS PLAYLOG_PRODUCER_JAR PLAYLOG_JOBS_JAR PLAYLOG_WEB_JAR; do
  case ${!name-} in
    \~ | \~/*) export "$name=$HOME${!name#\~}" ;;
    \~* | \$*) fail "PL-611: $name: found ${!name}, expected a path; ~ and ~/… are the home folder, else write it out" ;;
  esac
done
config=${PLAYLOG_CONFIG:-$root/conf/application.conf}
producer_jar=${PLAYLOG_PRODUCER_JAR:-$root/producer/target/producer.jar}
jobs_jar=${PLAYLOG_JOBS_JAR:-$root/jobs/target/jobs.jar}
web_jar=${PLAYLOG_WEB_JAR:-$root/web/target/web.jar}
environments=${PLAYLOG_ENVIRONMENTS:-$root/.envs}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

require_file() {
  [[ -e $1 ]] || fail "$1 is missing: $2"
}

# require_jdk: says what was found unless java is of version 17. The JDK's file says it at once, java after a while.
require_jdk() {
  local advice binary home version
  advice="expected JDK 17: install it (apt-get install openjdk-17-jdk-headless) and set JAVA_HOME to it"
  binary=$(type -P "$java") || fail "PL-614: Found no program $java${JAVA_HOME:+ (of JAVA_HOME)}, $advice"
  home=$(dirname "$(dirname "$(readlink -f "$binary")")")
  version=$(sed -n 's/^JAVA_VERSION="\(.*\)"/\1/p' "$home/release" 2>/dev/null) || true
  if [[ -z $version ]]; then
    version=$("$java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p') || true
  fi
  [[ $version =~ ^17([.+-]|$) ]] || fail "PL-614: Found JDK ${version:-of no version} as $binary, $advice"
}

# use_metrics_agent SERVER LIB_DIR HOST PORT: sets agent to the option by which a server's JVM serves its metrics. Where
# something else listens there it is empty: an agent that finds its port taken ends the JVM, and so the server.
use_metrics_agent() {
  local exporter=("$2"/jmx_prometheus_javaagent-*.jar)
  agent=("-javaagent:${exporter[0]}=$3:$4:$root/deploy/monitoring/jmx/$1.yml")
  if (exec 3<>"/dev/tcp/$3/$4") 2>/dev/null; then
    echo "$1 runs without its metrics: something else listens on $3:$4. End it (ss -ltnp 'sport = :$4'), or set" \
      "playlog.local.$1-metrics-port to another port, and start $1 again." >&2
    agent=()
  fi
}

# settings KEY...: the resolved values, a line each
settings() {
  require_file "$producer_jar" "build it with: mvn -DskipTests package"
  require_jdk
  "$java" "${java_options[@]}" -jar "$producer_jar" settings --config "$config" "$@"
}
