package io.playlog.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.PrepareRequest;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.session.ProgrammaticArguments;
import com.datastax.oss.driver.internal.core.context.InternalDriverContext;
import com.datastax.oss.driver.internal.core.cql.CqlPrepareAsyncProcessor;
import com.datastax.oss.driver.internal.core.cql.CqlPrepareSyncProcessor;
import com.datastax.oss.driver.internal.core.cql.DefaultPrepareRequest;
import com.datastax.oss.driver.shaded.guava.common.cache.Cache;
import com.datastax.oss.driver.shaded.netty.channel.embedded.EmbeddedChannel;
import java.lang.ref.WeakReference;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BoundedSessionBuilderTest {
  private static final PrepareRequest REQUEST =
      new DefaultPrepareRequest(SimpleStatement.newInstance("SELECT a FROM b WHERE c = ?"));

  private final InternalDriverContext context =
      (InternalDriverContext)
          new BoundedSessionBuilder()
              .buildContext(
                  DriverConfigLoader.programmaticBuilder().build(),
                  ProgrammaticArguments.builder().build());

  private Cache<PrepareRequest, CompletableFuture<PreparedStatement>> prepared() {
    return ((CqlPrepareSyncProcessor)
            context.getRequestProcessorRegistry().processorFor(REQUEST, PrepareRequest.SYNC))
        .getCache();
  }

  @Test
  @Timeout(60)
  void isKeptWhateverIsCollected() {
    prepared().put(REQUEST, new CompletableFuture<>());
    WeakReference<Object> collected = new WeakReference<>(new Object());
    while (collected.get() != null) {
      System.gc();
    }
    assertThat(prepared().getIfPresent(REQUEST)).isNotNull();
  }

  @Test
  void isSharedByThoseWhoWaitAndThoseWhoDoNot() {
    CqlPrepareAsyncProcessor async =
        (CqlPrepareAsyncProcessor)
            context.getRequestProcessorRegistry().processorFor(REQUEST, PrepareRequest.ASYNC);
    assertThat(async.getCache()).isSameAs(prepared());
  }

  @Test
  void connectionsAreClosedThatAreStuck() {
    EmbeddedChannel channel = new EmbeddedChannel();
    context.getNettyOptions().afterChannelInitialized(channel);
    assertThat(channel.pipeline().first()).isInstanceOf(StuckWrites.class);
    channel.close();
  }
}
