package io.playlog.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * How long clients wait for brokers, unless {@code kafka.properties} says otherwise. Kafka's own
 * are half a minute for an answer and a minute for a question, and its client before 3.7, which is
 * Spark's, asks the broker that led a partition when the question began until the question's time
 * is over: only the next one goes to the new leader.
 */
final class ClientTimeouts {
  /** For an answer: a broker that is silent for longer is left. */
  static final Duration REQUEST = Duration.ofSeconds(5);

  /**
   * The same for Spark's source, each of whose consumers meets a frozen leader by itself, after the
   * driver has: two partitions of one executor one after the other.
   */
  static final Duration SOURCE_REQUEST = Duration.ofSeconds(2);

  /** For a question with all its answers. A cluster finds a new leader in about as long. */
  static final Duration QUESTION = Duration.ofSeconds(10);

  /**
   * For the acknowledgement of messages, which are sent again after it. Longer, since that is more
   * work for a broker that may only be slow. How long a message is sent again and again stays
   * Kafka's {@code delivery.timeout.ms}, so that none is lost by it.
   */
  static final Duration PRODUCER_REQUEST = Duration.ofSeconds(10);

  private static final String OF_REQUEST = CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG;
  private static final String OF_QUESTION = CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG;

  /** Times that are as long as that for an answer; {@link #beside} says why. */
  private static final List<String> AS_AN_ANSWER =
      List.of(
          CommonClientConfigs.METADATA_MAX_AGE_CONFIG,
          CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG,
          CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG);

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  private ClientTimeouts() {}

  /**
   * The properties that these lack. Kafka refuses a time for an answer that is longer than that for
   * the question, so that ours gives way to the one that is set.
   *
   * <p>An admin client sleeps until its question's time is over if nothing else is due, and only
   * then looks whether an answer is late. So it asks for the cluster's nodes and leaders as often
   * as an answer may take. A connection may take no longer than an answer either: Kafka's clients
   * try for 10 s, later for up to 30 s, to connect to a broker that is cut off; a frozen one still
   * accepts.
   *
   * @param request for an answer, as is the next, unless they are set
   * @param question with all its answers
   */
  static Map<String, Object> beside(
      Map<String, String> passed, Duration request, Duration question) {
    Map<String, Object> lacking = new HashMap<>();
    int most = Math.toIntExact(question.toMillis());
    int least = Math.min(Math.toIntExact(request.toMillis()), most);
    number(passed, OF_REQUEST, least)
        .ifPresent(
            answer -> {
              AS_AN_ANSWER.forEach(each -> lacking.put(each, answer));
              lacking.put(OF_QUESTION, Math.max(most, answer));
            });
    number(passed, OF_QUESTION, most)
        .ifPresent(whole -> lacking.put(OF_REQUEST, Math.min(least, whole)));
    lacking.keySet().removeAll(passed.keySet());
    return lacking;
  }

  /** Empty for what is no number, of which the client says so. */
  private static OptionalInt number(Map<String, String> passed, String name, int otherwise) {
    String found = passed.getOrDefault(name, Integer.toString(otherwise)).strip();
    return NUMBER.matcher(found).matches()
        ? OptionalInt.of(Integer.parseInt(found))
        : OptionalInt.empty();
  }
}
