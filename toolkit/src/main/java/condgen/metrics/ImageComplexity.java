package condgen.metrics;

import condgen.thesis.Equation;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;

/**
 * How many bits per number an image needs when a lossless codec writes it: the complexity L(x) of
 * J. Serrà, D. Álvarez, V. Gómez, O. Slizovskaia, J. F. Núñez, J. Luque, Input complexity and
 * out-of-distribution detection with likelihood-based generative models, ICLR 2020.
 *
 * <p>The codecs are PNG (of the JDK), zlib at its strongest, and bzip2 (of Commons Compress); the
 * shortest of the three counts. The thesis uses FLIF, which has no Java library and codes small
 * images shorter, so numbers here are not comparable with its table.
 */
public final class ImageComplexity {

  private final int channels;
  private final int rows;
  private final int columns;

  /**
   * Images of one size.
   *
   * @param channels 1 or 3
   */
  public ImageComplexity(int channels, int rows, int columns) {
    if ((channels != 1 && channels != 3) || rows < 1 || columns < 1) {
      throw new IllegalArgumentException(
          String.format(
              "channels must be 1 or 3, rows and columns at least 1, but are %d, %d, %d",
              channels, rows, columns));
    }
    this.channels = channels;
    this.rows = rows;
    this.columns = columns;
  }

  /**
   * L(x): the shortest code in bits per number.
   *
   * @param pixels 0 to 255 unsigned, channel after channel, each row by row
   */
  public double bitsPerDimension(byte[] pixels) {
    int shortest = lengths(pixels).values().stream().min(Integer::compare).orElseThrow();
    return 8.0 * shortest / pixels.length;
  }

  /** The length of each codec's code in bytes, by its name. */
  public Map<String, Integer> lengths(byte[] pixels) {
    if (pixels.length != channels * rows * columns) {
      throw new IllegalArgumentException(
          String.format(
              "pixels must hold %d numbers, but holds %d",
              channels * rows * columns, pixels.length));
    }
    try {
      Map<String, Integer> lengths = new LinkedHashMap<>();
      lengths.put("PNG", png(pixels));
      lengths.put(
          "zlib",
          length(
              pixels, to -> new DeflaterOutputStream(to, new Deflater(Deflater.BEST_COMPRESSION))));
      lengths.put("bzip2", length(pixels, BZip2CompressorOutputStream::new));
      return lengths;
    } catch (IOException e) {
      throw new UncheckedIOException("a codec failed in memory: " + e.getMessage(), e);
    }
  }

  /**
   * S(x) = bpd(x) − L(x), both in bits per number: higher is more suspicious, since the model needs
   * more bits for the image than a codec that knows no data.
   *
   * @param bitsPerDimension of the image under a model
   * @param complexity L(x)
   */
  @Equation("4.7.1")
  public static double score(double bitsPerDimension, double complexity) {
    return bitsPerDimension - complexity;
  }

  private interface Codec {
    OutputStream onto(OutputStream to) throws IOException;
  }

  private static int length(byte[] pixels, Codec codec) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = codec.onto(bytes)) {
      out.write(pixels);
    }
    return bytes.size();
  }

  private int png(byte[] pixels) throws IOException {
    int kind = channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR;
    BufferedImage image = new BufferedImage(columns, rows, kind);
    int plane = rows * columns;
    for (int p = 0; p < plane; p++) {
      for (int c = 0; c < channels; c++) {
        image.getRaster().setSample(p % columns, p / columns, c, pixels[c * plane + p] & 0xff);
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(image, "png", bytes)) {
      throw new IOException("the JDK has no PNG writer");
    }
    return bytes.size();
  }
}
