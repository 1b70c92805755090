package condgen.experiment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.metrics.FeatureNetwork;
import condgen.metrics.FeatureStatistics;
import condgen.metrics.FrechetDistance;
import condgen.metrics.PrecisionRecall;
import condgen.tensor.Arguments;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Numbers that say how far images are from others, together with all that they depend on. Print the
 * card, not the number: a distance means nothing without the network, the counts and what was
 * compared. Only distances in the Inception network's features are called FID.
 *
 * @param images what was judged
 * @param reference what it was compared with
 * @param distance the Fréchet distance
 * @param distanceName what it may be called, with the network's name
 * @param precisionRecall improved precision and recall
 * @param k the neighbour that its balls reach to
 * @param features how many features
 * @param network the feature network's name
 * @param sha256 the hash of the feature network's weights
 */
public record MetricCard(
    ImageSet images,
    ImageSet reference,
    double distance,
    String distanceName,
    PrecisionRecall precisionRecall,
    int k,
    int features,
    String network,
    String sha256) {

  /**
   * A set of images.
   *
   * @param name what they are
   * @param count how many
   * @param resolution of one: channels, height and width
   * @param least smallest value
   * @param greatest largest value
   */
  public record ImageSet(String name, long count, Shape resolution, double least, double greatest) {

    /**
     * Describes images.
     *
     * @param images (N, C, H, W), N at least 1
     */
    public static ImageSet of(String name, NDArray images) {
      Arguments.requireShape(images, name, -1, -1, -1, -1);
      return Scope.call(
          () ->
              new ImageSet(
                  name,
                  images.getShape().get(0),
                  images.getShape().slice(1),
                  Tensors.item(images.min()),
                  Tensors.item(images.max())));
    }

    /** One line: name, count, resolution and range. */
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s: %,d images of %d x %d x %d, values from %.3g to %.3g",
          name,
          count,
          resolution.get(0),
          resolution.get(1),
          resolution.get(2),
          least,
          greatest);
    }
  }

  /**
   * Compares images with others.
   *
   * @param name what the images are
   * @param images (N, C, H, W) in [−1, 1], N above k
   * @param referenceName what the others are
   * @param reference (M, C, H, W) in [−1, 1], M above k
   * @param k neighbour of precision and recall, at least 1; 3 in the thesis
   * @throws IllegalArgumentException if k does not fit, before the network is asked
   */
  public static MetricCard compare(
      FeatureNetwork network,
      String name,
      NDArray images,
      String referenceName,
      NDArray reference,
      int k) {
    ImageSet judged = ImageSet.of(name, images);
    ImageSet real = ImageSet.of(referenceName, reference);
    requireNeighbours(judged, k);
    requireNeighbours(real, k);
    return Scope.call(
        () -> {
          NDArray x = network.features(images);
          NDArray y = network.features(reference);
          double distance =
              FrechetDistance.between(FeatureStatistics.of(x), FeatureStatistics.of(y));
          return new MetricCard(
              judged,
              real,
              distance,
              network.distanceName(),
              PrecisionRecall.of(y, x, k),
              k,
              network.dimension(),
              network.name(),
              network.sha256());
        });
  }

  private static void requireNeighbours(ImageSet images, int k) {
    if (k < 1 || k >= images.count) {
      throw new IllegalArgumentException(
          "k must be between 1 and the number of images less one, but is %d for %d images (%s)"
              .formatted(k, images.count, images.name));
    }
  }

  /** Everything by name, for a {@link RunCard}. */
  public Map<String, Object> entries() {
    Map<String, Object> entries = new LinkedHashMap<>();
    entries.put("images", images.toString());
    entries.put("compared with", reference.toString());
    entries.put(distanceName, distance);
    entries.put("precision", precisionRecall.precision());
    entries.put("recall", precisionRecall.recall());
    entries.put("k", k);
    entries.put("features", features);
    entries.put("feature network", network);
    entries.put("sha256 of the feature network", sha256);
    return entries;
  }

  /** Six lines for a person. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        """
        %s: %.4g
        precision %.3f, recall %.3f (k = %d)
          images: %s
          compared with: %s
          features: %,d numbers of %s
          SHA-256 of its weights: %s""",
        distanceName,
        distance,
        precisionRecall.precision(),
        precisionRecall.recall(),
        k,
        images,
        reference,
        features,
        network,
        sha256);
  }
}
