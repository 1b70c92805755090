package condgen.display;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Animated GIFs that repeat for ever, with one palette; pixels that stay are stored as holes. */
final class Gif {
  private static final String IMAGE_FORMAT = "javax_imageio_gif_image_1.0";
  private static final String STREAM_FORMAT = "javax_imageio_gif_stream_1.0";

  private Gif() {}

  /**
   * Encodes frames of equal size.
   *
   * @param colours at most 255; one more is needed for holes
   */
  static byte[] encode(List<BufferedImage> frames, int millis, int colours) {
    Palette palette = Palette.of(frames, colours);
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.prepareWriteSequence(stream(writer, frames.get(0), palette.model(1)));
      BufferedImage before = null;
      for (BufferedImage frame : frames) {
        BufferedImage indexed = indexed(frame, before, palette);
        writer.writeToSequence(
            new IIOImage(indexed, null, metadata(writer, indexed, palette, millis)), null);
        before = frame;
      }
      writer.endWriteSequence();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static BufferedImage indexed(BufferedImage frame, BufferedImage before, Palette palette) {
    IndexColorModel model = palette.model(1);
    int width = frame.getWidth();
    BufferedImage indexed =
        new BufferedImage(
            width,
            frame.getHeight(),
            model.getPixelSize() == 8
                ? BufferedImage.TYPE_BYTE_INDEXED
                : BufferedImage.TYPE_BYTE_BINARY,
            model);
    int hole = palette.size();
    int[] now = new int[width];
    int[] then = new int[width];
    for (int y = 0; y < frame.getHeight(); y++) {
      frame.getRGB(0, y, width, 1, now, 0, width);
      if (before != null) {
        before.getRGB(0, y, width, 1, then, 0, width);
      }
      for (int x = 0; x < width; x++) {
        int index = palette.indexOf(now[x]);
        boolean stays = before != null && palette.indexOf(then[x]) == index;
        now[x] = stays ? hole : index;
      }
      indexed.getRaster().setSamples(0, y, width, 1, 0, now);
    }
    return indexed;
  }

  /** Size and the one palette of all frames. */
  private static IIOMetadata stream(ImageWriter writer, BufferedImage frame, IndexColorModel model)
      throws IIOInvalidTreeException {
    IIOMetadata metadata = writer.getDefaultStreamMetadata(null);
    IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(STREAM_FORMAT);
    IIOMetadataNode screen = child(root, "LogicalScreenDescriptor");
    screen.setAttribute("logicalScreenWidth", Integer.toString(frame.getWidth()));
    screen.setAttribute("logicalScreenHeight", Integer.toString(frame.getHeight()));
    IIOMetadataNode table = new IIOMetadataNode("GlobalColorTable");
    table.setAttribute("sizeOfGlobalColorTable", Integer.toString(model.getMapSize()));
    table.setAttribute("backgroundColorIndex", "0");
    table.setAttribute("sortFlag", "FALSE");
    for (int i = 0; i < model.getMapSize(); i++) {
      IIOMetadataNode entry = new IIOMetadataNode("ColorTableEntry");
      entry.setAttribute("index", Integer.toString(i));
      entry.setAttribute("red", Integer.toString(model.getRed(i)));
      entry.setAttribute("green", Integer.toString(model.getGreen(i)));
      entry.setAttribute("blue", Integer.toString(model.getBlue(i)));
      table.appendChild(entry);
    }
    remove(root, "GlobalColorTable");
    root.appendChild(table);
    metadata.setFromTree(STREAM_FORMAT, root);
    return metadata;
  }

  private static void remove(IIOMetadataNode root, String name) {
    for (int i = root.getLength() - 1; i >= 0; i--) {
      if (root.item(i).getNodeName().equals(name)) {
        root.removeChild(root.item(i));
      }
    }
  }

  private static IIOMetadata metadata(
      ImageWriter writer, BufferedImage image, Palette palette, int millis)
      throws IIOInvalidTreeException {
    IIOMetadata metadata =
        writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), null);
    IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(IMAGE_FORMAT);
    remove(root, "LocalColorTable");
    IIOMetadataNode control = child(root, "GraphicControlExtension");
    control.setAttribute("disposalMethod", "doNotDispose");
    control.setAttribute("userInputFlag", "FALSE");
    control.setAttribute("transparentColorFlag", "TRUE");
    control.setAttribute("transparentColorIndex", Integer.toString(palette.size()));
    control.setAttribute("delayTime", Integer.toString(Math.max(2, millis / 10)));
    IIOMetadataNode loop = new IIOMetadataNode("ApplicationExtension");
    loop.setAttribute("applicationID", "NETSCAPE");
    loop.setAttribute("authenticationCode", "2.0");
    loop.setUserObject(new byte[] {1, 0, 0});
    child(root, "ApplicationExtensions").appendChild(loop);
    metadata.setFromTree(IMAGE_FORMAT, root);
    return metadata;
  }

  private static IIOMetadataNode child(IIOMetadataNode root, String name) {
    for (int i = 0; i < root.getLength(); i++) {
      if (root.item(i).getNodeName().equals(name)) {
        return (IIOMetadataNode) root.item(i);
      }
    }
    IIOMetadataNode node = new IIOMetadataNode(name);
    root.appendChild(node);
    return node;
  }
}
