package condgen.data;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The named features of one TensorFlow example: a message whose field 1 is a map from names to
 * lists of bytes, of floats, or of integers (which are left out). A sequence example is read the
 * same way: its context has the same place.
 */
final class TfExample {
  private static final int FIRST = field(1, WireFormat.WIRETYPE_LENGTH_DELIMITED);
  private static final int SECOND = field(2, WireFormat.WIRETYPE_LENGTH_DELIMITED);
  private static final int ONE_FLOAT = field(1, WireFormat.WIRETYPE_FIXED32);

  private final String name;
  private final Map<String, byte[]> bytes = new HashMap<>();
  private final Map<String, float[]> floats = new HashMap<>();

  private TfExample(String name) {
    this.name = name;
  }

  private static int field(int number, int type) {
    return number << 3 | type;
  }

  /**
   * Reads the features whose names are wanted.
   *
   * @param record the message
   * @param name what to call it in messages
   * @throws DamagedDataException if it is no such message
   */
  static TfExample read(byte[] record, String name, Predicate<String> wanted)
      throws DamagedDataException {
    TfExample example = new TfExample(name);
    CodedInputStream in = CodedInputStream.newInstance(record);
    try {
      in.pushLimit(record.length);
      each(in, FIRST, features -> each(features, FIRST, entry -> example.entry(entry, wanted)));
    } catch (IOException | RuntimeException e) {
      throw new DamagedDataException(
          name + ": expected a TensorFlow example, found something else (" + e.getMessage() + ")",
          e);
    }
    return example;
  }

  private interface Part {
    void read(CodedInputStream in) throws IOException;
  }

  /** Reads a message to its end: the fields of one number, each a message; others are skipped. */
  private static void each(CodedInputStream in, int tag, Part part) throws IOException {
    for (int t = in.readTag(); t != 0; t = in.readTag()) {
      if (t == tag) {
        inside(in, part);
      } else {
        in.skipField(t);
      }
    }
  }

  private static void inside(CodedInputStream in, Part part) throws IOException {
    int outer = in.pushLimit(in.readRawVarint32());
    part.read(in);
    in.checkLastTagWas(0);
    in.popLimit(outer);
  }

  private void entry(CodedInputStream in, Predicate<String> wanted) throws IOException {
    String key = "";
    ByteString value = ByteString.EMPTY;
    for (int t = in.readTag(); t != 0; t = in.readTag()) {
      if (t == FIRST) {
        key = in.readStringRequireUtf8();
      } else if (t == SECOND && wanted.test(key)) {
        value = in.readBytes();
      } else {
        in.skipField(t);
      }
    }
    if (wanted.test(key)) {
      String feature = key;
      CodedInputStream lists = value.newCodedInput();
      lists.pushLimit(value.size());
      for (int t = lists.readTag(); t != 0; t = lists.readTag()) {
        if (t == FIRST) {
          inside(lists, list -> bytes(list, feature));
        } else if (t == SECOND) {
          inside(lists, list -> floats(list, feature));
        } else {
          lists.skipField(t);
        }
      }
    }
  }

  private void bytes(CodedInputStream in, String feature) throws IOException {
    for (int t = in.readTag(); t != 0; t = in.readTag()) {
      if (t == FIRST) {
        bytes.put(feature, in.readByteArray());
      } else {
        in.skipField(t);
      }
    }
  }

  private void floats(CodedInputStream in, String feature) throws IOException {
    ByteBuffer all = ByteBuffer.allocate(in.getBytesUntilLimit()).order(ByteOrder.LITTLE_ENDIAN);
    for (int t = in.readTag(); t != 0; t = in.readTag()) {
      if (t == FIRST) {
        all.put(in.readByteArray());
      } else if (t == ONE_FLOAT) {
        all.putInt(in.readFixed32());
      } else {
        in.skipField(t);
      }
    }
    float[] values = new float[all.flip().remaining() / Float.BYTES];
    all.asFloatBuffer().get(values);
    floats.put(feature, values);
  }

  /**
   * A feature of bytes: the last of its list.
   *
   * @param length how many bytes it must have
   * @throws DamagedDataException if it is missing or of another length
   */
  byte[] bytes(String feature, int length) throws DamagedDataException {
    byte[] value = bytes.get(feature);
    if (value == null || value.length != length) {
      throw wrong(feature, length + " bytes", value == null ? "none" : value.length + " bytes");
    }
    return value;
  }

  /**
   * A feature of floats.
   *
   * @param length how many it must have
   * @throws DamagedDataException if it is missing or of another length
   */
  float[] floats(String feature, int length) throws DamagedDataException {
    float[] value = floats.get(feature);
    if (value == null || value.length != length) {
      throw wrong(feature, length + " floats", value == null ? "none" : value.length + " floats");
    }
    return value;
  }

  /** Whether there is a feature of bytes of that name. */
  boolean hasBytes(String feature) {
    return bytes.containsKey(feature);
  }

  private DamagedDataException wrong(String feature, String expected, String found) {
    return new DamagedDataException(
        "%s: expected %s of '%s', found %s".formatted(name, expected, feature, found));
  }
}
