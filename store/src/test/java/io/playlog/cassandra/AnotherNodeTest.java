package io.playlog.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.config.DriverExecutionProfile;
import com.datastax.oss.driver.api.core.session.ProgrammaticArguments;
import com.datastax.oss.driver.internal.core.context.DefaultDriverContext;
import io.playlog.config.CassandraSettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnotherNodeTest {
  private static final DriverConfigLoader CONFIG =
      DirectConnection.driverConfig(
          new CassandraSettings("127.0.0.1", "dc1", "spotify", "{}", "ONE", Map.of(), true),
          Duration.ofSeconds(10));

  /** When the next node is asked, in milliseconds; -1 for never. */
  private static long next(int nodes, int running) {
    DefaultDriverContext context =
        new DefaultDriverContext(CONFIG, ProgrammaticArguments.builder().build());
    return new AnotherNode(context, DriverExecutionProfile.DEFAULT_NAME, () -> nodes)
        .nextExecution(null, null, null, running);
  }

  @Test
  void isAskedOnceWhereThereIsOne() {
    assertThat(next(3, 1)).isEqualTo(500);
    assertThat(next(2, 1)).isEqualTo(500);
    assertThat(next(3, 2)).isEqualTo(-1);
    assertThat(next(1, 1)).isEqualTo(-1);
  }

  @Test
  void isAskedBySessionsWithoutSpark() {
    DriverExecutionProfile profile = CONFIG.getInitialConfig().getDefaultProfile();
    assertThat(profile.getString(DefaultDriverOption.SPECULATIVE_EXECUTION_POLICY_CLASS))
        .isEqualTo(AnotherNode.class.getName());
  }
}
