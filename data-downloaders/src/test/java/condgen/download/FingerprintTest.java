package condgen.download;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintTest {
  /** The test vectors of RFC 1321 and FIPS 180-4 for "abc". */
  private static final Fingerprint ABC =
      new Fingerprint(
          3L,
          "900150983cd24fb0d6963f7d28e17f72",
          "a9993e364706816aba3e25717850c26c9cd0d89d",
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
          false);

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void write() throws Exception {
    file = Files.write(directory.resolve("f"), "abc".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void of_abc_isTheTestVector() throws Exception {
    assertEquals(ABC, Fingerprint.of(file));
    assertEquals(Optional.empty(), ABC.differenceFrom(file));
  }

  @Test
  void differenceFrom_otherLengthOrHash_saysWhatWasFound() throws Exception {
    assertEquals(
        Optional.of("expected 4 bytes, found 3"),
        new Fingerprint(4L, ABC.md5(), ABC.sha256()).differenceFrom(file));
    String zeros = "0".repeat(32);
    assertEquals(
        Optional.of("expected MD5 " + zeros + ", found " + ABC.md5()),
        new Fingerprint(3L, zeros, null).differenceFrom(file));
    assertEquals(
        Optional.of("expected SHA-256 " + zeros + ", found " + ABC.sha256()),
        new Fingerprint(null, null, zeros).differenceFrom(file));
  }

  /**
   * Some files carry the first eight digits of their SHA-256 in their name, and no more is known.
   */
  @Test
  void differenceFrom_beginningOfAHash_comparesThat() throws Exception {
    assertEquals(Optional.empty(), new Fingerprint(null, null, "BA7816bf").differenceFrom(file));
    assertEquals(
        Optional.of("expected SHA-256 7be5be79, found " + ABC.sha256()),
        new Fingerprint(null, null, "7be5be79").differenceFrom(file));
  }
}
