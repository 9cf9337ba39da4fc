package io.playlog.cassandra;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.ProgrammaticDriverConfigLoaderBuilder;
import com.datastax.oss.driver.api.core.context.DriverContext;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.session.Request;
import com.datastax.oss.driver.internal.core.context.InternalDriverContext;
import com.datastax.oss.driver.internal.core.specex.ConstantSpeculativeExecutionPolicy;
import java.time.Duration;
import java.util.function.IntSupplier;

/**
 * Sends a request to another node, too, when the one that was asked does not answer: it may be
 * frozen, which the driver notices after half a minute only. Of idempotent statements alone, which
 * all of ours but those of the schema and the lease are. Where there is no other node not even a
 * timer is set.
 */
public final class AnotherNode extends ConstantSpeculativeExecutionPolicy {
  /**
   * Some times what a busy node takes, so that few requests are sent twice; a micro-batch asks some
   * five times in a row.
   */
  static final Duration DELAY = Duration.ofMillis(500);

  /** So that an overloaded cluster gets twice its load at most. */
  static final int NODES = 2;

  private static final long NONE = -1;

  private final IntSupplier known;

  /** Called by the driver. */
  public AnotherNode(DriverContext context, String profile) {
    this(context, profile, () -> nodes((InternalDriverContext) context));
  }

  /**
   * @param known how many nodes the session knows
   */
  AnotherNode(DriverContext context, String profile, IntSupplier known) {
    super(context, profile);
    this.known = known;
  }

  private static int nodes(InternalDriverContext context) {
    return context.getMetadataManager().getMetadata().getNodes().size();
  }

  /** Of a session that is configured so. */
  public static ProgrammaticDriverConfigLoaderBuilder asked(
      ProgrammaticDriverConfigLoaderBuilder config) {
    return config
        .withString(
            DefaultDriverOption.SPECULATIVE_EXECUTION_POLICY_CLASS, AnotherNode.class.getName())
        .withDuration(DefaultDriverOption.SPECULATIVE_EXECUTION_DELAY, DELAY)
        .withInt(DefaultDriverOption.SPECULATIVE_EXECUTION_MAX, NODES);
  }

  @Override
  public long nextExecution(
      Node node, CqlIdentifier keyspace, Request request, int runningExecutions) {
    return known.getAsInt() < NODES
        ? NONE
        : super.nextExecution(node, keyspace, request, runningExecutions);
  }
}
