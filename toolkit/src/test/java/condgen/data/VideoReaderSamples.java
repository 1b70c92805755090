package condgen.data;

import condgen.fuzz.ReaderSample;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/** Samples of the layouts of video sets, for the mutation tests. */
final class VideoReaderSamples {
  private VideoReaderSamples() {}

  static List<ReaderSample> all(Path directory) throws IOException {
    byte[] example = example();
    List<ReaderSample> all = new ArrayList<>();
    all.add(ReaderSample.of("TFRecord", "x.tfrecords", records(example), file -> read(file)));
    all.add(
        ReaderSample.of("example in a good TFRecord", "x.tfrecords", example, file -> read(file))
            .packed(VideoReaderSamples::records));
    all.add(ReaderSample.of("BAIR, tar", "bair.tar", tar(), VideoReaderSamples::readBair).slow(15));
    byte[] film = Files.readAllBytes(VideoSamples.copy("kth.avi", directory.resolve("k/kth.avi")));
    all.add(ReaderSample.of("film of a set", "film.avi", film, file -> readFilm(file)).slow(5));
    byte[] sequences =
        "person01_boxing_d1  frames 1-95, 96-185\nperson02_boxing_d1 *missing*\n"
            .getBytes(StandardCharsets.ISO_8859_1);
    all.add(ReaderSample.of("KTH sequences", "00sequences.txt", sequences, KthSequences::read));
    Map<String, byte[]> lists = new LinkedHashMap<>();
    lists.put("l/classInd.txt", "1 A\n2 B\n".getBytes(StandardCharsets.UTF_8));
    lists.put(
        "l/trainlist03.txt", "A/v_A_g01.avi 1\nB/v_b_g02.avi 2\n".getBytes(StandardCharsets.UTF_8));
    lists.put("l/testlist03.txt", "A/v_A_g02.avi\n".getBytes(StandardCharsets.UTF_8));
    for (String name : List.of("kth.hdf5", "ucf.hdf5", "small-old.hdf5", "small-new.hdf5")) {
      byte[] content = VideoSamples.bytes(name);
      all.add(
          ReaderSample.of("HDF5, " + name, name, content, VideoReaderSamples::readPrepared)
              .slow(name.startsWith("small") ? 1 : 3));
    }
    all.add(
        ReaderSample.of("Cityscapes", "city.zip", city(), VideoReaderSamples::readCity).slow(4));
    all.add(ReaderSample.of("UCF-101 lists", lists, d -> Ucf101Split.read(d.resolve("l"), 3)));
    return all;
  }

  private static void readAll(VideoSet videos) throws IOException {
    for (int i = 0; i < videos.size(); i++) {
      int length = videos.length(i);
      videos.label(i);
      videos.frames(i, Math.max(0, length - 3), Math.min(length, 3));
    }
  }

  private static void readPrepared(Path file) throws IOException {
    try (PreparedVideos videos = PreparedVideos.open(file)) {
      readAll(videos);
      videos.person(0);
      videos.constant("num_train");
    }
  }

  private static void readCity(Path file) throws IOException {
    readAll(Cityscapes.open(file, Cityscapes.Part.VALIDATION, 16));
  }

  /** One snippet of 30 frames. */
  private static byte[] city() throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(32, 16, BufferedImage.TYPE_INT_RGB), "png", png);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (int t = 0; t < 30; t++) {
        zip.putNextEntry(
            new ZipEntry(
                "leftImg8bit_sequence/val/ulm/ulm_000000_%06d_leftImg8bit.png".formatted(t)));
        zip.write(png.toByteArray());
      }
    }
    return out.toByteArray();
  }

  private static void readBair(Path file) throws IOException {
    BairVideos videos = BairVideos.open(file, "test", BairVideos.View.AUX1);
    readAll(videos);
    videos.actions(0);
    videos.positions(0);
  }

  private static void readFilm(Path file) throws IOException {
    FrameFit fit = FrameFit.whole(8, 8, ImageResize.OPENCV_LINEAR);
    readAll(FilmVideos.grey("film", List.of(new FilmVideos.Film(file, 0)), fit));
  }

  private static void read(Path file) throws IOException {
    TfRecords records = TfRecords.open(new FileBytes(file, 0, Files.size(file)), file.toString());
    for (int i = 0; i < records.size(); i++) {
      TfExample example = TfExample.read(records.read(i), records.name(i), key -> true);
      example.bytes("0/image/encoded", 12);
      example.floats("0/action", 4);
    }
  }

  /** The first member of the sample, which is the test part. */
  private static byte[] tar() throws IOException {
    byte[] whole = VideoSamples.bytes("bair.tar");
    String octal = new String(whole, 124, 11, StandardCharsets.US_ASCII);
    int length = 512 + (Integer.parseInt(octal.strip(), 8) + 511) / 512 * 512;
    return Arrays.copyOf(Arrays.copyOf(whole, length), length + 1024);
  }

  private static byte[] example() {
    ByteArrayOutputStream features = new ByteArrayOutputStream();
    byte[] pixels = new byte[12];
    features.writeBytes(field(1, feature("0/image/encoded", field(1, field(1, pixels)))));
    byte[] action = new byte[16];
    ByteBuffer.wrap(action).order(ByteOrder.LITTLE_ENDIAN).putFloat(0.5f).putFloat(-2);
    features.writeBytes(field(1, feature("0/action", field(2, field(1, action)))));
    return field(1, features.toByteArray());
  }

  private static byte[] feature(String key, byte[] lists) {
    ByteArrayOutputStream entry = new ByteArrayOutputStream();
    entry.writeBytes(field(1, key.getBytes(StandardCharsets.UTF_8)));
    entry.writeBytes(field(2, lists));
    return entry.toByteArray();
  }

  /** A field of up to 127 bytes. */
  private static byte[] field(int number, byte[] content) {
    byte[] field = new byte[2 + content.length];
    field[0] = (byte) (number << 3 | 2);
    field[1] = (byte) content.length;
    System.arraycopy(content, 0, field, 2, content.length);
    return field;
  }

  /** Twice the same record, with good check sums. */
  private static byte[] records(byte[] content) {
    ByteBuffer records =
        ByteBuffer.allocate(2 * (16 + content.length)).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 2; i++) {
      byte[] length =
          ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(content.length).array();
      records.put(length).putInt(sum(length)).put(content).putInt(sum(content));
    }
    return records.array();
  }

  private static int sum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    int value = (int) crc.getValue();
    return (value >>> 15 | value << 17) + 0xa282ead8;
  }
}
