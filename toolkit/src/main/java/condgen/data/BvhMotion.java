package condgen.data;

import java.util.Arrays;

/**
 * A recorded motion: a skeleton and, for each frame, the numbers of its joints' channels (lengths
 * in the file's unit, angles in degrees, as recorded: they may jump by 360).
 */
public final class BvhMotion {

  private final BvhSkeleton skeleton;
  private final double frameTime;
  private final int declaredFrames;
  private final double[] values;

  /**
   * @param skeleton the joints
   * @param frameTime seconds from one frame to the next, more than 0
   * @param declaredFrames the count of the file's header, which need not be that of its rows
   * @param values frame after frame, each of {@code skeleton.channels()} numbers; not copied
   * @throws IllegalArgumentException if the frames are not whole or the time is not positive
   */
  public BvhMotion(BvhSkeleton skeleton, double frameTime, int declaredFrames, double[] values) {
    int channels = skeleton.channels();
    if (channels == 0 ? values.length > 0 : values.length % channels != 0) {
      throw new IllegalArgumentException(
          "values must be frames of %d numbers, but are %d".formatted(channels, values.length));
    }
    if (!(frameTime > 0) || Double.isInfinite(frameTime)) {
      throw new IllegalArgumentException("frame time must be positive, but is " + frameTime);
    }
    this.skeleton = skeleton;
    this.frameTime = frameTime;
    this.declaredFrames = declaredFrames;
    this.values = values;
  }

  /** The joints. */
  public BvhSkeleton skeleton() {
    return skeleton;
  }

  /** Seconds from one frame to the next. */
  public double frameTime() {
    return frameTime;
  }

  /** What the header says; {@link #frames()} counts the rows. */
  public int declaredFrames() {
    return declaredFrames;
  }

  /** How many frames there are. */
  public int frames() {
    return skeleton.channels() == 0 ? 0 : values.length / skeleton.channels();
  }

  /** A copy of the numbers of one frame. */
  public double[] frame(int index) {
    requireFrame(index);
    int channels = skeleton.channels();
    return Arrays.copyOfRange(values, index * channels, (index + 1) * channels);
  }

  /**
   * One number.
   *
   * @param frame 0 to {@code frames() - 1}
   * @param channel column, see {@link BvhJoint#firstChannel()}
   */
  public double value(int frame, int channel) {
    requireFrame(frame);
    if (channel < 0 || channel >= skeleton.channels()) {
      throw new IllegalArgumentException(
          "channel must be 0 to %d, but is %d".formatted(skeleton.channels() - 1, channel));
    }
    return values[frame * skeleton.channels() + channel];
  }

  /**
   * Some of the frames.
   *
   * @param from the first
   * @param to the one after the last
   */
  public BvhMotion range(int from, int to) {
    if (from < 0 || to < from || to > frames()) {
      throw new IllegalArgumentException(
          "frames must be from 0 to %d, but are %d to %d".formatted(frames(), from, to));
    }
    int channels = skeleton.channels();
    double[] part = Arrays.copyOfRange(values, from * channels, to * channels);
    return new BvhMotion(skeleton, frameTime, to - from, part);
  }

  /**
   * The motion at another rate, each frame the recorded one that is nearest in time: angles are not
   * interpolated. At a quarter of the rate this is every fourth frame.
   *
   * @param rate frames a second, more than 0 and at most that recorded
   */
  public BvhMotion resample(double rate) {
    double step = 1 / (rate * frameTime);
    if (!(rate > 0) || step < 0.999) {
      throw new IllegalArgumentException(
          "rate must be between 0 and %.3f, but is %s".formatted(1 / frameTime, rate));
    }
    int channels = skeleton.channels();
    int count = frames() == 0 ? 0 : (int) Math.floor((frames() - 0.5) / step - 1e-9) + 1;
    double[] chosen = new double[count * channels];
    for (int i = 0; i < count; i++) {
      int from = Math.min(frames() - 1, (int) Math.round(i * step));
      System.arraycopy(values, from * channels, chosen, i * channels, channels);
    }
    return new BvhMotion(skeleton, 1 / rate, count, chosen);
  }

  private void requireFrame(int index) {
    if (index < 0 || index >= frames()) {
      throw new IllegalArgumentException(
          "frame must be 0 to %d, but is %d".formatted(frames() - 1, index));
    }
  }

  @Override
  public String toString() {
    return "%d frames of %d joints, %.4g s each"
        .formatted(frames(), skeleton.jointCount(), frameTime);
  }
}
