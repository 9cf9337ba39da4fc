package io.playlog.jobs.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.datastax.spark.connector.cql.AuthConf;
import com.datastax.spark.connector.cql.CassandraConnectorConf;
import com.datastax.spark.connector.cql.IpBasedContactInfo;
import io.playlog.config.Address;
import io.playlog.error.PlaylogException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class ConnectorContactPointsTest {
  private static final SparkConf SPARK =
      new SparkConf(false)
          .set("spark.cassandra.auth.username", "app")
          .set("spark.cassandra.auth.password", "secret")
          .set("spark.cassandra.connection.ssl.enabled", "true")
          .set("spark.cassandra.connection.localDC", "dc1")
          .set("spark.cassandra.read.timeoutMS", "7")
          .set("spark.cassandra.query.retry.count", "8");

  private static IpBasedContactInfo contacts(CassandraConnectorConf conf) {
    return (IpBasedContactInfo) conf.contactInfo();
  }

  @Test
  void areTheGivenOnesAndAllElseStays() {
    CassandraConnectorConf before = CassandraConnectorConf.fromSparkConf(SPARK);

    CassandraConnectorConf after =
        ConnectorContactPoints.set(
            before,
            List.of(
                new Address("::1", OptionalInt.of(9043)),
                new Address("10.0.0.1", OptionalInt.empty())),
            9044);

    assertThat(ConnectorContactPoints.of(contacts(after)))
        .containsExactlyInAnyOrder(
            new InetSocketAddress("::1", 9043), new InetSocketAddress("10.0.0.1", 9044));
    AuthConf login = contacts(before).authConf();
    assertThat(contacts(after).authConf()).isEqualTo(login);
    assertThat(contacts(after).cassandraSSLConf()).isEqualTo(contacts(before).cassandraSSLConf());
    for (int i = 1; i < before.productArity(); i++) {
      assertThat(after.productElement(i)).as("component %d", i).isEqualTo(before.productElement(i));
    }
  }

  @Test
  void aNameThatIsUnknownIsNamed() {
    CassandraConnectorConf conf = CassandraConnectorConf.fromSparkConf(SPARK);
    assertThatExceptionOfType(PlaylogException.class)
        .isThrownBy(
            () ->
                ConnectorContactPoints.set(
                    conf, List.of(new Address("gone.invalid", OptionalInt.empty())), 9042))
        .withMessage(
            "playlog.cassandra.contact-points: found gone.invalid, which cannot be resolved. Mend the name, or DNS.");
  }

  @Test
  void namesWhoseAddressesChangeMayBeResolvedLater() {
    SparkConf later = SPARK.clone().set("spark.cassandra.connection.resolveContactPoints", "false");
    CassandraConnectorConf conf = CassandraConnectorConf.fromSparkConf(later);

    CassandraConnectorConf set =
        ConnectorContactPoints.set(
            conf, List.of(new Address("gone.invalid", OptionalInt.empty())), 9042);

    assertThat(ConnectorContactPoints.of(contacts(set)))
        .containsExactly(InetSocketAddress.createUnresolved("gone.invalid", 9042));
  }
}
