package io.playlog.jobs.context;

import io.playlog.config.SparkSettings;
import org.apache.spark.SparkConf;

/**
 * What a job takes of a cluster, however it was submitted: without a bound the first application
 * takes all cores of a standalone cluster, and the next one waits until it ends.
 *
 * @param cores in all
 * @param memory of each executor
 */
record Share(int cores, String memory) {
  /** The job that does not end. */
  static final String STREAM = "stream";

  static Share of(String job, SparkSettings settings) {
    return job.equals(STREAM)
        ? new Share(settings.streamCores(), settings.streamExecutorMemory())
        : new Share(settings.reportCores(), settings.reportExecutorMemory());
  }

  /** Unless an operator has set something else for spark-submit. */
  void set(SparkConf conf) {
    if (!SparkStart.isLocal(SparkStart.master(conf))) {
      conf.setIfMissing("spark.cores.max", Integer.toString(cores));
      conf.setIfMissing("spark.executor.memory", memory);
    }
  }
}
