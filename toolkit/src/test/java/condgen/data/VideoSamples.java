package condgen.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * Small samples of the layouts of video sets, made by programs that share no code with the readers:
 * {@code kth.hdf5}, {@code ucf.hdf5}, {@code small-old.hdf5} and {@code small-new.hdf5} (written
 * with {@code libver="latest"}) by h5py 3.7 with its LZF filter; {@code bair.tar} by Python's
 * tarfile, its records encoded by hand from the definition of the format, with a CRC-32C by table
 * that gives e3069283 for 123456789. {@code kth.avi} and {@code ucf.avi} are XviD films that OpenCV
 * 4.6 wrote; the {@code .raw} files hold their frames as the released code of MCVD prepares them,
 * by OpenCV and Pillow 9.4.
 */
final class VideoSamples {
  private VideoSamples() {}

  /** Puts a sample of that name into a directory. */
  static Path unzip(String name, Path directory) throws IOException {
    Path file = directory.resolve(name);
    try (InputStream zipped =
            VideoSamples.class.getResourceAsStream("/data/video/" + name + ".gz");
        InputStream in = new GZIPInputStream(zipped)) {
      Files.copy(in, file);
    }
    return file;
  }

  /** The bytes of a zipped sample. */
  static byte[] bytes(String name) throws IOException {
    try (InputStream zipped =
            VideoSamples.class.getResourceAsStream("/data/video/" + name + ".gz");
        InputStream in = new GZIPInputStream(zipped)) {
      return in.readAllBytes();
    }
  }

  /** Copies a sample that is not zipped to a file, whose folder is made. */
  static Path copy(String name, Path file) throws IOException {
    Files.createDirectories(file.getParent());
    try (InputStream in = VideoSamples.class.getResourceAsStream("/data/video/" + name)) {
      Files.copy(in, file);
    }
    return file;
  }

  /** The greatest difference of a frame from bytes in which channels lie side by side. */
  static int distance(VideoFrame frame, byte[] mixed, int from) {
    int worst = 0;
    byte[] planes = frame.pixels();
    int area = frame.rows() * frame.columns();
    for (int k = 0; k < planes.length; k++) {
      int expected = mixed[from + k % area * frame.channels() + k / area] & 0xff;
      worst = Math.max(worst, Math.abs((planes[k] & 0xff) - expected));
    }
    return worst;
  }

  /** The mean of these differences. */
  static double meanDistance(VideoFrame frame, byte[] mixed, int from) {
    byte[] planes = frame.pixels();
    int area = frame.rows() * frame.columns();
    double sum = 0;
    for (int k = 0; k < planes.length; k++) {
      int expected = mixed[from + k % area * frame.channels() + k / area] & 0xff;
      sum += Math.abs((planes[k] & 0xff) - expected);
    }
    return sum / planes.length;
  }

  /** The pixel of the samples: a formula of its place. */
  static int pixel(int video, int frame, int row, int column, int channel) {
    return (7 * video + 3 * frame + 5 * row + 11 * column + 50 * channel) % 256;
  }

  /** The pixel of the robot's samples. */
  static int coarse(int video, int frame, int row, int column, int channel) {
    return (7 * video + 3 * frame + 4 * (row / 8) + 16 * (column / 8) + 50 * channel) % 256;
  }
}
