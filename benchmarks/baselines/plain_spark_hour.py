"""Baseline: an hour's summary as a plain Spark query, which filters the whole history and groups what is left.

Run by spark-submit with jobs.jar on --jars. Prints the time without the start of Spark.
"""

import argparse
import time
from datetime import datetime, timedelta

from pyspark.sql import SparkSession
from pyspark.sql.functions import avg, col, count, lit


def main() -> None:
    parser = argparse.ArgumentParser()
    for name in ("cassandra-port", "keyspace", "hour"):
        parser.add_argument(f"--{name}", required=True)
    options = parser.parse_args()
    hour = datetime.fromisoformat(options.hour)
    spark = (
        SparkSession.builder.appName("plain-spark-hour")
        .config("spark.cassandra.connection.host", "127.0.0.1")
        .config("spark.cassandra.connection.port", options.cassandra_port)
        .config("spark.sql.session.timeZone", "UTC")
        .getOrCreate()
    )
    start = time.monotonic()
    records = spark.read.format("org.apache.spark.sql.cassandra").options(keyspace=options.keyspace, table="records")
    rows = (
        records.load()
        .where((col("event_time") >= lit(hour)) & (col("event_time") < lit(hour + timedelta(hours=1))))
        .groupBy("name")
        .agg(count("*").alias("songs_listened"), avg("danceability"), avg("energy"))
        .collect()
    )
    seconds = time.monotonic() - start
    listens = sum(row.songs_listened for row in rows)
    print(f"summed up {listens} listens of {len(rows)} listeners in {seconds:.2f} s")


if __name__ == "__main__":
    main()
