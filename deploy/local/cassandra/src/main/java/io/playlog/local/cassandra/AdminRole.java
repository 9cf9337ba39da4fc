package io.playlog.local.cassandra;

import io.playlog.config.Role;
import java.util.concurrent.Callable;
import org.apache.cassandra.auth.AuthenticatedUser;
import org.apache.cassandra.auth.CassandraRoleManager;
import org.apache.cassandra.auth.RoleOptions;
import org.apache.cassandra.auth.RoleResource;

/**
 * Makes the administrator where Cassandra would make the role {@code cassandra}, whose password
 * everybody knows, and gives him the password of his file at each start.
 */
public final class AdminRole extends CassandraRoleManager {
  private static volatile String password;

  /** To be called before the server, which makes this by its name, is started. */
  static void use(String password) {
    AdminRole.password = password;
  }

  @Override
  protected void scheduleSetupTask(Callable<Void> theDefaultRole) {
    super.scheduleSetupTask(
        () -> {
          make();
          return null;
        });
  }

  private void make() {
    RoleOptions options = new RoleOptions();
    options.setOption(Option.SUPERUSER, true);
    options.setOption(Option.LOGIN, true);
    options.setOption(Option.PASSWORD, password);
    RoleResource admin = RoleResource.role(Role.ADMIN.user());
    if (isExistingRole(admin)) {
      alterRole(AuthenticatedUser.SYSTEM_USER, admin, options);
    } else {
      createRole(AuthenticatedUser.SYSTEM_USER, admin, options);
    }
  }
}
