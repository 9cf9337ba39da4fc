package io.playlog.jobs.cassandra;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.datastax.spark.connector.cql.CassandraConnectorConf;
import io.playlog.config.CassandraSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class SessionFactoryTest {
  private static final CassandraSettings SETTINGS =
      new CassandraSettings("127.0.0.1:9042", "dc1", "spotify", "{}", "ONE", Map.of(), true);

  /** What the connector looks sessions up by; unequal ones would open a session for each task. */
  @Test
  void aConfigurationThatCameWithATaskEqualsTheOneThatWasSent() throws Exception {
    CassandraConnectorConf sent =
        CassandraConnectorConf.fromSparkConf(Cassandra.configure(new SparkConf(false), SETTINGS));

    CassandraConnectorConf came = sentAndReceived(sent);

    assertEquals(SessionFactory.class, came.connectionFactory().getClass());
    assertEquals(sent, came);
    assertEquals(sent.hashCode(), came.hashCode());
  }

  private static CassandraConnectorConf sentAndReceived(CassandraConnectorConf conf)
      throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(conf);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (CassandraConnectorConf) in.readObject();
    }
  }
}
