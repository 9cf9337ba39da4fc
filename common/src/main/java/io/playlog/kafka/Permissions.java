package io.playlog.kafka;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.GroupAuthorizationException;

/**
 * Asks beforehand for what would else be refused when the first message is read or written, and to
 * a producer in words that name no topic.
 */
public final class Permissions {
  private final Admin admin;
  private final Answers answers;
  private final String topic;

  Permissions(Admin admin, Answers answers, String topic) {
    this.admin = admin;
    this.answers = answers;
    this.topic = topic;
  }

  /**
   * @throws io.playlog.error.PlaylogException if the topic may not be read, or described
   */
  public void requireRead() {
    require(AclOperation.READ);
  }

  /**
   * @throws io.playlog.error.PlaylogException if the topic may not be written to, or described
   */
  public void requireWrite() {
    require(AclOperation.WRITE);
  }

  private void require(AclOperation needed) {
    DescribeTopicsOptions options = new DescribeTopicsOptions().includeAuthorizedOperations(true);
    Set<AclOperation> allowed =
        answers
            .ask(
                AclOperation.DESCRIBE,
                () -> admin.describeTopics(List.of(topic), options).topicNameValues().get(topic))
            .authorizedOperations();
    // Brokers before 2.3 do not say.
    if (allowed != null && !allowed.contains(needed)) {
      throw refusals().topic(topic, needed, null);
    }
  }

  /**
   * Of a consumer group that offsets are to be committed to. Whatever else is wrong with it is no
   * refusal.
   *
   * @throws io.playlog.error.PlaylogException if it may not be read, which committing needs
   */
  public void requireGroup(String group) {
    DescribeConsumerGroupsOptions options =
        new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true);
    try {
      Set<AclOperation> allowed =
          admin
              .describeConsumerGroups(List.of(group), options)
              .describedGroups()
              .get(group)
              .get()
              .authorizedOperations();
      if (allowed != null && !allowed.isEmpty() && !allowed.contains(AclOperation.READ)) {
        throw refusals().group(group, null);
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupAuthorizationException) {
        throw refusals().group(group, e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking Kafka", e);
    }
  }

  private Refusals refusals() {
    return Refusals.of(answers.settings());
  }
}
