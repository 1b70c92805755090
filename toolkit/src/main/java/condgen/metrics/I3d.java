package condgen.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.data.ClipWeights;
import condgen.tensor.Arguments;
import condgen.tensor.Scalars;
import condgen.tensor.TorchScript;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The I3D network that was trained on Kinetics-400, whose 400 answers FVD is defined in, from the
 * TorchScript archive {@code i3d_torchscript.pt} that the released code uses.
 *
 * <p>It has not been run here with the published file: the order of its arguments is read from the
 * archive itself.
 */
public final class I3d implements ClipFeatureNetwork, AutoCloseable {

  /** Rows and columns of a frame, as the network was trained. */
  public static final int SIDE = 224;

  private static final int FEATURES = 400;
  private static final int BATCH = 4;

  private final TorchScript script;
  private final String sha256;

  private I3d(TorchScript script, String sha256) {
    this.script = script;
    this.sha256 = sha256;
  }

  /** True when the file is in the user's cache, whatever is in it. */
  public static boolean isPresent() {
    return ClipWeights.isPresent();
  }

  /**
   * The network from the user's cache, after its SHA-256 was compared with the published one.
   *
   * @throws RuntimeException of the reader if the file is missing, saying how to fetch it, or if it
   *     is another one, before anything of it is loaded; see {@link ClipWeights#file}
   */
  public static I3d load() {
    try {
      return of(Files.readAllBytes(ClipWeights.file()), ClipWeights.sha256());
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /**
   * A network from an archive's bytes; its {@code forward} takes clips and, by these names, {@code
   * rescale}, {@code resize} and {@code return_features}.
   *
   * @throws IllegalArgumentException if their SHA-256 is another one; nothing is then loaded
   */
  static I3d of(byte[] archive, String sha256) {
    return new I3d(TorchScript.load(archive, sha256), sha256);
  }

  /**
   * Clips as the released code prepares them: frames in [0, 1], shorter side to {@code side}
   * (bilinear), centre cut out, 2 x − 1; grey becomes three equal channels.
   *
   * @param clips (B, frames, 1 or 3, H, W) in [−1, 1]
   * @param side of a frame; {@link #SIDE} for the network
   * @return (B, 3, frames, side, side) in [−1, 1]
   */
  public static NDArray prepared(NDArray clips, int side) {
    UnitFrames.requireClip(clips, "clips");
    Shape shape = clips.getShape();
    long channels = shape.get(2);
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException(
          "clips must have 1 or 3 channels, but have shape " + shape);
    }
    NDArray square = SquareFrames.of(UnitFrames.of(UnitFrames.flat(clips)), side);
    NDArray centred = Scalars.scale(Scalars.add(square, -0.5), 2);
    NDArray ordered =
        centred.reshape(shape.get(0), shape.get(1), channels, side, side).transpose(0, 2, 1, 3, 4);
    return channels == 3 ? ordered : ordered.repeat(1, 3);
  }

  @Override
  public NDArray features(NDArray clips) {
    UnitFrames.requireClip(clips, "clips");
    Map<String, Boolean> switches = new LinkedHashMap<>();
    switches.put("rescale", false);
    switches.put("resize", false);
    switches.put("return_features", true);
    return Batches.of(
        clips,
        BATCH,
        some -> {
          NDArray features = script.forward(prepared(some, SIDE), switches);
          Arguments.requireShape(features, "features", some.getShape().get(0), FEATURES);
          return features;
        });
  }

  @Override
  public int dimension() {
    return FEATURES;
  }

  @Override
  public String name() {
    return "I3D Kinetics-400, TorchScript";
  }

  @Override
  public String preparation() {
    return "grey in three channels, the shorter side resized to 224 pixels, centre cut out";
  }

  @Override
  public String distanceName() {
    return "FVD (" + name() + ")";
  }

  @Override
  public String sha256() {
    return sha256;
  }

  /** Frees the network. */
  @Override
  public void close() {
    script.close();
  }
}
