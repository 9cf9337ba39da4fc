package io.playlog.config;

import io.playlog.error.PlaylogException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.util.Map;
import java.util.Optional;

/**
 * A store of certificates or keys that settings name. Clients say of one that they cannot open no
 * more than its name, after a stack trace.
 *
 * @param pathSetting its whole name
 * @param passwordSetting its whole name
 * @param password null for none
 */
record StoreFile(
    String pathSetting, String path, String passwordSetting, String password, String type) {

  /** Stands for PKCS12, too, as it does for the clients. */
  static final String JAVAS = "JKS";

  /** Empty if the properties name none. */
  static Optional<StoreFile> of(
      String prefix, Map<String, String> properties, String path, String password, String type) {
    return Optional.ofNullable(properties.get(path))
        .map(
            found ->
                new StoreFile(
                    prefix + path, found, prefix + password, properties.get(password), type));
  }

  /** Opens it as the clients do. */
  void require() {
    try (InputStream in = Files.newInputStream(Path.of(path))) {
      KeyStore store = KeyStore.getInstance(type);
      store.load(in, password == null ? null : password.toCharArray());
      if (store.size() == 0) {
        throw bad(
            pathSetting,
            password == null
                ? "holds nothing that can be read without a password: set " + passwordSetting
                : "holds no certificate");
      }
    } catch (AccessDeniedException e) {
      throw bad(pathSetting, "cannot be read: permission denied");
    } catch (IOException e) {
      throw refused(e);
    } catch (GeneralSecurityException e) {
      throw bad(pathSetting, "cannot be read: " + e.getMessage());
    } catch (InvalidPathException e) {
      throw bad(pathSetting, "is no path that can be used");
    }
  }

  private PlaylogException refused(IOException failure) {
    if (Files.notExists(Path.of(path))) {
      return bad(pathSetting, "is not there");
    }
    return failure.getCause() instanceof UnrecoverableKeyException
        ? bad(passwordSetting, "is not opened by this password (hidden)")
        : bad(pathSetting, "is no store of certificates: " + failure.getMessage());
  }

  private PlaylogException bad(String setting, String problem) {
    return ConfigFile.bad("%s: the store %s %s".formatted(setting, path, problem));
  }
}
