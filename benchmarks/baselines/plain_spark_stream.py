"""Baseline: the university plain Spark job job, with its inner join and the defaults of Spark and the connector.

Run by spark-submit with jobs.jar on --jars, which holds the Kafka source and the Cassandra connector.
"""

import argparse

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.functions import col, from_json

CATALOGUE = (
    "song_name string, artists string, duration_ms int, album_name string, album_release_date date, "
    "danceability float, energy float, key string, loudness float, mode string, speechiness float, "
    "acousticness float, instrumentalness float, liveness float, valence float, tempo float"
)
MESSAGE = "name string, song string, event_timestamp string"


def main() -> None:
    parser = argparse.ArgumentParser()
    for name in ("catalogue", "kafka", "cassandra-port", "topic", "checkpoint"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--drain", action="store_true", help="store what the topic holds, and end")
    options = parser.parse_args()
    spark = (
        SparkSession.builder.appName("plain-spark-stream")
        .config("spark.cassandra.connection.host", "127.0.0.1")
        .config("spark.cassandra.connection.port", options.cassandra_port)
        .getOrCreate()
    )
    songs = spark.read.csv(options.catalogue, header=True, schema=CATALOGUE, enforceSchema=True).cache()
    messages = (
        spark.readStream.format("kafka")
        .option("kafka.bootstrap.servers", options.kafka)
        .option("subscribe", options.topic)
        .option("startingOffsets", "earliest" if options.drain else "latest")
        .load()
    )
    listens = (
        messages.select(from_json(col("value").cast("string"), MESSAGE).alias("listen"))
        .select("listen.*")
        .withColumn("event_time", (col("event_timestamp").cast("long") / 1000).cast("timestamp"))
        .join(songs, col("song") == col("song_name"))
        .drop("song", "event_timestamp")
    )
    writer = listens.writeStream.foreachBatch(store).option("checkpointLocation", options.checkpoint)
    if options.drain:
        writer = writer.trigger(availableNow=True)
    writer.start().awaitTermination()


def store(batch: DataFrame, _: int) -> None:
    table = batch.write.format("org.apache.spark.sql.cassandra").options(keyspace="baseline", table="records")
    table.mode("append").save()


if __name__ == "__main__":
    main()
