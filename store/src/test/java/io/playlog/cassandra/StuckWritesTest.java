package io.playlog.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.shaded.netty.bootstrap.Bootstrap;
import com.datastax.oss.driver.shaded.netty.buffer.Unpooled;
import com.datastax.oss.driver.shaded.netty.channel.Channel;
import com.datastax.oss.driver.shaded.netty.channel.ChannelFuture;
import com.datastax.oss.driver.shaded.netty.channel.ChannelHandler;
import com.datastax.oss.driver.shaded.netty.channel.ChannelInboundHandlerAdapter;
import com.datastax.oss.driver.shaded.netty.channel.nio.NioEventLoopGroup;
import com.datastax.oss.driver.shaded.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that takes nothing of what is sent to it: its system's room is full soon. */
@Timeout(120)
class StuckWritesTest {
  private static final int MORE_THAN_SYSTEMS_KEEP = 128 << 20;

  /** The systems do not keep as much either. */
  private static final int A_PART_OF_IT = MORE_THAN_SYSTEMS_KEEP / 4;

  private final NioEventLoopGroup group = new NioEventLoopGroup(1);
  private ServerSocket server;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws Exception {
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
    server.close();
  }

  private Channel connected(ChannelHandler handler) throws InterruptedException {
    return new Bootstrap()
        .group(group)
        .channel(NioSocketChannel.class)
        .handler(handler)
        .connect(server.getLocalSocketAddress())
        .sync()
        .channel();
  }

  private static ChannelFuture write(Channel channel) {
    return channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[MORE_THAN_SYSTEMS_KEEP]));
  }

  @Test
  void aStuckConnectionIsClosedAndWhatWasNotWrittenFails() throws Exception {
    Channel channel = connected(new StuckWrites(() -> true));

    ChannelFuture written = write(channel);

    channel.closeFuture().sync();
    assertThat(written.await().isSuccess()).isFalse();
  }

  @Test
  void theOnlyNodeIsWaitedFor() throws Exception {
    Channel channel = connected(new ChannelInboundHandlerAdapter());
    ChannelFuture written = write(channel);

    look(new StuckWrites(() -> false), channel, 10 * StuckWrites.LOOKS);

    assertThat(written.isDone()).isFalse();
    try (Socket accepted = server.accept();
        InputStream in = accepted.getInputStream()) {
      in.skipNBytes(MORE_THAN_SYSTEMS_KEEP);
    }
    assertThat(written.await().isSuccess()).isTrue();
  }

  /** Each byte that is taken begins the time anew, and so it does if nothing is to be written. */
  @Test
  void oneThatIsSlowOrIdleStaysOpen() throws Exception {
    Channel channel = connected(new ChannelInboundHandlerAdapter());
    StuckWrites looking = new StuckWrites(() -> true);
    try (Socket accepted = server.accept();
        InputStream in = accepted.getInputStream()) {
      ChannelFuture written = write(channel);
      for (int read = 0; read < MORE_THAN_SYSTEMS_KEEP; read += A_PART_OF_IT) {
        in.skipNBytes(A_PART_OF_IT);
        look(looking, channel, StuckWrites.LOOKS);
      }
      assertThat(written.await().isSuccess()).isTrue();

      look(looking, channel, 10 * StuckWrites.LOOKS);
      assertThat(channel.isOpen()).isTrue();
    }
  }

  private void look(StuckWrites looking, Channel channel, int times) throws InterruptedException {
    for (int each = 0; each < times; each++) {
      group.submit(() -> looking.look(channel.pipeline().firstContext())).sync();
    }
  }
}
