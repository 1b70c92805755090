package condgen.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.metrics.FeatureNetwork;
import condgen.metrics.FrechetDistance;
import condgen.metrics.PrecisionRecall;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import org.junit.jupiter.api.Test;

class MetricCardTest {

  /** Features are the pixels. */
  private static final FeatureNetwork PIXELS =
      new FeatureNetwork() {
        @Override
        public NDArray features(NDArray images) {
          return images.reshape(images.getShape().get(0), 4);
        }

        @Override
        public int dimension() {
          return 4;
        }

        @Override
        public String name() {
          return "pixels";
        }

        @Override
        public String sha256() {
          return "f00d";
        }
      };

  @Test
  void compare_oneNetwork_holdsNumbersAndAllTheyDependOn() {
    Scope.run(
        () -> {
          NDArray x = Seeds.of(1).normal(0, new Shape(30, 1, 2, 2));
          NDArray y = Seeds.of(1).normal(1, new Shape(40, 1, 2, 2)).mul(1.5);
          MetricCard card = MetricCard.compare(PIXELS, "samples", x, "real ones", y, 3);
          NDArray fx = PIXELS.features(x);
          NDArray fy = PIXELS.features(y);
          assertEquals(FrechetDistance.between(fx, fy), card.distance(), 1e-12);
          assertEquals(PrecisionRecall.of(fy, fx, 3), card.precisionRecall());
          String text = card.toString();
          assertTrue(text.contains("samples: 30 images of 1 x 2 x 2, values from -"), text);
          assertTrue(text.contains("compared with: real ones: 40 images"), text);
          assertTrue(text.contains("k = 3") && text.contains("f00d"), text);
          assertTrue(text.contains("4 numbers of pixels"), text);
          assertEquals(9, card.entries().size());
        });
  }

  @Test
  void compare_withTooManyNeighbours_isRefusedBeforeTheNetworkRuns() {
    Scope.run(
        () -> {
          NDArray many = Tensors.zeros(new Shape(30, 1, 3, 3));
          NDArray few = Tensors.zeros(new Shape(4, 1, 3, 3));
          for (int k : new int[] {0, 4, 30}) {
            for (NDArray[] sets : new NDArray[][] {{many, few}, {few, many}}) {
              // PIXELS would fail: it takes 2 x 2.
              String message =
                  assertThrows(
                          IllegalArgumentException.class,
                          () -> MetricCard.compare(PIXELS, "a", sets[0], "b", sets[1], k))
                      .getMessage();
              assertTrue(message.startsWith("k must be between 1"), message);
            }
          }
        });
  }

  /** FID is the Inception network's alone. */
  @Test
  void name_ofOtherNetwork_doesNotClaimFid() {
    assertTrue(PIXELS.distanceName().contains("pixels"));
    assertFalse(PIXELS.distanceName().replace("(not FID)", "").contains("FID"));
  }
}
