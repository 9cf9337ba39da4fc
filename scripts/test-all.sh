#!/usr/bin/env -S bash -p
# Runs all tests: Java, shell and Python linters, the DAG, and the whole stack end to end. Needs nothing that runs.
for_downloads=yes # of the builds
. "$(dirname "$(readlink -f "$0")")/common.sh"
cd "$root"

title() {
  printf '\n=== %s\n' "$*"
}

title "Environments: Python packages, and Prometheus"
deploy/local/local.sh environments tools test airflow-test monitoring

title "A browser, by Debian's package chromium"
deploy/local/local.sh programs chromium

title "Linters"
mapfile -t shell_files < <(git ls-files --cached --others --exclude-standard '*.sh')
"$environments/test/bin/shellcheck" "${shell_files[@]}" .ci/run
"$environments/test/bin/ruff" check .
"$environments/test/bin/ruff" format --check .
"$environments/test/bin/mypy"

title "Scripts"
"$environments/test/bin/python" -m pytest -q deploy/local/tests

title "Benchmarks' own functions"
"$environments/test/bin/python" -m pytest -q benchmarks/tests

title "DAG"
"$environments/airflow/bin/python" -m pytest -q deploy/airflow/tests

title "Java: format, unit tests, local Spark, real Kafka and Cassandra"
mvn -B -ntp verify

title "End to end: what a newcomer does"
"$environments/test/bin/python" -m pytest -q -rA testkit/end_to_end

title "Faults: what can die dies, nothing is lost and nothing is duplicated"
scripts/test-faults.sh

title "Faults of a cluster: three nodes of each server, a member of anything goes, and nothing stops"
scripts/test-faults.sh --cluster
