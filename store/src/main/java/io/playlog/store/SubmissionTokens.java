package io.playlog.store;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.protocol.internal.util.Bytes;
import io.playlog.cassandra.CassandraSession;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The table {@code submission_tokens_by_listener}, which says with which token a listener may
 * submit listens, and its index {@code submission_tokens}, by which a token finds its listener. A
 * listener has one token. What is stored of it is its SHA-256: a token is a random UUID, so that
 * nobody finds it by trying.
 *
 * <p>The index is written last and deleted first, so that a command that was killed leaves no row
 * in it that is not found by the listener's name. Two commands at the same instant may: one does
 * not know of the other's. Such a row does not count, but it names the listener, so that {@link
 * #revoke} looks for it.
 */
public final class SubmissionTokens {
  private static final String SELECT =
      "SELECT hash, created_at, writetime(hash) FROM %s.submission_tokens_by_listener"
          + " WHERE name = ?";
  private static final String INSERT =
      "INSERT INTO %s.submission_tokens_by_listener (name, hash, created_at) VALUES (?, ?, ?)"
          + " USING TIMESTAMP ?";
  private static final String DELETE =
      "DELETE FROM %s.submission_tokens_by_listener USING TIMESTAMP ? WHERE name = ?";
  private static final String SELECT_WHOLE_INDEX =
      "SELECT hash, name, writetime(name) FROM %s.submission_tokens";
  private static final String SELECT_INDEX = "SELECT name FROM %s.submission_tokens WHERE hash = ?";
  private static final String INSERT_INDEX =
      "INSERT INTO %s.submission_tokens (hash, name) VALUES (?, ?) USING TIMESTAMP ?";
  private static final String DELETE_INDEX =
      "DELETE FROM %s.submission_tokens USING TIMESTAMP ? WHERE hash = ?";

  private final CassandraSession session;
  private final PreparedStatement select;
  private final PreparedStatement insert;
  private final PreparedStatement delete;
  private final PreparedStatement selectWholeIndex;
  private final PreparedStatement selectIndex;
  private final PreparedStatement insertIndex;
  private final PreparedStatement deleteIndex;

  public SubmissionTokens(CassandraSession session) {
    this.session = session;
    this.select = session.prepare(SELECT);
    this.insert = session.prepare(INSERT);
    this.delete = session.prepare(DELETE);
    this.selectWholeIndex = session.prepare(SELECT_WHOLE_INDEX);
    this.selectIndex = session.prepare(SELECT_INDEX);
    this.insertIndex = session.prepare(INSERT_INDEX);
    this.deleteIndex = session.prepare(DELETE_INDEX);
  }

  /**
   * A listener's row.
   *
   * @param writeTime by whatever clock wrote it
   */
  private record Stored(byte[] hash, Instant createdAt, long writeTime) {
    private static Stored of(Row row) {
      return new Stored(Bytes.getArray(row.getByteBuffer(0)), row.getInstant(1), row.getLong(2));
    }
  }

  /** Whose token it is; empty if it is nobody's, or not any more. */
  public Optional<String> listener(String token) {
    byte[] hash = hash(token);
    return Optional.ofNullable(session.execute(selectIndex.bind(ByteBuffer.wrap(hash))).one())
        .map(row -> row.getString(0))
        .filter(
            name ->
                find(name)
                    .filter(stored -> MessageDigest.isEqual(stored.hash(), hash))
                    .isPresent());
  }

  /** When the listener's token was made; empty if there is none. */
  public Optional<Instant> createdAt(String name) {
    return find(name).map(Stored::createdAt);
  }

  /**
   * Makes a token; the one before does not count any more.
   *
   * @return what nobody can be told again
   * @throws PlaylogException if it does not count, since something newer is there
   */
  public String create(String name) {
    Optional<Stored> before = find(name);
    long timestamp = timestampAbove(before);
    before.ifPresent(stored -> deleteIndex(stored.hash(), timestamp));
    String token = UUID.randomUUID().toString();
    byte[] hash = hash(token);
    session.execute(insert.bind(name, ByteBuffer.wrap(hash), Instant.now(), timestamp));
    session.execute(insertIndex.bind(ByteBuffer.wrap(hash), name, timestamp));
    if (listener(token).isEmpty()) {
      deleteIndex(hash, timestamp);
      throw new PlaylogException(
          ErrorCode.TOKEN_NOT_STORED,
          "The new token does not count: another one was made at the same time, or the one before was revoked by a machine whose clock is ahead. Run this again.");
    }
    return token;
  }

  /** Whether any row names the listener. Reads the whole index, a row for each token. */
  public boolean isNamed(String name) {
    return find(name).isPresent() || !indexed(name).isEmpty();
  }

  /**
   * Deletes the listener's token, and all rows that name the listener. Reads the whole index.
   *
   * @return false if there were none
   */
  public boolean revoke(String name) {
    Optional<Stored> stored = find(name);
    List<Indexed> indexed = indexed(name);
    indexed.forEach(row -> deleteIndex(row.hash(), WriteTimestamps.ofClockAbove(row.writeTime())));
    stored.ifPresent(found -> session.execute(delete.bind(timestampAbove(stored), name)));
    return stored.isPresent() || !indexed.isEmpty();
  }

  /**
   * A row of the index.
   *
   * @param writeTime by whatever clock wrote it
   */
  private record Indexed(byte[] hash, long writeTime) {}

  private List<Indexed> indexed(String name) {
    List<Indexed> found = new ArrayList<>();
    for (Row row : session.execute(selectWholeIndex.bind())) {
      if (name.equals(row.getString(1))) {
        found.add(new Indexed(Bytes.getArray(row.getByteBuffer(0)), row.getLong(2)));
      }
    }
    return found;
  }

  private Optional<Stored> find(String name) {
    // A row of which only the key is left holds nothing that could count.
    return Optional.ofNullable(session.execute(select.bind(name)).one())
        .filter(row -> !row.isNull(0))
        .map(Stored::of);
  }

  private void deleteIndex(byte[] hash, long timestamp) {
    session.execute(deleteIndex.bind(timestamp, ByteBuffer.wrap(hash)));
  }

  private static long timestampAbove(Optional<Stored> stored) {
    return WriteTimestamps.ofClockAbove(stored.map(Stored::writeTime).orElse(Long.MIN_VALUE));
  }

  private static byte[] hash(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Each JDK has SHA-256", e);
    }
  }
}
