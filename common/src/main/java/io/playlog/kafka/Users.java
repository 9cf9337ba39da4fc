package io.playlog.kafka;

import io.playlog.config.KafkaSettings;
import io.playlog.config.Rights;
import io.playlog.config.Role;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.apache.kafka.common.resource.ResourceType;

/** Kafka's users of the roles, and what they may do there. */
public final class Users {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /**
   * The least that Kafka takes, and its tools' default is twice it. A random password needs no
   * more.
   */
  private static final int ITERATIONS = 4096;

  private Users() {}

  /**
   * Makes the users, or gives them these passwords, and lets them do what their role needs and
   * nothing else.
   *
   * @param settings with the login of somebody who may
   * @param group the stream's
   * @param without as of {@link Rights#grants}
   */
  public static void make(
      KafkaSettings settings, String group, Map<Role, String> passwords, Set<String> without) {
    List<UserScramCredentialAlteration> credentials =
        passwords.entrySet().stream()
            .<UserScramCredentialAlteration>map(
                login ->
                    new UserScramCredentialUpsertion(
                        login.getKey().user(),
                        new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS),
                        login.getValue()))
            .toList();
    Set<AclBinding> wanted =
        Rights.acls(without).stream()
            .filter(acl -> passwords.containsKey(acl.role()))
            .flatMap(
                acl ->
                    acl.operations().stream()
                        .map(operation -> binding(settings, group, acl, operation)))
            .collect(Collectors.toSet());
    Answers answers = new Answers(settings, settings.topic(), TIMEOUT);
    try (Admin admin = KafkaClients.admin(settings, TIMEOUT)) {
      get(answers, admin.alterUserScramCredentials(credentials).all());
      get(answers, admin.createAcls(wanted).all());
      for (Role role : passwords.keySet()) {
        Collection<AclBinding> held = get(answers, admin.describeAcls(ofUser(role)).values());
        List<AclBindingFilter> more =
            held.stream().filter(acl -> !wanted.contains(acl)).map(AclBinding::toFilter).toList();
        get(answers, admin.deleteAcls(more).all());
      }
    }
  }

  private static <T> T get(Answers answers, KafkaFuture<T> answer) {
    try {
      return answers.get(AclOperation.ALTER, answer);
    } catch (PlaylogException e) {
      if (e.getCause() instanceof ClusterAuthorizationException refused) {
        throw new PlaylogException(
            ErrorCode.KAFKA_PERMISSION,
            "Kafka at %s lets nobody make users and ACLs but a super user (super.users), or who has Alter and Describe on the cluster: log in as one in playlog.kafka.properties."
                .formatted(answers.settings().bootstrapServers()),
            refused);
      }
      throw e;
    }
  }

  private static AclBinding binding(
      KafkaSettings settings, String group, Rights.Acl acl, String operation) {
    ResourcePattern resource =
        switch (acl.on()) {
          case TOPIC ->
              new ResourcePattern(ResourceType.TOPIC, settings.topic(), PatternType.LITERAL);
          case DEAD_LETTERS ->
              new ResourcePattern(
                  ResourceType.TOPIC, settings.deadLetterTopic(), PatternType.LITERAL);
          case GROUP -> new ResourcePattern(ResourceType.GROUP, group, PatternType.LITERAL);
        };
    return new AclBinding(
        resource,
        new AccessControlEntry(
            principal(acl.role()),
            "*",
            AclOperation.fromString(operation.replaceAll("(?<=[a-z])(?=[A-Z])", "_")),
            AclPermissionType.ALLOW));
  }

  private static AclBindingFilter ofUser(Role role) {
    return new AclBindingFilter(
        ResourcePatternFilter.ANY,
        new AccessControlEntryFilter(
            principal(role), null, AclOperation.ANY, AclPermissionType.ANY));
  }

  private static String principal(Role role) {
    return "User:" + role.user();
  }
}
