package condgen.experiment;

import ai.djl.ndarray.NDArray;
import condgen.data.LabelledImages;
import condgen.data.Mnist;
import condgen.metrics.DigitClassifier;
import condgen.metrics.FeatureStatistics;
import condgen.metrics.FrechetDistance;
import condgen.metrics.PrecisionRecall;
import condgen.tensor.Scope;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How good a set of images of digits is, against the real digits of the test set, as a trained
 * classifier sees both.
 */
public final class DigitQuality {

  /** Fréchet distance of the classifier's features to those of the whole test set. */
  public static final String DISTANCE = "distance";

  /** Improved precision against as many test digits. */
  public static final String PRECISION = "precision";

  /** Improved recall of as many test digits. */
  public static final String RECALL = "recall";

  /** Share of images to which the classifier gives a digit with probability 0.9 or more. */
  public static final String RECOGNISED = "recognised";

  /** Entropy of the most probable digits, in nats; ten digits equally often have 2.303. */
  public static final String ENTROPY = "label entropy";

  private static final int BATCH = 1_000;

  private final DigitClassifier classifier;
  private final LabelledImages test;
  private final FeatureStatistics real;

  /** Quality by a classifier, against test digits. */
  public DigitQuality(DigitClassifier classifier, LabelledImages test) {
    this.classifier = classifier;
    this.test = test;
    real = Scope.call(() -> FeatureStatistics.of(classifier, test.images(), BATCH));
  }

  /** By the shipped classifier, against the test set. */
  public static DigitQuality shipped() {
    return new DigitQuality(
        DigitClassifier.read(NotebookFiles.find("checkpoints/mnist-classifier.safetensors")),
        Mnist.test());
  }

  /** The classifier that is used. */
  public DigitClassifier classifier() {
    return classifier;
  }

  /**
   * The five numbers, by the names above.
   *
   * @param images (N, 1, 28, 28) in [−1, 1], N above 3 and not above the size of the test set
   * @param seed chooses the test digits that precision and recall compare with
   */
  public Map<String, Double> of(NDArray images, long seed) {
    return Scope.call(() -> measured(images, seed));
  }

  private Map<String, Double> measured(NDArray images, long seed) {
    NDArray features = classifier.features(images);
    double distance = FrechetDistance.between(FeatureStatistics.of(features), real);
    int count = (int) images.getShape().get(0);
    NDArray others = classifier.features(test.batch(seed, 0, count).images());
    return numbers(distance, others, features, classifier.recognised(images));
  }

  /**
   * The same for one random half of the test set against the other: the distance of two large sets
   * of real digits, which no model can be expected to beat.
   *
   * @param count digits of each half that precision and recall compare
   */
  public Map<String, Double> ofHalves(int count, long seed) {
    return Scope.call(() -> halves(count, seed));
  }

  private Map<String, Double> halves(int count, long seed) {
    int half = test.size() / 2;
    NDArray first = test.batch(seed, 0, half).images();
    NDArray second = test.batch(seed, 1, half).images();
    NDArray features = classifier.features(first);
    NDArray others = classifier.features(second);
    double distance =
        FrechetDistance.between(FeatureStatistics.of(features), FeatureStatistics.of(others));
    String part = "0:" + count;
    return numbers(distance, others.get(part), features.get(part), classifier.recognised(first));
  }

  private static Map<String, Double> numbers(
      double distance, NDArray real, NDArray generated, DigitClassifier.Recognition recognition) {
    PrecisionRecall neighbours = PrecisionRecall.of(real, generated, PrecisionRecall.NEIGHBOURS);
    Map<String, Double> numbers = new LinkedHashMap<>();
    numbers.put(DISTANCE, distance);
    numbers.put(PRECISION, neighbours.precision());
    numbers.put(RECALL, neighbours.recall());
    numbers.put(RECOGNISED, recognition.share());
    numbers.put(ENTROPY, recognition.labelEntropy());
    return numbers;
  }
}
