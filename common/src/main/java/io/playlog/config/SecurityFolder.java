package io.playlog.config;

import io.playlog.error.PlaylogException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * The folder with a password for each {@link Role}, {@code ROLE.password}, and with the authority's
 * certificate, {@code ca.pem} and {@code trust.p12}, as deploy/security/make-certificates.sh makes
 * them. Its passwords are read by their owner only.
 */
public record SecurityFolder(Path path) {
  /** Whose password a browser is asked for: the page's. */
  public static final String BROWSER = "browser";

  /** Kafka's brokers towards each other. */
  public static final String BROKER = "broker";

  private static final String KAFKA_LOGIN = "sasl.jaas.config";
  private static final String CASSANDRA_LOGIN = "spark.cassandra.auth.";
  private static final int PASSWORD_BYTES = 24;

  /**
   * What lets a Kafka client in as a role.
   *
   * @param own properties, which count before
   */
  Map<String, String> kafkaProperties(Role role, Map<String, String> own) {
    Map<String, String> properties = new TreeMap<>();
    properties.put("security.protocol", "SASL_SSL");
    properties.put("sasl.mechanism", "SCRAM-SHA-512");
    if (!own.containsKey(KAFKA_LOGIN)) {
      properties.put(KAFKA_LOGIN, scramLogin(role.user(), password(role.id())));
    }
    if (own.keySet().stream().noneMatch(key -> key.startsWith("ssl.truststore."))) {
      properties.put("ssl.truststore.type", "PEM");
      // Not by its path: it goes to executors on other machines, too.
      properties.put("ssl.truststore.certificates", read(file("ca.pem")));
    }
    properties.putAll(own);
    return properties;
  }

  /**
   * What lets Spark's connector in as a role.
   *
   * @param own properties, which count before
   */
  Map<String, String> connectorProperties(Role role, Map<String, String> own) {
    Map<String, String> properties = new TreeMap<>();
    properties.put("spark.cassandra.connection.ssl.enabled", "true");
    properties.put("spark.cassandra.connection.ssl.trustStore.path", file("trust.p12").toString());
    if (!own.containsKey(CASSANDRA_LOGIN + "username")) {
      properties.put(CASSANDRA_LOGIN + "username", role.user());
      properties.put(CASSANDRA_LOGIN + "password", password(role.id()));
    }
    properties.putAll(own);
    return properties;
  }

  /** A line of JAAS, as Kafka's property {@code sasl.jaas.config} takes it. */
  public static String scramLogin(String user, String password) {
    return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
        .formatted(user, password.replace("\\", "\\\\").replace("\"", "\\\""));
  }

  public Path file(String name) {
    return path.resolve(name);
  }

  /**
   * @param name such as {@code stream}
   * @throws PlaylogException if the file cannot be read, is empty, or others may read it
   */
  public String password(String name) {
    Path file = file(name + ".password");
    if (Files.notExists(file)) {
      throw bad(file, "is not there: java -jar web.jar grant makes it");
    }
    requirePrivate(file);
    String password = read(file).strip();
    if (password.isEmpty()) {
      throw bad(file, "is empty, expected a password");
    }
    return password;
  }

  /** The same; makes a password at random if there is no file. */
  public String passwordOrNew(String name) {
    Path file = file(name + ".password");
    if (Files.notExists(file)) {
      byte[] random = new byte[PASSWORD_BYTES];
      new SecureRandom().nextBytes(random);
      create(file, Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n");
    }
    return password(name);
  }

  /** A file that is there is whole, and stays, whoever else makes it at the same time. */
  private void create(Path file, String text) {
    try {
      Files.createDirectories(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      // Of createTempFile only the owner may read it.
      Path whole = Files.createTempFile(path, ".new", "");
      try {
        Files.writeString(whole, text);
        Files.createLink(file, whole);
      } catch (FileAlreadyExistsException e) {
        // Another was faster.
      } finally {
        Files.delete(whole);
      }
    } catch (IOException e) {
      throw bad(file, "cannot be made: " + e);
    }
  }

  /** Writes a file that holds a secret, in the place of an earlier one; only its owner reads it. */
  public static void write(Path file, String text) {
    try {
      Path whole = Files.createTempFile(file.getParent(), ".new", "");
      Files.writeString(whole, text);
      Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void requirePrivate(Path file) {
    try {
      String others =
          PosixFilePermissions.toString(Files.getPosixFilePermissions(file)).substring(3);
      if (!others.equals("------")) {
        throw bad(file, "can be read or changed by others: chmod 600 " + file);
      }
    } catch (IOException e) {
      throw bad(file, "cannot be read: " + e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw bad(file, "cannot be read: " + e);
    }
  }

  private static PlaylogException bad(Path file, String problem) {
    return ConfigFile.bad(
        "playlog.security.folder (or playlog.local.secure): %s %s".formatted(file, problem));
  }
}
