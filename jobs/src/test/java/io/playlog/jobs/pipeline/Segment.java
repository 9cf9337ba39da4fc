package io.playlog.jobs.pipeline;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The file in which a broker keeps the first messages of a partition, to be damaged as a disk may
 * do it. The layout is that of Kafka's record batches, version 2.
 */
final class Segment {
  private static final int LENGTH_AT = 8;
  private static final int BEFORE_LENGTH = 12;
  private static final int MAGIC_AT = 16;
  private static final int CRC_AT = 17;
  private static final int ATTRIBUTES_AT = 21;

  private static final int GZIP = 1;

  private final Path file;

  /**
   * @param dataFolder of the broker
   */
  Segment(Path dataFolder, String topic, int partition) {
    this.file = dataFolder.resolve(topic + "-" + partition).resolve("0".repeat(20) + ".log");
  }

  /** What is done to the bytes of a batch. */
  enum Damage {
    VALUE {
      @Override
      void change(ByteBuffer batch) {
        batch.put(batch.limit() - 4, (byte) (batch.get(batch.limit() - 4) ^ 0x40));
      }
    },
    MAGIC {
      @Override
      void change(ByteBuffer batch) {
        batch.put(MAGIC_AT, (byte) 9);
      }
    },
    COMPRESSION {
      @Override
      void change(ByteBuffer batch) {
        batch.putShort(ATTRIBUTES_AT, (short) (batch.getShort(ATTRIBUTES_AT) | GZIP));
        sumUp(batch);
      }
    },
    /** The records' own lengths lead nowhere, which the sum does not show. */
    RECORDS {
      @Override
      void change(ByteBuffer batch) {
        batch.put(61, (byte) 0x7f);
        sumUp(batch);
      }
    },
    ZEROS {
      @Override
      void change(ByteBuffer batch) {
        for (int i = ATTRIBUTES_AT; i < batch.limit(); i++) {
          batch.put(i, (byte) 0);
        }
      }
    },
    LENGTH_TOO_LARGE {
      @Override
      void change(ByteBuffer batch) {
        batch.putInt(LENGTH_AT, Integer.MAX_VALUE / 2);
      }
    },
    LENGTH_TOO_SMALL {
      @Override
      void change(ByteBuffer batch) {
        batch.putInt(LENGTH_AT, 3);
      }
    };

    abstract void change(ByteBuffer batch);

    private static void sumUp(ByteBuffer batch) {
      CRC32C sum = new CRC32C();
      sum.update(batch.array(), ATTRIBUTES_AT, batch.limit() - ATTRIBUTES_AT);
      batch.putInt(CRC_AT, (int) sum.getValue());
    }
  }

  /**
   * Damages batches of a partition that is in use; the broker reads what the operating system's
   * cache holds.
   *
   * @param first offsets of the batches' first messages
   */
  void damage(Damage damage, List<Long> first) throws IOException {
    List<Long> done = new ArrayList<>();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer head = ByteBuffer.allocate(BEFORE_LENGTH);
      for (long at = 0; channel.read(head.clear(), at) == BEFORE_LENGTH; ) {
        int size = BEFORE_LENGTH + head.getInt(LENGTH_AT);
        if (first.contains(head.getLong(0))) {
          done.add(head.getLong(0));
          ByteBuffer batch = ByteBuffer.allocate(size);
          channel.read(batch, at);
          damage.change(batch);
          channel.write(batch.rewind(), at);
        }
        at += size;
      }
    }
    if (!done.equals(first)) {
      throw new IllegalStateException("Found batches at %s, expected %s".formatted(done, first));
    }
  }
}
