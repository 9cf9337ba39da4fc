package io.playlog.cassandra;

import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.context.DriverContext;
import com.datastax.oss.driver.api.core.loadbalancing.NodeDistance;
import com.datastax.oss.driver.api.core.metadata.NodeState;
import com.datastax.oss.driver.api.core.session.ProgrammaticArguments;
import com.datastax.oss.driver.internal.core.context.DefaultDriverContext;
import com.datastax.oss.driver.internal.core.context.DefaultNettyOptions;
import com.datastax.oss.driver.internal.core.context.NettyOptions;
import com.datastax.oss.driver.internal.core.cql.CqlPrepareAsyncProcessor;
import com.datastax.oss.driver.internal.core.cql.CqlPrepareSyncProcessor;
import com.datastax.oss.driver.internal.core.session.BuiltInRequestProcessors;
import com.datastax.oss.driver.internal.core.session.RequestProcessor;
import com.datastax.oss.driver.internal.core.session.RequestProcessorRegistry;
import com.datastax.oss.driver.shaded.guava.common.cache.CacheBuilder;
import com.datastax.oss.driver.shaded.netty.channel.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Builds sessions whose requests no silent node holds up for long.
 *
 * <p>Each statement is prepared once. The driver's own sessions forget what they have prepared at
 * the next garbage collection, whoever still uses it, so that a task of the next micro-batch asks
 * anew; and they ask all nodes, wait for each, and send to no other: for a frozen one until its
 * heartbeat fails, after half a minute. What is kept are the texts that our classes have, a hundred
 * at most.
 *
 * <p>Connections whose writes are stuck are closed: {@link StuckWrites}.
 */
public final class BoundedSessionBuilder extends CqlSessionBuilder {
  @Override
  protected DriverContext buildContext(DriverConfigLoader config, ProgrammaticArguments arguments) {
    return new Context(config, arguments);
  }

  private static final class Context extends DefaultDriverContext {
    private Context(DriverConfigLoader config, ProgrammaticArguments arguments) {
      super(config, arguments);
    }

    @Override
    protected NettyOptions buildNettyOptions() {
      return new DefaultNettyOptions(this) {
        @Override
        public void afterChannelInitialized(Channel channel) {
          channel.pipeline().addFirst(new StuckWrites(Context.this::hasOthers));
        }
      };
    }

    /** Beside the one whose connection it is, which counts as up until all of its are closed. */
    private boolean hasOthers() {
      return getMetadataManager().getMetadata().getNodes().values().stream()
              .filter(node -> node.getState() == NodeState.UP)
              .filter(node -> node.getDistance() == NodeDistance.LOCAL)
              .count()
          >= 2;
    }

    /** The first that can answer a request does. */
    @Override
    protected RequestProcessorRegistry buildRequestProcessorRegistry() {
      Keeping keeping = new Keeping(this);
      List<RequestProcessor<?, ?>> processors = new ArrayList<>();
      processors.add(keeping);
      processors.add(new CqlPrepareSyncProcessor(keeping));
      processors.addAll(BuiltInRequestProcessors.createDefaultProcessors(this));
      return new RequestProcessorRegistry(
          getSessionName(), processors.toArray(RequestProcessor<?, ?>[]::new));
    }
  }

  private static final class Keeping extends CqlPrepareAsyncProcessor {
    private Keeping(DefaultDriverContext context) {
      super(CacheBuilder.newBuilder().build(), Optional.of(context));
    }
  }
}
