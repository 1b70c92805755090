package condgen.fuzz;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * One change of a file, said without knowing the file: places are fractions of its length, so that
 * one plan of changes fits every sample.
 *
 * @param kind what is done
 * @param at where, 0 up to 1
 * @param zone which part of the file the fraction is of: most formats keep what counts at the
 *     beginning or the end
 * @param other a second place or a length, 0 up to 1
 * @param value a number that the change needs
 */
public record Mutation(Kind kind, double at, Zone zone, double other, int value) {

  /** The part of a file where a change is made. */
  public enum Zone {
    /** The first 128 bytes. */
    HEAD,
    /** The last 512 bytes. */
    TAIL,
    /** Anywhere. */
    ALL
  }

  /** The changes. */
  public enum Kind {
    /** One bit turns. */
    FLIP,
    /** One byte gets a value. */
    BYTE,
    /** The file ends here. */
    TRUNCATE,
    /** Bytes are taken out. */
    DELETE,
    /** Bytes come twice. */
    DUPLICATE,
    /** Zeros are put in. */
    INSERT,
    /** Two stretches change places. */
    SWAP,
    /** A number of 2, 4 or 8 bytes gets an extreme value, in either order of bytes. */
    EXTREME,
    /** The next number in digits becomes an extreme one. */
    DIGITS,
    /** From here on it is another file of the same reader, or itself from elsewhere. */
    SPLICE
  }

  private static final long[] EXTREMES = {
    0,
    1,
    -1,
    0x7f,
    0x80,
    0xff,
    0x7fff,
    0xffff,
    1L << 24,
    Integer.MAX_VALUE - 8L,
    Integer.MAX_VALUE,
    1L << 31,
    0xffffffffL,
    1L << 32,
    1L << 40,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-1",
          "1",
          "255",
          "65536",
          "2147483647",
          "2147483648",
          "99999999999",
          "1e400",
          "nan",
          "9223372036854775807",
          "123456789012345678901234567890");

  /**
   * The changed file.
   *
   * @param content the file, unchanged
   * @param donor another file, or the same
   */
  public byte[] apply(byte[] content, byte[] donor) {
    if (content.length == 0) {
      return Arrays.copyOf(donor, donor.length);
    }
    int from = place(content.length);
    return switch (kind) {
      case FLIP -> with(content, from, content[from] ^ 1 << (value & 7));
      case BYTE -> with(content, from, value);
      case TRUNCATE -> Arrays.copyOf(content, from);
      case DELETE -> joined(content, 0, from, content, end(content, from));
      case DUPLICATE -> joined(content, 0, end(content, from), content, from);
      case INSERT -> inserted(content, from, new byte[1 + (value & 0x3f)]);
      case SWAP -> swapped(content, from);
      case EXTREME -> extreme(content, from);
      case DIGITS -> digits(content, from);
      case SPLICE -> joined(content, 0, from, donor, (int) (other * donor.length));
    };
  }

  private int place(int length) {
    int stretch =
        switch (zone) {
          case HEAD -> Math.min(length, 128);
          case TAIL -> Math.min(length, 512);
          case ALL -> length;
        };
    return (zone == Zone.TAIL ? length - stretch : 0) + (int) (at * stretch);
  }

  /** The end of a stretch: often a few bytes, now and then up to all. */
  private int end(byte[] content, int from) {
    int most = (value & 3) == 0 ? content.length : 16;
    return Math.min(content.length, from + 1 + (int) (other * most));
  }

  private static byte[] with(byte[] content, int at, int value) {
    byte[] changed = content.clone();
    changed[at] = (byte) value;
    return changed;
  }

  private static byte[] joined(byte[] head, int start, int end, byte[] tail, int from) {
    byte[] first = Arrays.copyOfRange(head, start, end);
    byte[] all = Arrays.copyOf(first, first.length + tail.length - from);
    System.arraycopy(tail, from, all, first.length, tail.length - from);
    return all;
  }

  private static byte[] inserted(byte[] content, int at, byte[] more) {
    byte[] begun = joined(content, 0, at, more, 0);
    return joined(begun, 0, begun.length, content, at);
  }

  private byte[] swapped(byte[] content, int from) {
    int length = Math.min(1 + (value & 0x1f), content.length - from);
    int to = (int) (other * (content.length - length + 1));
    byte[] changed = content.clone();
    System.arraycopy(content, from, changed, to, length);
    System.arraycopy(content, to, changed, from, length);
    return changed;
  }

  private byte[] extreme(byte[] content, int from) {
    int width = 1 << (1 + (value & 0xff) % 3);
    long number = EXTREMES[(value >>> 8 & 0xff) % EXTREMES.length];
    boolean little = (value >>> 16 & 1) == 0;
    byte[] changed = content.clone();
    for (int i = 0; i < width && from + i < changed.length; i++) {
      changed[from + i] = (byte) (number >> 8 * (little ? i : width - 1 - i));
    }
    return changed;
  }

  private byte[] digits(byte[] content, int from) {
    int start = from;
    while (start < content.length && !digit(content[start])) {
      start++;
    }
    int end = start;
    while (end < content.length && digit(content[end])) {
      end++;
    }
    String number = NUMBERS.get((value & 0xff) % NUMBERS.size());
    if (value < 0 && end > start) {
      String found = new String(content, start, end - start, StandardCharsets.US_ASCII);
      number = new BigInteger(found).add(BigInteger.valueOf((value & 1) * 2L - 1)).toString();
    }
    byte[] begun = joined(content, 0, start, number.getBytes(StandardCharsets.US_ASCII), 0);
    return joined(begun, 0, begun.length, content, end);
  }

  private static boolean digit(byte b) {
    return b >= '0' && b <= '9';
  }
}
