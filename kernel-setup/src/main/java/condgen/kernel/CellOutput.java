package condgen.kernel;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Standard output as text: bytes in, whole characters out. */
final class CellOutput extends OutputStream {
  private static final int BYTES = 8192;

  private final Consumer<String> sink;
  private final ByteBuffer bytes = ByteBuffer.allocate(BYTES);
  private final CharBuffer characters = CharBuffer.allocate(BYTES);
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);

  private CellOutput(Consumer<String> sink) {
    this.sink = sink;
  }

  static PrintStream stream(Consumer<String> sink) {
    return new PrintStream(new CellOutput(sink), true, StandardCharsets.UTF_8);
  }

  @Override
  public synchronized void write(int b) {
    bytes.put((byte) b);
    emit();
  }

  @Override
  public synchronized void write(byte[] source, int offset, int length) {
    int from = offset;
    int left = length;
    while (left > 0) {
      int n = Math.min(left, bytes.remaining());
      bytes.put(source, from, n);
      from += n;
      left -= n;
      emit();
    }
  }

  private void emit() {
    bytes.flip();
    decoder.decode(bytes, characters, false);
    bytes.compact();
    characters.flip();
    String text = characters.toString();
    characters.clear();
    if (!text.isEmpty()) {
      sink.accept(text);
    }
  }
}
