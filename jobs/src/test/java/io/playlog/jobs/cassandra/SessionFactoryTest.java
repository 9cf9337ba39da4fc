package io.playlog.jobs.cassandra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverExecutionProfile;
import com.datastax.spark.connector.cql.CassandraConnectorConf;
import io.playlog.cassandra.AnotherNode;
import io.playlog.config.CassandraSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionFactoryTest {
  private static CassandraSettings settings(boolean verifyHostName) {
    return new CassandraSettings(
        "127.0.0.1:9042", "dc1", "spotify", "{}", "ONE", Map.of(), verifyHostName);
  }

  private static CassandraConnectorConf configuration(boolean verifyHostName) {
    return CassandraConnectorConf.fromSparkConf(
        Cassandra.configure(new SparkConf(false), settings(verifyHostName)));
  }

  /** What the connector looks sessions up by; unequal ones would open a session for each task. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aConfigurationThatCameWithATaskEqualsTheOneThatWasSent(boolean verify) throws Exception {
    CassandraConnectorConf sent = configuration(verify);

    CassandraConnectorConf came = sentAndReceived(sent);

    assertEquals(sent, came);
    assertEquals(sent.hashCode(), came.hashCode());
  }

  @Test
  void aNodesNameIsVerifiedUnlessASettingSaysOtherwise() {
    assertTrue(((SessionFactory) configuration(true).connectionFactory()).verifiesHostName());
    assertFalse(((SessionFactory) configuration(false).connectionFactory()).verifiesHostName());
    assertNotEquals(configuration(true), configuration(false));
  }

  @Test
  void aSessionAsksAnotherNodeWhenOneIsSilent() {
    CassandraConnectorConf conf = configuration(true);
    DriverExecutionProfile driver =
        ((SessionFactory) conf.connectionFactory())
            .driverConfig(conf)
            .getInitialConfig()
            .getDefaultProfile();

    assertEquals(
        AnotherNode.class.getName(),
        driver.getString(DefaultDriverOption.SPECULATIVE_EXECUTION_POLICY_CLASS));
    assertEquals(2, driver.getInt(DefaultDriverOption.SPECULATIVE_EXECUTION_MAX));
    assertEquals(
        Duration.ofMillis(500),
        driver.getDuration(DefaultDriverOption.SPECULATIVE_EXECUTION_DELAY));
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
