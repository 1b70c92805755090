package condgen.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import condgen.data.InceptionWeights;
import condgen.tensor.Arguments;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.TorchScript;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/**
 * The Inception network of 2015, whose 2,048 pool features FID is defined in, from the TorchScript
 * archive {@code inception-2015-12-05.pt} that NVIDIA published. It resizes to 299 × 299 and
 * normalises by itself. Other files and other ways of resizing give other FIDs, so the file's hash
 * stands beside every number.
 */
public final class Inception implements FeatureNetwork, AutoCloseable {

  private static final int FEATURES = 2048;
  private static final int BATCH = 64;

  private final TorchScript script;
  private final String sha256;

  private Inception(TorchScript script, String sha256) {
    this.script = script;
    this.sha256 = sha256;
  }

  /**
   * The network from the user's cache, after its SHA-256 was compared with the published one.
   *
   * @throws RuntimeException of the reader if the file is missing, saying how to fetch it, or if it
   *     is another one, before anything of it is loaded; see {@link InceptionWeights#file}
   */
  public static Inception load() {
    try {
      return of(Files.readAllBytes(InceptionWeights.file()), InceptionWeights.sha256());
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /**
   * A network from an archive's bytes; its {@code forward} takes (images, return_features,
   * use_fp16, no_output_bias).
   *
   * @throws IllegalArgumentException if their SHA-256 is another one; nothing is then loaded
   */
  static Inception of(byte[] archive, String sha256) {
    return new Inception(TorchScript.load(archive, sha256), sha256);
  }

  /**
   * Pictures of 8 bits: 127.5 x + 128, cut off to whole numbers and to 0 ... 255; grey becomes
   * three equal channels.
   *
   * @param images (N, 1 or 3, H, W) in [−1, 1]
   * @return (N, 3, H, W), uint8
   */
  static NDArray pictures(NDArray images) {
    long channels = images.getShape().dimension() == 4 ? images.getShape().get(1) : -1;
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException(
          "images must have shape (any, 1 or 3, any, any), but have " + images.getShape());
    }
    NDArray bytes = Scalars.add(Scalars.scale(images, 127.5), 128).clip(0, 255);
    NDArray whole = bytes.toType(DataType.UINT8, false);
    return channels == 3 ? whole : whole.repeat(1, 3);
  }

  @Override
  public NDArray features(NDArray images) {
    Arguments.requireShape(images, "images", -1, -1, -1, -1);
    Arguments.requireRows(images, "images", 1);
    try (Scope scope = Scope.open()) {
      NDList parts = new NDList();
      long count = images.getShape().get(0);
      for (long from = 0; from < count; from += BATCH) {
        try (Scope batch = Scope.open()) {
          NDArray some = pictures(images.get(from + ":" + Math.min(count, from + BATCH)));
          NDArray features = script.forward(some, true, false, false);
          Arguments.requireShape(features, "features", some.getShape().get(0), FEATURES);
          parts.add(batch.keep(features));
        }
      }
      return scope.keep(parts.size() == 1 ? parts.get(0) : NDArrays.concat(parts, 0));
    }
  }

  @Override
  public int dimension() {
    return FEATURES;
  }

  @Override
  public String name() {
    return "Inception 2015-12-05, TorchScript";
  }

  @Override
  public String distanceName() {
    return "FID (" + name() + ")";
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
