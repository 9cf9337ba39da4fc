"""Baseline: the summaries of all hours as one plain Spark query over the whole table, written by the connector.

Run by spark-submit with jobs.jar on --jars. It knows of no unfinished hour, of no late listen and of no other report.
"""

import argparse

from pyspark.sql import SparkSession
from pyspark.sql.functions import avg, col, count, date_trunc


def main() -> None:
    parser = argparse.ArgumentParser()
    for name in ("cassandra-port", "keyspace"):
        parser.add_argument(f"--{name}", required=True)
    options = parser.parse_args()
    spark = (
        SparkSession.builder.appName("plain-spark-hours")
        .config("spark.cassandra.connection.host", "127.0.0.1")
        .config("spark.cassandra.connection.port", options.cassandra_port)
        .config("spark.sql.session.timeZone", "UTC")
        .getOrCreate()
    )
    tables = "org.apache.spark.sql.cassandra"
    records = spark.read.format(tables).options(keyspace=options.keyspace, table="records").load()
    features = [avg(name).alias(name) for name in ("danceability", "energy", "tempo")]
    (
        records.groupBy("name", date_trunc("hour", col("event_time")).alias("hour"))
        .agg(count("*").cast("int").alias("songs_listened"), *features)
        .write.format(tables)
        .options(keyspace="baseline", table="hourly_summary")
        .mode("append")
        .save()
    )


if __name__ == "__main__":
    main()
