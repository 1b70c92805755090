package condgen.download;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What identifies the content of a file.
 *
 * @param bytes its length; null when not published
 * @param md5 its MD5, 32 lower-case hexadecimal digits; null when not published
 * @param sha1 its SHA-1, 40 lower-case hexadecimal digits; null when not published
 * @param sha256 its SHA-256, 64 lower-case hexadecimal digits, or the first of them (at least 8)
 *     when no more are published; null when nothing is
 * @param advisory whether the hashes come from a single source that nobody confirmed: another hash
 *     is then told, and the file is taken
 */
public record Fingerprint(Long bytes, String md5, String sha1, String sha256, boolean advisory) {

  private static final String MD5 = "MD5";
  private static final String SHA_1 = "SHA-1";
  private static final String SHA_256 = "SHA-256";

  /** Nothing is known of the content. */
  static final Fingerprint UNKNOWN = new Fingerprint(null, null, null);

  /** A length and hashes that are confirmed. */
  public Fingerprint(Long bytes, String md5, String sha256) {
    this(bytes, md5, null, sha256, false);
  }

  /**
   * Reads a file once and returns its length and its hashes.
   *
   * @throws IOException when the file cannot be read
   */
  public static Fingerprint of(Path file) throws IOException {
    return read(file, Set.of(MD5, SHA_1, SHA_256));
  }

  /**
   * Reads a file once and returns its SHA-256.
   *
   * @throws IOException when the file cannot be read
   */
  static String sha256(Path file) throws IOException {
    return read(file, Set.of(SHA_256)).sha256;
  }

  /** Reads a file with these digests alone: each takes its time on an archive of many gigabytes. */
  private static Fingerprint read(Path file, Set<String> algorithms) throws IOException {
    Map<String, MessageDigest> digests = new HashMap<>();
    algorithms.forEach(algorithm -> digests.put(algorithm, digest(algorithm)));
    byte[] buffer = new byte[1 << 16];
    long total = 0;
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        for (MessageDigest digest : digests.values()) {
          digest.update(buffer, 0, n);
        }
        total += n;
      }
    }
    Map<String, String> hashes = new HashMap<>();
    digests.forEach((name, digest) -> hashes.put(name, HexFormat.of().formatHex(digest.digest())));
    return new Fingerprint(total, hashes.get(MD5), hashes.get(SHA_1), hashes.get(SHA_256), false);
  }

  /** The digests that are published. */
  private Set<String> published() {
    Set<String> algorithms = new HashSet<>();
    if (md5 != null) {
      algorithms.add(MD5);
    }
    if (sha1 != null) {
      algorithms.add(SHA_1);
    }
    if (sha256 != null) {
      algorithms.add(SHA_256);
    }
    return algorithms;
  }

  /** Whether a confirmed hash is published, so that the content can be recognised. */
  public boolean hasHash() {
    return !advisory && hasAnyHash();
  }

  private boolean hasAnyHash() {
    return !published().isEmpty();
  }

  /** The length, or -1 when it is not published. */
  long bytesOr() {
    return bytes == null ? -1 : bytes;
  }

  /**
   * The first difference between what is expected (this) and a file.
   *
   * @return empty when everything published agrees
   * @throws IOException when the file cannot be read
   */
  public Optional<String> differenceFrom(Path file) throws IOException {
    long length = Files.size(file);
    if (bytes != null && bytes != length) {
      return Optional.of(String.format("expected %,d bytes, found %,d", bytes, length));
    }
    return hasHash() ? hashDifference(file) : Optional.empty();
  }

  /**
   * What a hash of a single source says against a file that is taken anyway.
   *
   * @return empty when it agrees, or when there is none of this kind
   * @throws IOException when the file cannot be read
   */
  public Optional<String> doubt(Path file) throws IOException {
    return advisory && hasAnyHash() ? hashDifference(file) : Optional.empty();
  }

  private Optional<String> hashDifference(Path file) throws IOException {
    Fingerprint found = read(file, published());
    if (sha256 != null && !found.sha256.startsWith(sha256.toLowerCase(Locale.ROOT))) {
      return Optional.of("expected SHA-256 " + sha256 + ", found " + found.sha256);
    }
    if (sha1 != null && !sha1.equalsIgnoreCase(found.sha1)) {
      return Optional.of("expected SHA-1 " + sha1 + ", found " + found.sha1);
    }
    if (md5 != null && !md5.equalsIgnoreCase(found.md5)) {
      return Optional.of("expected MD5 " + md5 + ", found " + found.md5);
    }
    return Optional.empty();
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }
}
