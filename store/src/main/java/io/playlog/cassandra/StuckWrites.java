package io.playlog.cassandra;

import com.datastax.oss.driver.shaded.netty.channel.ChannelHandlerContext;
import com.datastax.oss.driver.shaded.netty.channel.ChannelInboundHandlerAdapter;
import com.datastax.oss.driver.shaded.netty.channel.ChannelOutboundBuffer;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Closes a connection whose socket takes no more bytes, so that its requests go to another node. So
 * it is when the other machine is cut off: the local TCP stack buffers what is not acknowledged,
 * takes no more when the buffer is full, and retransmits for a quarter of an hour. The driver's
 * time-outs, of a request, of a speculative execution and of a heartbeat, start only when a request
 * has been written.
 *
 * <p>Looks once a second; a write costs nothing more.
 */
final class StuckWrites extends ChannelInboundHandlerAdapter {
  /** Seconds without a byte: longer than most garbage collections of a node. */
  static final int LOOKS = 3;

  private final BooleanSupplier hasOthers;
  private Future<?> looking;
  private Object unwritten;
  private long taken;
  private long pending;
  private int unchanged;

  /**
   * @param hasOthers whether there is another node that requests may go to; the only one is waited
   *     for
   */
  StuckWrites(BooleanSupplier hasOthers) {
    this.hasOthers = hasOthers;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    // Not at a fixed rate: after a pause of this JVM all looks that it missed would come at once.
    looking =
        context.executor().scheduleWithFixedDelay(() -> look(context), 1, 1, TimeUnit.SECONDS);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    looking.cancel(false);
  }

  /** On the connection's own thread. */
  void look(ChannelHandlerContext context) {
    ChannelOutboundBuffer buffer = context.channel().unsafe().outboundBuffer();
    Object found = buffer == null ? null : buffer.current(); // no buffer: closed
    long foundTaken = found == null ? 0 : buffer.currentProgress();
    long foundPending = found == null ? 0 : buffer.totalPendingWriteBytes();
    // A pooled buffer may come again as another message: then less is pending.
    boolean stuck =
        found != null && found == unwritten && foundTaken == taken && foundPending >= pending;
    unchanged = stuck ? unchanged + 1 : 0;
    unwritten = found;
    taken = foundTaken;
    pending = foundPending;
    if (unchanged >= LOOKS && hasOthers.getAsBoolean()) {
      // Not through the other handlers: TLS would wait to say goodbye.
      context.close();
    }
  }
}
