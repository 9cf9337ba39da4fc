package io.playlog.config;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.playlog.error.PlaylogException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreFileTest {
  private static final String RIGHT = "changeit";

  @TempDir private Path folder;

  private static StoreFile store(Path file, String password) {
    return new StoreFile("a.location", file.toString(), "a.password", password, StoreFile.JAVAS);
  }

  private Path written() throws Exception {
    Path file = folder.resolve("trust.p12");
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("one", new SecretKeySpec(new byte[16], "AES"), RIGHT.toCharArray(), null);
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, RIGHT.toCharArray());
    }
    return file;
  }

  private static void refused(StoreFile store, String message) {
    assertThatExceptionOfType(PlaylogException.class)
        .isThrownBy(store::require)
        .withMessageStartingWith(message.formatted(store.path()));
  }

  @Test
  void one() throws Exception {
    StoreFile store = store(written(), RIGHT);

    assertThatCode(store::require).doesNotThrowAnyException();
  }

  @Test
  void anotherPassword() throws Exception {
    refused(
        store(written(), "wrong"),
        "a.password: the store %s is not opened by this password (hidden)");
  }

  @Test
  void notThere() {
    refused(store(folder.resolve("gone.p12"), RIGHT), "a.location: the store %s is not there");
  }

  @Test
  void noStore() throws IOException {
    Path text = Files.writeString(folder.resolve("trust.pem"), "-----BEGIN CERTIFICATE-----");

    refused(store(text, RIGHT), "a.location: the store %s is no store of certificates: ");
  }

  @Test
  void empty() throws Exception {
    Path file = folder.resolve("empty.p12");
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, RIGHT.toCharArray());
    }

    refused(store(file, RIGHT), "a.location: the store %s holds no certificate");
  }
}
