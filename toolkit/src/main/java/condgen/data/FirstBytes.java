package condgen.data;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The next bytes of a stream as a stream of their own; closing it leaves the stream open. */
final class FirstBytes extends FilterInputStream {
  private long left;

  FirstBytes(InputStream in, long count) {
    super(in);
    this.left = count;
  }

  /** How many are still to be read. */
  long left() {
    return left;
  }

  @Override
  public int read() throws IOException {
    int value = left > 0 ? in.read() : -1;
    left -= value < 0 ? 0 : 1;
    return value;
  }

  @Override
  public int read(byte[] to, int at, int count) throws IOException {
    if (left <= 0) {
      return count == 0 ? 0 : -1;
    }
    int found = in.read(to, at, (int) Math.min(count, left));
    left -= Math.max(found, 0);
    return found;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = in.skip(Math.min(count, left));
    left -= skipped;
    return skipped;
  }

  @Override
  public int available() throws IOException {
    return (int) Math.min(in.available(), left);
  }

  @Override
  public void close() {}
}
