package io.playlog.cassandra;

import com.datastax.oss.driver.shaded.netty.channel.Channel;
import com.datastax.oss.driver.shaded.netty.channel.ChannelHandlerContext;
import com.datastax.oss.driver.shaded.netty.channel.ChannelInboundHandlerAdapter;
import com.datastax.oss.driver.shaded.netty.channel.ChannelOutboundBuffer;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Closes a connection that takes nothing any more of what is to be written, so that its requests go
 * to another node. That is how a machine looks whose cable is pulled: this one's system keeps what
 * is not acknowledged, takes no more when that is too much, and tries for a quarter of an hour. The
 * driver begins to wait, for an answer, for another node's and for that of its own heartbeat, only
 * when a request is written.
 *
 * <p>Looks once a second, and does nothing on the way of a write.
 */
final class StuckWrites extends ChannelInboundHandlerAdapter {
  /** So many seconds without a byte: longer than most pauses of a node's collector of garbage. */
  static final int LOOKS = 3;

  private final BooleanSupplier hasOthers;
  private Future<?> looking;
  private Object unwritten;
  private long taken;
  private int unchanged;

  /**
   * @param hasOthers whether there is another node that requests may go to; a single one is waited
   *     for
   */
  StuckWrites(BooleanSupplier hasOthers) {
    this.hasOthers = hasOthers;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    looking =
        context
            .executor()
            .scheduleAtFixedRate(() -> look(context.channel()), 1, 1, TimeUnit.SECONDS);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    looking.cancel(false);
  }

  /** On the connection's own thread. */
  void look(Channel channel) {
    // None once it is closed.
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    Object found = buffer == null ? null : buffer.current();
    long takenOfIt = found == null ? 0 : buffer.currentProgress();
    unchanged = found != null && found == unwritten && takenOfIt == taken ? unchanged + 1 : 0;
    unwritten = found;
    taken = takenOfIt;
    if (unchanged >= LOOKS && hasOthers.getAsBoolean()) {
      channel.close();
    }
  }
}
