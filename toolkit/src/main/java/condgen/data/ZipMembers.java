package condgen.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The files in a zip archive; their checksums are compared when they are read. */
record ZipMembers(Path place, ZipFile zip, List<String> names) implements Members {

  static ZipMembers open(Path file) throws IOException {
    try {
      ZipFile zip = new ZipFile(file.toFile());
      return new ZipMembers(
          file,
          zip,
          zip.stream()
              .filter(entry -> !entry.isDirectory())
              .map(ZipEntry::getName)
              .distinct()
              .sorted()
              .toList());
    } catch (IOException | RuntimeException e) {
      throw new DamagedDataException(
          file + " must be a whole zip archive, but cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public byte[] read(int i) throws IOException {
    ZipEntry entry = zip.getEntry(names.get(i));
    try (CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
      byte[] bytes = in.readNBytes(LONGEST + 1);
      if (bytes.length > LONGEST) {
        throw new DamagedDataException(
            "%s must have at most %,d bytes, but has more".formatted(title(i), LONGEST));
      }
      if (in.getChecksum().getValue() != entry.getCrc()) {
        throw new DamagedDataException(
            "%s is damaged: its CRC-32 must be %08x, but is %08x"
                .formatted(title(i), entry.getCrc(), in.getChecksum().getValue()));
      }
      return bytes;
    } catch (DamagedDataException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new DamagedDataException(title(i) + " cannot be unpacked: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
