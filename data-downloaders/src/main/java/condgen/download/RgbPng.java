package condgen.download;

import java.awt.image.BufferedImage;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;

/**
 * A PNG of red, green and blue bytes whose size is known beforehand. Size, kind and the checksum of
 * every chunk are compared before it is decoded, so that damage is told as such and a small file
 * cannot ask for much memory.
 */
final class RgbPng {
  private static final long SIGNATURE = 0x89504e470d0a1a0aL;
  private static final int RGB = 2;

  private final BufferedImage image;

  private RgbPng(BufferedImage image) {
    this.image = image;
  }

  /**
   * Reads a picture of a known size.
   *
   * @throws FetchException when it is no PNG, damaged, or of another size or kind
   */
  static RgbPng read(Path file, int width, int height) throws FetchException {
    try {
      check(file, width, height);
      return new RgbPng(decode(file));
    } catch (FetchException e) {
      throw e;
    } catch (EOFException e) {
      throw new FetchException(file.getFileName() + ": this PNG is truncated", e);
    } catch (IOException | RuntimeException e) {
      throw new FetchException(file.getFileName() + ": this PNG is damaged: " + e.getMessage(), e);
    }
  }

  /** The pixels of a row from left to right, each 0x..RRGGBB. */
  void row(int y, int[] pixels) {
    image.getRGB(0, y, pixels.length, 1, pixels, 0, pixels.length);
  }

  /** Reads every chunk: length, type, content, CRC-32 of type and content. */
  private static void check(Path file, int width, int height) throws IOException {
    try (CheckedInputStream sum =
            new CheckedInputStream(
                new BufferedInputStream(Files.newInputStream(file), 1 << 16), new CRC32());
        DataInputStream in = new DataInputStream(sum)) {
      if (in.readLong() != SIGNATURE) {
        throw new FetchException(file.getFileName() + " is no PNG");
      }
      String type = "";
      for (boolean first = true; !type.equals("IEND"); first = false) {
        int length = in.readInt();
        sum.getChecksum().reset();
        type = new String(in.readNBytes(4), StandardCharsets.ISO_8859_1);
        int rest = length;
        if (first) {
          checkHeader(file, in, type, width, height);
          rest -= 10;
        }
        in.skipNBytes(Math.max(0, rest));
        int found = (int) sum.getChecksum().getValue();
        int expected = in.readInt();
        if (length < 0 || found != expected) {
          throw new FetchException(
              String.format(
                  "%s: this PNG is damaged: expected CRC %08x of its chunk %s, found %08x",
                  file.getFileName(), expected, type, found));
        }
      }
    }
  }

  /** The first ten bytes of the first chunk: width, height, bits of a sample, kind of colour. */
  private static void checkHeader(Path file, DataInputStream in, String type, int width, int height)
      throws IOException {
    int foundWidth = in.readInt();
    int foundHeight = in.readInt();
    int bits = in.readUnsignedByte();
    int colour = in.readUnsignedByte();
    if (!type.equals("IHDR")) {
      throw new FetchException(file.getFileName() + ": this PNG is damaged: it has no header");
    }
    if (foundWidth != width || foundHeight != height || bits != 8 || colour != RGB) {
      throw new FetchException(
          String.format(
              "%s: expected a PNG of %d x %d pixels, 8-bit RGB (colour type 2),"
                  + " found %d x %d, %d-bit, colour type %d",
              file.getFileName(), width, height, foundWidth, foundHeight, bits, colour));
    }
  }

  private static BufferedImage decode(Path file) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
    try (ImageInputStream in = new FileImageInputStream(file.toFile())) {
      reader.setInput(in, true, true);
      return reader.read(0);
    } finally {
      reader.dispose();
    }
  }
}
