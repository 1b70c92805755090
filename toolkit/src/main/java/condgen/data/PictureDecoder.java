package condgen.data;

import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads PNG and JPEG files as published loaders do: the numbers in the file, without colour
 * profiles, turning by EXIF, or transparency. Grey files give one channel, all others three. JPEG
 * files of four inks, of which ImageNet has a few, are turned into red, green and blue.
 */
public final class PictureDecoder {
  /** No picture of the data sets has more pixels; ImageNet's largest has 61 million. */
  private static final long MOST_PIXELS = 1L << 26;

  /** A packed byte stands for at most about 1,030 bytes. */
  private static final long MOST_PER_BYTE = 1100;

  private PictureDecoder() {}

  /**
   * Decodes a file's content.
   *
   * @param file all bytes of a PNG or JPEG file
   * @param where what to call it in messages
   * @throws DamagedDataException if it is neither, damaged, truncated, or larger than 64 million
   *     pixels
   */
  public static PixelImage decode(byte[] file, String where) throws DamagedDataException {
    byte[] plain = PictureBytes.plain(file, where);
    boolean png = PictureBytes.isPng(plain);
    ImageReader reader = reader(png, !png && PictureBytes.inks(plain) == 4, where);
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((source, text) -> warnings.add(text));
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(plain))) {
      reader.setInput(in, true, true);
      requireSize(reader.getWidth(0), reader.getHeight(0), file.length, where);
      BufferedImage image = reader.read(0);
      if (warnings.stream().anyMatch(PictureDecoder::isCut)) {
        throw new DamagedDataException(where + " is truncated: its pixels end before the picture");
      }
      return picture(image);
    } catch (DamagedDataException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new DamagedDataException(
          where + " must be a whole picture, but cannot be decoded: " + e.getMessage(), e);
    } finally {
      reader.dispose();
    }
  }

  /** The JDK's own decoder, whose numbers are those of libjpeg; another one for four inks. */
  private static ImageReader reader(boolean png, boolean fourInks, String where)
      throws DamagedDataException {
    Iterator<ImageReader> all = ImageIO.getImageReadersByFormatName(png ? "png" : "jpeg");
    while (all.hasNext()) {
      ImageReader reader = all.next();
      if (reader.getClass().getName().startsWith("com.sun.") != fourInks) {
        return reader;
      }
    }
    throw new DamagedDataException(where + " is of a kind for which there is no decoder here");
  }

  /** Whether a warning says that the file ends too soon; the decoder fills up with grey. */
  private static boolean isCut(String warning) {
    String text = warning.toLowerCase(Locale.ROOT);
    return text.contains("premature") || text.contains("truncated");
  }

  private static void requireSize(long width, long height, long bytes, String where)
      throws DamagedDataException {
    long pixels = width * height;
    if (pixels < 1 || pixels > Math.min(MOST_PIXELS, bytes * MOST_PER_BYTE)) {
      throw new DamagedDataException(
          "%s: expected at most %,d pixels in %,d bytes, but its header says %,d x %,d"
              .formatted(
                  where, Math.min(MOST_PIXELS, bytes * MOST_PER_BYTE), bytes, height, width));
    }
  }

  private static PixelImage picture(BufferedImage image) {
    int rows = image.getHeight();
    int columns = image.getWidth();
    Raster raster = image.getRaster();
    boolean numbers =
        image.getColorModel() instanceof ComponentColorModel
            && (raster.getTransferType() == DataBuffer.TYPE_BYTE
                || raster.getTransferType() == DataBuffer.TYPE_USHORT);
    int bands = raster.getNumBands();
    int channels = numbers && bands <= 2 ? 1 : 3;
    byte[] pixels = new byte[channels * rows * columns];
    int[] row = new int[columns];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < channels; c++) {
        int to = (c * rows + r) * columns;
        if (numbers) {
          int shift = raster.getTransferType() == DataBuffer.TYPE_BYTE ? 0 : 8;
          raster.getSamples(0, r, columns, 1, c, row);
          fill(pixels, to, row, shift);
        } else {
          image.getRGB(0, r, columns, 1, row, 0, columns);
          fill(pixels, to, row, 16 - 8 * c);
        }
      }
    }
    return new PixelImage(channels, rows, columns, pixels);
  }

  private static void fill(byte[] pixels, int to, int[] row, int shift) {
    for (int x = 0; x < row.length; x++) {
      pixels[to + x] = (byte) (row[x] >> shift);
    }
  }
}
