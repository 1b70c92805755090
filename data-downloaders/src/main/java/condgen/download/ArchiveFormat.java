package condgen.download;

import com.github.junrar.Archive;
import com.github.junrar.exception.RarException;
import com.github.junrar.exception.UnsupportedRarV5Exception;
import com.github.junrar.rarfile.FileHeader;
import com.google.gson.annotations.SerializedName;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.io.input.ChecksumInputStream;

/** The kinds of archives that data sets come in; their entries are visited one after another. */
public enum ArchiveFormat {
  /** ZIP, also with 64-bit sizes. */
  @SerializedName("zip")
  ZIP {
    @Override
    void visit(Path archive, Visitor visitor) throws IOException {
      try (ZipFile zip = ZipFile.builder().setPath(archive).get()) {
        for (Enumeration<ZipArchiveEntry> all = zip.getEntries(); all.hasMoreElements(); ) {
          ZipArchiveEntry entry = all.nextElement();
          if (entry.isDirectory()) {
            continue;
          }
          if (entry.getGeneralPurposeBit().usesEncryption() || !zip.canReadEntryData(entry)) {
            throw new FetchException(
                archive.getFileName() + ": entry '" + entry.getName() + "' is encrypted");
          }
          try (InputStream content =
              checked(zip.getInputStream(entry), entry.getCrc(), entry.getSize())) {
            visitor.entry(entry.getName(), !entry.isUnixSymlink(), entry.getSize(), content);
          }
        }
      }
    }
  },
  /** tar: plain, or packed by gzip or bzip2, which its first bytes tell. */
  @SerializedName("tar")
  TAR {
    @Override
    void visit(Path archive, Visitor visitor) throws IOException {
      try (InputStream raw = new BufferedInputStream(Files.newInputStream(archive), 1 << 16);
          InputStream plain = unpacked(raw);
          TarArchiveInputStream tar = new TarArchiveInputStream(plain)) {
        for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
          if (!e.isDirectory()) {
            visitor.entry(e.getName(), isOrdinary(e), e.getSize(), tar);
          }
        }
      }
    }
  },
  /** RAR up to version 4. */
  @SerializedName("rar")
  RAR {
    @Override
    void visit(Path archive, Visitor visitor) throws IOException {
      try (Archive rar = new Archive(archive.toFile())) {
        for (FileHeader entry : rar.getFileHeaders()) {
          if (entry.isDirectory()) {
            continue;
          }
          if (entry.isEncrypted()) {
            throw new FetchException(
                archive.getFileName() + ": entry '" + entry.getFileName() + "' is encrypted");
          }
          // The library unpacks in another thread, where a wrong checksum would go unnoticed.
          long sum = Integer.toUnsignedLong(entry.getFileCRC());
          long bytes = entry.getFullUnpackSize();
          try (InputStream content = checked(rar.getInputStream(entry), sum, bytes)) {
            visitor.entry(entry.getFileName(), true, bytes, content);
          }
        }
      } catch (UnsupportedRarV5Exception e) {
        throw new FetchException(
            archive.getFileName()
                + " is a RAR archive of version 5, which this tool cannot read: unpack it by hand",
            e);
      } catch (RarException e) {
        throw new FetchException(archive.getFileName() + ": " + e.getMessage(), e);
      }
    }
  };

  /** Sees the entries of an archive that are no directories. */
  @FunctionalInterface
  interface Visitor {
    /**
     * One entry.
     *
     * @param name its name as the archive has it; may be hostile
     * @param ordinary whether it is a file, not a link or device
     * @param bytes its length as the archive says, or -1
     * @param content its bytes, to be read before this returns
     */
    void entry(String name, boolean ordinary, long bytes, InputStream content) throws IOException;
  }

  /**
   * Goes through the entries in the order of the archive.
   *
   * @throws FetchException when it is damaged, encrypted or of a kind that cannot be read
   */
  final void each(Path archive, Visitor visitor) throws IOException {
    try {
      visit(archive, visitor);
    } catch (FetchException e) {
      throw e;
    } catch (IOException e) {
      throw new FetchException(archive.getFileName() + " is damaged: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      // The archive libraries meet some damage with their own unchecked exceptions.
      throw new FetchException(archive.getFileName() + " is damaged: " + e, e);
    }
  }

  abstract void visit(Path archive, Visitor visitor) throws IOException;

  /** Fails when the last byte was read and the checksum is another. */
  private static InputStream checked(InputStream content, long crc, long bytes) throws IOException {
    return crc < 0
        ? content
        : ChecksumInputStream.builder()
            .setInputStream(content)
            .setChecksum(new CRC32())
            .setExpectedChecksumValue(crc)
            .setCountThreshold(bytes)
            .get();
  }

  static boolean isOrdinary(TarArchiveEntry entry) {
    return entry.isFile()
        && !entry.isSymbolicLink()
        && !entry.isLink()
        && !entry.isFIFO()
        && !entry.isCharacterDevice()
        && !entry.isBlockDevice();
  }

  /** The bytes behind gzip or bzip2, or the same stream. */
  static InputStream unpacked(InputStream raw) throws IOException {
    raw.mark(3);
    int first = raw.read();
    int second = raw.read();
    int third = raw.read();
    raw.reset();
    if (first == 0x1f && second == 0x8b) {
      return new GZIPInputStream(raw, 1 << 16);
    }
    return first == 'B' && second == 'Z' && third == 'h'
        ? new BZip2CompressorInputStream(raw, true)
        : raw;
  }
}
