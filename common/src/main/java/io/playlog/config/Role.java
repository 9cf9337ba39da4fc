package io.playlog.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Who a program is to secured servers; what each may do stands in deploy/security/rights. */
public enum Role {
  /** May do everything. */
  ADMIN("create-topics", "schema", "grant"),
  PRODUCER("producer.jar", "import"),
  STREAM("stream"),
  HOURLY_SUMMARY("hourly-summary"),
  AUDIT("audit"),
  REMATCH("rematch"),
  REPLAY_DEAD_LETTERS("replay-dead-letters"),
  FORGET("forget"),
  EXPORT("export"),
  SKIP_UNREADABLE("skip-unreadable"),
  PAGE("web.jar"),
  TOKEN("token"),
  STATUS("status"),
  /** People with cqlsh and kcat: they read. */
  QUERY;

  private final List<String> commands;

  Role(String... commands) {
    this.commands = List.of(commands);
  }

  /** Empty for a command that asks no server. */
  public static Optional<Role> ofCommand(String name) {
    return Arrays.stream(values()).filter(role -> role.commands.contains(name)).findFirst();
  }

  /** All but the administrator, who needs no grants. */
  public static Stream<Role> granted() {
    return Arrays.stream(values()).filter(role -> role != ADMIN);
  }

  /** Its name in files, such as {@code hourly-summary}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Its name as Kafka's user and as Cassandra's role, such as {@code playlog_hourly_summary}. */
  public String user() {
    return "playlog_" + name().toLowerCase(Locale.ROOT);
  }
}
