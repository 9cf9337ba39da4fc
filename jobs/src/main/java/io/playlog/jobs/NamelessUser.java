package io.playlog.jobs;

import java.lang.instrument.Instrumentation;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * A Java agent for a user whom the machine has no name for, as containers may have: Hadoop asks the
 * machine, and without a name Spark does not start. Before any job, and so before spark-submit's
 * own main class, it tells Hadoop the name that is the agent's argument.
 */
public final class NamelessUser {
  private NamelessUser() {}

  public static void premain(String name, Instrumentation instrumentation) {
    UserGroupInformation.setLoginUser(UserGroupInformation.createRemoteUser(name));
  }
}
