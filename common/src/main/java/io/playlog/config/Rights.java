package io.playlog.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of deploy/security/rights, which the jar carries: what each role may do. Some of it is
 * needed with a part of its work only, such as {@code repair}.
 */
public final class Rights {
  private static final Pattern PART = Pattern.compile("-- with (\\w+).*");

  private Rights() {}

  /**
   * @param operations of Kafka, such as {@code DescribeConfigs}
   * @param part of the work that needs them; empty for all of it
   */
  public record Acl(Role role, On on, List<String> operations, String part) {}

  /** What a role may do something with. */
  public enum On {
    TOPIC,
    DEAD_LETTERS,
    GROUP
  }

  /** Of a permission on one of our tables. */
  private static final Pattern ON_TABLE =
      Pattern.compile("GRANT (\\w+) ON TABLE \\$\\{keyspace}\\.(\\w+) TO \\w+");

  /**
   * The tables that a role has a permission on, for a part of its work.
   *
   * @param permission {@code SELECT} or {@code MODIFY}
   * @param part empty for what it always needs
   */
  public static Set<String> tables(Role role, String permission, String part) {
    Set<String> tables = new TreeSet<>();
    lines(role, part::equals).stream()
        .map(ON_TABLE::matcher)
        .filter(grant -> grant.matches() && grant.group(1).equals(permission))
        .forEach(grant -> tables.add(grant.group(2)));
    return tables;
  }

  /**
   * The GRANTs of a role, with the placeholder {@code ${keyspace}}.
   *
   * @param without parts of the work that it is not to do
   */
  public static List<String> grants(Role role, Set<String> without) {
    return lines(role, part -> !without.contains(part));
  }

  private static List<String> lines(Role role, Predicate<String> wanted) {
    List<String> grants = new ArrayList<>();
    String part = "";
    for (String line : lines(role.id() + ".cql")) {
      Matcher begin = PART.matcher(line);
      if (begin.matches()) {
        part = begin.group(1);
      } else if (line.startsWith("GRANT ") && wanted.test(part)) {
        grants.add(line.replace(";", ""));
      }
    }
    return grants;
  }

  /**
   * What all roles may do in Kafka.
   *
   * @param without as of {@link #grants}
   */
  public static List<Acl> acls(Set<String> without) {
    return lines("kafka-acls.txt").stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("\\s+"))
        .map(
            words ->
                new Acl(
                    Role.valueOf(constant(words[0])),
                    On.valueOf(constant(words[1])),
                    List.of(words[2].split(",")),
                    words.length > 4 ? words[4] : ""))
        .filter(acl -> !without.contains(acl.part()))
        .toList();
  }

  private static String constant(String name) {
    return name.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private static List<String> lines(String name) {
    try (InputStream in = Rights.class.getResourceAsStream("/rights/" + name)) {
      if (in == null) {
        throw new IllegalStateException("The jar lacks rights/" + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
