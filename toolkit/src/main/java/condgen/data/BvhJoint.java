package condgen.data;

import java.util.List;

/**
 * A joint of a BVH skeleton, or the end of a chain, which has a place but no channels.
 *
 * @param name as in the file; the end of a chain is called after its parent with {@code _end}
 * @param parent number of the joint it hangs on, always smaller than its own; -1 for a root
 * @param x offset from the parent along x, in the file's unit of length
 * @param y offset along y
 * @param z offset along z
 * @param channels what the frames hold for it, in the file's order; rotations apply from the last
 *     to the first, so that Z, Y, X means the matrix Z Y X
 * @param firstChannel the column of its first channel in a frame
 * @param isEnd whether it is the end of a chain ({@code End Site})
 */
public record BvhJoint(
    String name,
    int parent,
    double x,
    double y,
    double z,
    List<BvhChannel> channels,
    int firstChannel,
    boolean isEnd) {

  /** Copies the list. */
  public BvhJoint {
    channels = List.copyOf(channels);
  }

  /** The axes of its rotations in the file's order, such as {@code ZYX}; empty without any. */
  public String rotationOrder() {
    StringBuilder order = new StringBuilder();
    for (BvhChannel channel : channels) {
      if (channel.isRotation()) {
        order.append("XYZ".charAt(channel.axis()));
      }
    }
    return order.toString();
  }

  /** The offset as x, y, z. */
  public double[] offset() {
    return new double[] {x, y, z};
  }
}
