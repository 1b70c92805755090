package condgen.data;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The BVH format of motion capture: a text with a hierarchy of joints (offsets and channels), then
 * one row of numbers per frame. Read in one pass; the rows are counted, and the header's number of
 * frames is only reported. The files of the CMU database begin with a T-pose as frame 0.
 */
public final class Bvh {

  private Bvh() {}

  /**
   * Reads a motion. It takes about four times the file's length at most.
   *
   * @throws DamagedDataException if it is no BVH file, a row has too few or too many numbers, a
   *     word is no number, or no rows follow; the message names the line
   * @throws IOException if it cannot be opened
   */
  public static BvhMotion read(Path file) throws IOException {
    try (TextLines text = TextLines.open(file)) {
      BvhSkeleton skeleton = new BvhHierarchy(text).read();
      text.expect("Frames:");
      int declared = text.count(text.word("a number of frames"));
      text.expect("Frame");
      text.expect("Time:");
      double frameTime = text.number(text.word("a frame time"));
      if (!(frameTime > 0)) {
        throw text.damaged("a positive frame time, but has " + frameTime);
      }
      if (text.rest().length > 0) {
        throw text.damaged("nothing after the frame time");
      }
      return new BvhMotion(skeleton, frameTime, declared, rows(text, skeleton.channels()));
    }
  }

  private static double[] rows(TextLines text, int channels) throws IOException {
    DoubleRows values = new DoubleRows();
    for (String[] row = text.row(); row != null; row = text.row()) {
      if (row.length != channels) {
        throw text.damaged(channels + " numbers in a row, but has " + row.length);
      }
      for (String word : row) {
        values.add(text.number(word), text);
      }
    }
    if (values.size() == 0) {
      throw text.damaged("rows of " + channels + " numbers after it, but has none");
    }
    return values.toArray();
  }

  /**
   * Writes a motion, with the count of its frames in the header. Numbers are written so that {@link
   * #read} gives the same ones.
   *
   * @param file appears whole or not at all
   * @throws IOException if it cannot be written
   */
  public static void write(Path file, BvhMotion motion) throws IOException {
    AtomicFile.write(file, out -> write(out, motion));
  }

  private static void write(OutputStream out, BvhMotion motion) throws IOException {
    StringBuilder head = new StringBuilder("HIERARCHY\n");
    List<BvhJoint> joints = motion.skeleton().joints();
    int[] depth = new int[joints.size()];
    int open = 0;
    for (int i = 0; i < joints.size(); i++) {
      int parent = joints.get(i).parent();
      depth[i] = parent < 0 ? 0 : depth[parent] + 1;
      open = close(head, open, depth[i]);
      joint(head, joints.get(i), depth[i]);
      open++;
    }
    close(head, open, 0);
    head.append("MOTION\nFrames: ").append(motion.frames());
    head.append("\nFrame Time: ").append(text(motion.frameTime())).append('\n');
    out.write(head.toString().getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < motion.frames(); i++) {
      StringBuilder row = new StringBuilder();
      for (double value : motion.frame(i)) {
        row.append(row.length() == 0 ? "" : " ").append(text(value));
      }
      out.write(row.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  private static int close(StringBuilder head, int open, int depth) {
    for (int i = open; i > depth; i--) {
      head.append("\t".repeat(i - 1)).append("}\n");
    }
    return depth;
  }

  private static void joint(StringBuilder head, BvhJoint joint, int depth) {
    String indent = "\t".repeat(depth);
    String kind = joint.parent() < 0 ? "ROOT " + joint.name() : "JOINT " + joint.name();
    head.append(indent).append(joint.isEnd() ? "End Site" : kind).append('\n');
    head.append(indent).append("{\n").append(indent).append("\tOFFSET");
    for (double offset : joint.offset()) {
      head.append(' ').append(text(offset));
    }
    head.append('\n');
    if (!joint.isEnd()) {
      head.append(indent).append("\tCHANNELS ").append(joint.channels().size());
      joint.channels().forEach(c -> head.append(' ').append(c.word()));
      head.append('\n');
    }
  }

  private static String text(double value) {
    double size = Math.abs(value);
    if (size < 1e-20 || size > 1e20) {
      return Double.toString(value).replaceFirst("\\.0$", "");
    }
    return BigDecimal.valueOf(value).toPlainString().replaceFirst("\\.0$", "");
  }
}
