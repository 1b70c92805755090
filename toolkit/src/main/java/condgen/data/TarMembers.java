package condgen.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The files in a tar archive, and in tar archives in it. Opening reads the headers only and jumps
 * over what is between, so that an archive of 148 GB opens without being read.
 */
final class TarMembers implements Members {
  private static final String ENDING = ".tar";

  private final Path file;
  private final FileChannel channel;
  private final List<Place> places = new ArrayList<>();

  private record Place(String name, long offset, long length) {}

  private TarMembers(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  static TarMembers open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      TarMembers members = new TarMembers(file, channel);
      members.list("", 0, channel.size());
      members.places.sort(Comparator.comparing(Place::name));
      if (members.places.isEmpty()) {
        throw new DamagedDataException(file + " must be a tar archive of files, but holds none");
      }
      return members;
    } catch (DamagedDataException e) {
      channel.close();
      throw e;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw new DamagedDataException(
          file + " must be a whole tar archive, but cannot be read: " + e.getMessage(), e);
    }
  }

  private void list(String folder, long start, long end) throws IOException {
    Stretch stretch = new Stretch(channel, start, end);
    try (TarArchiveInputStream tar = new TarArchiveInputStream(stretch)) {
      TarArchiveEntry entry = tar.getNextEntry();
      for (; entry != null; entry = tar.getNextEntry()) {
        String name = folder + entry.getName().replaceFirst("^\\./", "");
        long offset = stretch.position;
        if (entry.getSize() < 0 || entry.getSize() > end - offset) {
          throw new DamagedDataException(
              "%s, %s must have %,d bytes, but the archive ends after %,d"
                  .formatted(file, name, entry.getSize(), end - offset));
        }
        if (entry.isFile() && !entry.isSparse() && folder.isEmpty() && name.endsWith(ENDING)) {
          String inner = name.substring(0, name.length() - ENDING.length()) + "/";
          list(inner, offset, offset + entry.getSize());
        } else if (entry.isFile() && !entry.isSparse()) {
          places.add(new Place(name, offset, entry.getSize()));
        }
      }
    }
  }

  @Override
  public Path place() {
    return file;
  }

  @Override
  public List<String> names() {
    return new AbstractList<>() {
      @Override
      public String get(int i) {
        return places.get(i).name;
      }

      @Override
      public int size() {
        return places.size();
      }
    };
  }

  @Override
  public byte[] read(int i) throws IOException {
    Place place = places.get(i);
    if (place.length > LONGEST) {
      throw new DamagedDataException(
          "%s must have at most %,d bytes, but has %,d".formatted(title(i), LONGEST, place.length));
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) place.length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, place.offset + bytes.position()) < 0) {
        throw new DamagedDataException(title(i) + " is truncated: the archive became shorter");
      }
    }
    return bytes.array();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** A part of a file as a stream that skips without reading. */
  private static final class Stretch extends InputStream {
    private final FileChannel channel;
    private final long end;
    private long position;

    Stretch(FileChannel channel, long start, long end) {
      this.channel = channel;
      this.position = start;
      this.end = end;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int at, int count) throws IOException {
      if (count == 0) {
        return 0;
      }
      if (position >= end) {
        return -1;
      }
      int most = (int) Math.min(count, end - position);
      int found = channel.read(ByteBuffer.wrap(to, at, most), position);
      position += Math.max(0, found);
      return found;
    }

    @Override
    public long skip(long count) {
      long skipped = Math.max(0, Math.min(count, end - position));
      position += skipped;
      return skipped;
    }

    @Override
    public int available() {
      return (int) Math.min(Integer.MAX_VALUE, end - position);
    }
  }
}
