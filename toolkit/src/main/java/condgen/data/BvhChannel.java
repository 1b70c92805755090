package condgen.data;

import java.util.Optional;

/**
 * One number per frame of a joint in a BVH file: a length along an axis, or an angle about one in
 * degrees.
 */
public enum BvhChannel {
  /** Along x. */
  X_POSITION("Xposition"),
  /** Along y. */
  Y_POSITION("Yposition"),
  /** Along z. */
  Z_POSITION("Zposition"),
  /** About x, in degrees. */
  X_ROTATION("Xrotation"),
  /** About y, in degrees. */
  Y_ROTATION("Yrotation"),
  /** About z, in degrees. */
  Z_ROTATION("Zrotation");

  private final String word;

  BvhChannel(String word) {
    this.word = word;
  }

  /** How files spell it. */
  public String word() {
    return word;
  }

  /** Whether it is an angle. */
  public boolean isRotation() {
    return ordinal() >= X_ROTATION.ordinal();
  }

  /** Its axis: 0, 1, 2 for x, y, z. */
  public int axis() {
    return ordinal() % 3;
  }

  static Optional<BvhChannel> of(String word) {
    for (BvhChannel channel : values()) {
      if (channel.word.equalsIgnoreCase(word)) {
        return Optional.of(channel);
      }
    }
    return Optional.empty();
  }
}
