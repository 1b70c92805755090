package condgen.data;

import condgen.download.DataCache;
import condgen.fuzz.ReaderSample;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A good sample of every format that {@code condgen.data} reads, for the mutation tests. A new
 * reader adds a line here: name, file, content, and what reads the file to its end.
 */
final class ReaderSamples {

  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");

  private ReaderSamples() {}

  /** All samples; made once, some by writing files into a directory. */
  static List<ReaderSample> all(Path directory) throws Exception {
    List<ReaderSample> all = new ArrayList<>();
    all.addAll(records());
    all.addAll(arrays());
    all.addAll(weights(directory));
    all.addAll(films(directory));
    all.addAll(VideoReaderSamples.all(directory));
    all.addAll(PictureReaderSamples.all());
    all.addAll(BodyReaderSamples.all());
    all.addAll(BlockReaderSamples.all());
    return all;
  }

  private static List<ReaderSample> records() throws IOException {
    byte[] images =
        ByteBuffer.allocate(16 + 60).putInt(0x803).putInt(5).putInt(3).putInt(4).array();
    byte[] labels = ByteBuffer.allocate(8 + 5).putInt(0x801).putInt(5).array();
    RecordFiles format = new RecordFiles("set", 10, 3, 2, 2, 4);
    byte[] records = new byte[4 * 13];
    return List.of(
        ReaderSample.of("IDX images", "images", images, Idx::readImages),
        ReaderSample.of("IDX labels", "labels", labels, Idx::readLabels),
        ReaderSample.of("IDX, gzip", "images.gz", gzip(images), Idx::readImages),
        ReaderSample.of("IDX in a good gzip", "images.gz", images, Idx::readImages)
            .packed(ReaderSamples::gzip),
        ReaderSample.of(
            "labelled images (convenience)",
            Map.of(
                "mnist/train-images-idx3-ubyte", images, "mnist/train-labels-idx1-ubyte", labels),
            d -> unwrapped(() -> Mnist.train(DataCache.at(d)))),
        ReaderSample.of(
            "CIFAR records",
            Map.of("set/a", records),
            d -> unwrapped(() -> format.read(DataCache.at(d), "part", List.of("a")))),
        ReaderSample.of(
            "CIFAR records, gzip",
            Map.of("set/a.gz", gzip(records)),
            d -> unwrapped(() -> format.read(DataCache.at(d), "part", List.of("a")))));
  }

  private static List<ReaderSample> arrays() throws IOException {
    byte[] npz = Files.readAllBytes(GOLDEN.resolve("best_of_n.npz"));
    byte[] rows = npy("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }", 48);
    byte[] columns = npy("{'descr': '>u8', 'fortran_order': True, 'shape': (2, 3, 2), }", 96);
    byte[] tensors =
        new SafeTensors(
                Map.of("note", "text"),
                List.of(
                    StoredArray.ofFloats("a", new float[6], 2, 3),
                    StoredArray.ofLongs("b", new long[4], 4)))
            .encode();
    return List.of(
        ReaderSample.of("npy", "x.npy", rows, file -> read(List.of(Npy.read(file)))),
        ReaderSample.of("npy by columns", "x.npy", columns, file -> read(List.of(Npy.read(file)))),
        ReaderSample.of("npz", "x.npz", npz, file -> read(Npz.read(file).values())),
        ReaderSample.of("npy in a good npz", "x.npz", rows, file -> read(Npz.read(file).values()))
            .packed(bytes -> zip(ZipEntry.DEFLATED, "x.npy", bytes)),
        ReaderSample.of(
            "safetensors", "x.safetensors", tensors, file -> read(SafeTensors.read(file).arrays())),
        ReaderSample.of(
            "safetensors in memory",
            "y.safetensors",
            tensors,
            file -> read(SafeTensors.decode(Files.readAllBytes(file), file.toString()).arrays())));
  }

  private static List<ReaderSample> weights(Path directory) throws IOException {
    byte[] pickle =
        new PickleBytes()
            .op('}')
            .text("w")
            .tensor("FloatStorage", "0", 6, 0, new int[] {2, 3}, new int[] {3, 1})
            .op('s')
            .text("b")
            .tensor("FloatStorage", "0", 6, 2, new int[] {2}, new int[] {2})
            .op('s')
            .end();
    Map<String, byte[]> storages = Map.of("0", TorchFiles.floats(1, 2, 3, 4, 5, 6));
    Path legacy = TorchFiles.legacy(directory.resolve("legacy.pt"), pickle, storages, 4);
    Path packed =
        TorchFiles.archive(
            directory.resolve("packed.pt"), pickle, storages, ZipEntry.DEFLATED, "big");
    Path stored = TorchFiles.archive(directory.resolve("stored.pt"), pickle, storages);
    ReaderSample.FileReader reader = ReaderSamples::checkpoint;
    return List.of(
        ReaderSample.of("PyTorch, zip", "x.pt", Files.readAllBytes(stored), reader),
        ReaderSample.of("PyTorch, packed zip", "x.pt", Files.readAllBytes(packed), reader),
        ReaderSample.of("PyTorch, pickle in a good zip", "x.pt", pickle, reader)
            .packed(
                bytes ->
                    Files.readAllBytes(
                        TorchFiles.archive(directory.resolve("again.pt"), bytes, storages))),
        ReaderSample.of("PyTorch before 1.6", "x.pt", Files.readAllBytes(legacy), reader));
  }

  private static List<ReaderSample> films(Path directory) throws Exception {
    List<byte[]> grey = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      byte[] frame = new byte[16 * 24];
      Arrays.fill(frame, (byte) (40 * i));
      grey.add(frame);
    }
    ReaderSample.FileReader reader = ReaderSamples::film;
    List<ReaderSample> films = new ArrayList<>();
    for (String kind : List.of("avi", "mkv")) {
      Path film = Films.lossless(directory.resolve("film." + kind), 16, 24, grey);
      films.add(
          ReaderSample.of("film, " + kind, "film." + kind, Files.readAllBytes(film), reader)
              .slow(3));
    }
    Path mp4 = Films.mpeg4(directory.resolve("film.mp4"), 16, 24, grey);
    films.add(ReaderSample.of("film, mp4", "film.mp4", Files.readAllBytes(mp4), reader).slow(3));
    return films;
  }

  private static void film(Path file) throws IOException {
    try (VideoStream film = VideoFile.grey(file).open()) {
      for (int i = 0; film.next().isPresent(); i++) {
        if (i > 10_000) {
          throw new AssertionError("a film of kilobytes has no 10,000 frames");
        }
      }
    }
  }

  private static void checkpoint(Path file) throws IOException {
    TorchCheckpoint checkpoint = TorchCheckpoint.read(file);
    read(checkpoint.model().values());
    read(checkpoint.average().values());
  }

  /** Reads the numbers of arrays, which may still be in the file. */
  private static void read(Collection<StoredArray> arrays) throws IOException {
    unwrapped(() -> arrays.forEach(StoredArray::bytes));
  }

  /** A convenience that is one call throws unchecked; what it carries is what counts. */
  private static void unwrapped(Runnable convenience) throws IOException {
    try {
      convenience.run();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Version 1 of the format, filled up to 64 bytes. */
  private static byte[] npy(String header, int numbers) {
    String text = header + " ".repeat(117 - header.length()) + "\n";
    ByteBuffer bytes = ByteBuffer.allocate(10 + 118 + numbers);
    bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    return bytes
        .put(new byte[] {1, 0, 118, 0})
        .put(text.getBytes(StandardCharsets.US_ASCII))
        .array();
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream zipped = new GZIPOutputStream(out)) {
      zipped.write(content);
    }
    return out.toByteArray();
  }

  private static byte[] zip(int method, String name, byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      ZipEntry entry = new ZipEntry(name);
      entry.setMethod(method);
      zip.putNextEntry(entry);
      zip.write(content);
    }
    return out.toByteArray();
  }
}
