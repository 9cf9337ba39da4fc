#!/usr/bin/env -S bash -p
# Runs a command of jobs.jar through spark-submit: spark-job.sh COMMAND [ARGUMENTS]
# spark-job.sh --help shows the commands.
. "$(dirname "$(readlink -f "$0")")/common.sh"

require_file "$jobs_jar" "build it with: mvn -DskipTests package"
command=${1:---help}
kind=job
if [[ $command == stream ]]; then
  kind=stream
fi
keys=(spark.home spark.master spark.stream-memory spark.report-memory spark.ui-port)
values=$(settings --spark-conf "$kind" "${keys[@]}")
mapfile -t values <<<"$values"
spark_home=${values[0]} master=${values[1]} stream_memory=${values[2]} report_memory=${values[3]} ui_port=${values[4]}

if [[ -z $spark_home ]]; then
  spark_home=$(echo "$environments"/spark/lib/python3*/site-packages/pyspark)
fi
require_file "$spark_home/bin/spark-submit" "scripts/start-all.sh installs Spark, or set playlog.spark.home"
export SPARK_HOME=$spark_home
export SPARK_CONF_DIR=${SPARK_CONF_DIR:-$root/conf/spark}
if [[ $master == local* || $master == spark://127.0.0.1:* || $master == spark://localhost:* ]]; then
  # As deploy/airflow/airflow_env.py: else Spark binds to the outer address of the machine.
  export SPARK_LOCAL_IP=127.0.0.1
fi
if [[ ${#java_options[@]} -gt 0 ]]; then
  # Hadoop, which Spark asks who it runs as, does not know this user either: jobs.jar tells it, as a Java agent.
  export SPARK_SUBMIT_OPTS="${SPARK_SUBMIT_OPTS-} \"${java_options[*]}\" \"-javaagent:$jobs_jar=$USER\""
fi

options=(--conf spark.ui.enabled=false --driver-memory "$report_memory")
if [[ $kind == stream ]]; then
  options=(--conf "spark.ui.port=$ui_port" --driver-memory "$stream_memory")
fi
# spark.stream-conf or spark.job-conf; of a property that stands twice the last one counts.
for property in "${values[@]:5}"; do
  options+=(--conf "$property")
done
arguments=("$@")
if [[ $command != -* ]]; then
  arguments=("$command" --config "$config" "${@:2}")
fi
exec "$spark_home/bin/spark-submit" --master "$master" --name "playlog-$command" \
  "${options[@]}" --class io.playlog.jobs.Main "$jobs_jar" "${arguments[@]}"
