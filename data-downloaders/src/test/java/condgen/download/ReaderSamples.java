package condgen.download;

import condgen.fuzz.ReaderSample;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;

/**
 * A good sample of everything that the downloader reads, for the mutation tests. A new reader adds
 * a line here: name, file, content, and what reads the file to its end.
 */
final class ReaderSamples {
  private static final byte[] FILM = Samples.bytes(700, 1);
  private static final Map<String, byte[]> FILES = Map.of("a/one.avi", FILM, "two.txt", FILM);

  private ReaderSamples() {}

  /** All samples. */
  static List<ReaderSample> all() throws IOException {
    List<ReaderSample> all = new ArrayList<>();
    all.addAll(archives());
    all.addAll(pictures());
    all.addAll(records());
    all.addAll(texts());
    return all;
  }

  private static List<ReaderSample> archives() throws IOException {
    byte[] tar = Samples.tar(FILES);
    List<ReaderSample> all = new ArrayList<>();
    for (int method : new int[] {ZipEntry.STORED, ZipEntry.DEFLATED}) {
      String name = method == ZipEntry.STORED ? "zip, stored" : "zip, packed";
      all.addAll(archive(name, "x.zip", ArchiveFormat.ZIP, zip(method)));
    }
    all.addAll(archive("tar", "x.tar", ArchiveFormat.TAR, tar));
    all.addAll(archive("tar.gz", "x.tar.gz", ArchiveFormat.TAR, Samples.gzip(tar)));
    all.addAll(archive("tar.bz2", "x.tar.bz2", ArchiveFormat.TAR, bzip2(tar)));
    all.addAll(archive("rar", "x.rar", ArchiveFormat.RAR, RarBytes.of(FILES)));
    all.add(
        unpacking("tar in a good gzip, unpacked", "x.tar.gz", ArchiveFormat.TAR, tar)
            .packed(Samples::gzip));
    all.add(
        ReaderSample.of(
            "files chosen from a tar", "x.tgz", Samples.gzip(tar), ReaderSamples::choose));
    all.add(
        ReaderSample.of(
                "files chosen from a tar in a good gzip", "x.tgz", tar, ReaderSamples::choose)
            .packed(Samples::gzip));
    all.add(ReaderSample.of("gzip", "x.gz", Samples.gzip(FILM), ReaderSamples::gunzip));
    return all;
  }

  /** Listing it in place, and taking it apart. */
  private static List<ReaderSample> archive(
      String name, String file, ArchiveFormat format, byte[] content) {
    ArchiveContent counts = new ArchiveContent(format, null, null, Map.of("**.avi", 1));
    return List.of(
        ReaderSample.of(
            name + ", counted",
            file,
            content,
            archive -> same(counts.differenceFromArchive(archive).isEmpty(), archive)),
        unpacking(name + ", unpacked", file, format, content));
  }

  private static ReaderSample unpacking(
      String name, String file, ArchiveFormat format, byte[] content) {
    ArchiveContent known = new ArchiveContent(format, "tree", null, Map.of());
    return ReaderSample.of(
            name,
            file,
            content,
            archive -> {
              Path parent = archive.getParent();
              Path tree = new SafeUnpack(d -> Long.MAX_VALUE).unpack(archive, known, parent);
              if (Contents.differenceFrom(tree).isPresent()) {
                throw new AssertionError("the directory is not whole");
              }
              Workplace.clear(tree);
            })
        .slow(2);
  }

  /** A difference that was told is a refusal, too. */
  private static void same(boolean same, Path file) throws IOException {
    if (!same) {
      throw new FetchException(file + " is told to differ");
    }
  }

  /** The caller removes the directory, whatever happens. */
  private static void choose(Path archive) throws IOException {
    Path into = Files.createDirectory(archive.resolveSibling("into"));
    try {
      SafeTar.extract(archive, Set.of("a/one.avi"), into);
    } finally {
      Workplace.clear(into);
    }
  }

  private static void gunzip(Path file) throws IOException {
    Path part = file.resolveSibling("x.part");
    try {
      Unpack.GUNZIP.apply(file, part, FILM.length);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static List<ReaderSample> pictures() throws IOException {
    BufferedImage image = new BufferedImage(1024, 2, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < 1024; x++) {
      image.setRGB(x, x % 2, 0x010203 * (x % 80));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    byte[] labels = "[3, 1, 4, 9]\n".getBytes(StandardCharsets.UTF_8);
    Map<String, byte[]> files = Map.of("x.png", out.toByteArray(), "labels.json", labels);
    ReaderSample.FileReader reader = file -> RgbPng.read(file, 1024, 2).row(1, new int[1024]);
    return List.of(
        ReaderSample.of("PNG", "x.png", out.toByteArray(), reader),
        ReaderSample.of("PNG with good check sums", "x.png", out.toByteArray(), reader)
            .packed(ReaderSamples::summed),
        ReaderSample.of("CIFAR records of a PNG and JSON", files, ReaderSamples::cifar));
  }

  /** The caller removes the part file, whatever happens. */
  private static void cifar(Path directory) throws IOException {
    Path part = directory.resolve("records.part");
    try {
      CifarRecords.write(directory.resolve("x.png"), directory.resolve("labels.json"), 1, 2, part);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static List<ReaderSample> records() {
    byte[] idx = ByteBuffer.allocate(16 + 60).putInt(0x803).putInt(5).putInt(3).putInt(4).array();
    DataFile known = new DataFile("x", Fingerprint.UNKNOWN, List.of(5, 3, 4), null);
    return List.of(
        ReaderSample.of(
            "IDX header", "x", idx, file -> same(known.differenceFrom(file).isEmpty(), file)),
        ReaderSample.of(
            "IDX excerpt",
            "x",
            idx,
            file -> {
              Path to = file.resolveSibling("excerpt.gz");
              IdxExcerpt.write(file, 2, to);
              Files.delete(to);
            }),
        ReaderSample.of(
            "record excerpt",
            "x",
            new byte[60],
            file -> {
              Path to = file.resolveSibling("excerpt.gz");
              RecordExcerpt.write(file, 20, 2, to);
              Files.delete(to);
            }));
  }

  private static List<ReaderSample> texts() throws IOException {
    byte[] list =
        (Samples.fingerprint(FILM).sha256() + "  x.avi\n").getBytes(StandardCharsets.UTF_8);
    Map<String, byte[]> used = Map.of(FirstUse.NAME, list, "x.avi", FILM);
    Map<String, byte[]> tree = Map.of("tree/" + Contents.NAME, list, "tree/x.avi", FILM);
    List<ReaderSample> all = new ArrayList<>();
    all.add(
        ReaderSample.of(
            "first-use file",
            used,
            d ->
                same(
                    new FirstUse(d).differenceFromRecord("x.avi", d.resolve("x.avi")).isEmpty(),
                    d)));
    all.add(
        ReaderSample.of(
            "list of contents",
            tree,
            d -> same(Contents.differenceFrom(d.resolve("tree")).isEmpty(), d)));
    for (String id : List.of("kth", "cityscapes", "cifar10")) {
      byte[] json = Manifest.class.getResourceAsStream(id + ".json").readAllBytes();
      all.add(
          ReaderSample.of(
              "manifest entry " + id, "manifest/" + id + ".json", json, Manifest::read));
    }
    return all;
  }

  private static byte[] zip(int method) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> file : FILES.entrySet()) {
        CRC32 crc = new CRC32();
        crc.update(file.getValue());
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setMethod(method);
        entry.setSize(file.getValue().length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(file.getValue());
      }
    }
    return out.toByteArray();
  }

  private static byte[] bzip2(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream packed = new BZip2CompressorOutputStream(out)) {
      packed.write(content);
    }
    return out.toByteArray();
  }

  /** Makes the check sum of every chunk of a PNG right again, as far as its lengths lead. */
  private static byte[] summed(byte[] png) {
    ByteBuffer bytes = ByteBuffer.wrap(png.clone());
    int at = 8;
    while (at + 12L <= png.length) {
      long end = at + 8L + Integer.toUnsignedLong(bytes.getInt(at));
      if (end + 4 > png.length) {
        break;
      }
      CRC32 crc = new CRC32();
      crc.update(bytes.array(), at + 4, (int) end - at - 4);
      bytes.putInt((int) end, (int) crc.getValue());
      at = (int) end + 4;
    }
    return bytes.array();
  }
}
