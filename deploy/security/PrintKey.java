import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;

/** Prints the only key of a PKCS #12 store in PEM. Run from source by make-certificates.sh: STORE :env|:file PASSWORD. */
final class PrintKey {
  public static void main(String[] args) throws Exception {
    String given = args[1].equals(":env") ? System.getenv(args[2]) : Files.readString(Path.of(args[2]));
    char[] password = given.strip().toCharArray();
    KeyStore store = KeyStore.getInstance(new File(args[0]), password);
    byte[] key = store.getKey(store.aliases().nextElement(), password).getEncoded();
    System.out.println("-----BEGIN PRIVATE KEY-----");
    System.out.println(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key));
    System.out.println("-----END PRIVATE KEY-----");
  }
}
