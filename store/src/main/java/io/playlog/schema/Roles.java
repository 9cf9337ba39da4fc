package io.playlog.schema;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.playlog.cassandra.CassandraSession;
import io.playlog.config.Rights;
import io.playlog.config.Role;
import io.playlog.error.PlaylogException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cassandra's roles, and what they may do there. */
public final class Roles {
  private static final Logger LOG = LoggerFactory.getLogger(Roles.class);
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  /** The permission; the kind; keyspace and table, or the keyspace. */
  private static final Pattern GRANT =
      Pattern.compile("GRANT (\\w+) ON (TABLE|KEYSPACE) (\\S+) TO \\w+");

  private static final Pattern MEMBERSHIP = Pattern.compile("GRANT (\\w+) TO \\w+");
  private static final Pattern RESOURCE = Pattern.compile("<(table|keyspace) (.*)>");

  private final CassandraSession session;

  private Roles(CassandraSession session) {
    this.session = session;
  }

  /**
   * Makes the roles, or gives them these passwords, and lets them do what they need and nothing
   * else. The tables must be there.
   *
   * @param session of somebody who may
   * @param without as of {@link Rights#grants}
   */
  public static void make(
      CassandraSession session, Map<Role, String> passwords, Set<String> without) {
    Roles roles = new Roles(session);
    passwords.forEach(roles::login);
    passwords.keySet().forEach(role -> roles.grant(role, without));
  }

  private void login(Role role, String password) {
    run("CREATE ROLE IF NOT EXISTS " + role.user());
    run(
        "ALTER ROLE %s WITH LOGIN = true AND PASSWORD = '%s'"
            .formatted(role.user(), password.replace("'", "''")));
  }

  private void grant(Role role, Set<String> without) {
    Set<String> memberships = memberships(role);
    Set<String> permissions = permissions(role);
    Set<String> wanted = new HashSet<>();
    for (String grant : Rights.grants(role, without)) {
      Matcher membership = MEMBERSHIP.matcher(grant);
      if (membership.matches()) {
        if (!memberships.remove(membership.group(1))) {
          run(grant);
        }
        continue;
      }
      String keyspace = CqlIdentifier.fromInternal(session.keyspace()).asCql(true);
      Matcher matcher = GRANT.matcher(grant.replace("${keyspace}", keyspace));
      if (!matcher.matches()) {
        throw new IllegalStateException(grant);
      }
      String permission =
          "%s ON %s %s".formatted(matcher.group(1), matcher.group(2), matcher.group(3));
      wanted.add(permission);
      if (!permissions.contains(permission)) {
        grant(permission, role);
      }
    }
    permissions.removeAll(wanted);
    permissions.forEach(more -> run("REVOKE %s FROM %s".formatted(more, role.user())));
    memberships.forEach(more -> run("REVOKE %s FROM %s".formatted(more, role.user())));
  }

  private void grant(String permission, Role role) {
    try {
      run("GRANT %s TO %s".formatted(permission, role.user()));
    } catch (PlaylogException e) {
      // Of a Cassandra that has no such view.
      if (!permission.contains(" system_views.")) {
        throw e;
      }
      LOG.warn("{} has no {}: {}", role.user(), permission, e.getMessage());
    }
  }

  /** Other roles that it is a member of. */
  private Set<String> memberships(Role role) {
    Set<String> found = new HashSet<>();
    for (Row row : rows("LIST ROLES OF %s NORECURSIVE".formatted(role.user()))) {
      found.add(row.getString("role"));
    }
    found.remove(role.user());
    return found;
  }

  /** As GRANT and REVOKE say them. */
  private Set<String> permissions(Role role) {
    Set<String> found = new HashSet<>();
    for (Row row : rows("LIST ALL PERMISSIONS OF %s NORECURSIVE".formatted(role.user()))) {
      Matcher resource = RESOURCE.matcher(row.getString("resource"));
      if (resource.matches()) {
        List<String> names = new ArrayList<>();
        for (String name : resource.group(2).split("\\.")) {
          names.add(CqlIdentifier.fromInternal(name).asCql(true));
        }
        found.add(
            "%s ON %s %s"
                .formatted(
                    row.getString("permission"),
                    resource.group(1).toUpperCase(Locale.ROOT),
                    String.join(".", names)));
      }
    }
    return found;
  }

  private List<Row> rows(String cql) {
    return StreamSupport.stream(
            session.execute(SimpleStatement.newInstance(cql)).spliterator(), false)
        .toList();
  }

  private void run(String cql) {
    session.executeDdl(cql, TIMEOUT);
  }
}
