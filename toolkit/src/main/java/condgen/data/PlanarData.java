package condgen.data;

import ai.djl.ndarray.NDArray;
import condgen.tensor.Seeds;
import java.util.SplittableRandom;

/**
 * Point clouds in the plane, the usual first tests of a generative model. All lie within about [−4,
 * 4]² around the origin; each method gives (n, 2) float32, and point i depends on (seeds, i) alone.
 */
public final class PlanarData {

  private PlanarData() {}

  /** Two interleaved half circles of radius 2, blurred by 0.2. */
  public static NDArray twoMoons(Seeds seeds, int n) {
    return Points.draw(
        seeds.part("two moons"),
        n,
        2,
        random -> {
          boolean upper = random.nextBoolean();
          double angle = Math.PI * random.nextDouble();
          double x = upper ? Math.cos(angle) : 1 - Math.cos(angle);
          double y = upper ? Math.sin(angle) : 0.5 - Math.sin(angle);
          return blurred(random, 2 * x - 1, 2 * y - 0.5, 0.2);
        });
  }

  /** Eight round clusters of deviation 0.3 on a circle of radius 3. */
  public static NDArray eightGaussians(Seeds seeds, int n) {
    return Points.draw(
        seeds.part("eight Gaussians"),
        n,
        2,
        random -> {
          double angle = Math.PI / 4 * random.nextInt(8);
          return blurred(random, 3 * Math.cos(angle), 3 * Math.sin(angle), 0.3);
        });
  }

  /** Five curved arms. */
  public static NDArray pinwheel(Seeds seeds, int n) {
    return Points.draw(
        seeds.part("pinwheel"),
        n,
        2,
        random -> {
          double along = 1 + 0.3 * random.nextGaussian();
          double across = 0.1 * random.nextGaussian();
          double angle = 2 * Math.PI / 5 * random.nextInt(5) + 0.25 * Math.exp(along);
          return turned(2 * along, 2 * across, angle);
        });
  }

  /** The dark squares of a board of 4 by 4 squares of side 2, filled evenly. */
  public static NDArray checkerboard(Seeds seeds, int n) {
    return Points.draw(
        seeds.part("checkerboard"),
        n,
        2,
        random -> {
          int column = random.nextInt(4);
          int row = 2 * random.nextInt(2) + column % 2;
          double x = 2 * (column - 2 + random.nextDouble());
          double y = 2 * (row - 2 + random.nextDouble());
          return new double[] {x, y};
        });
  }

  /** Four concentric circles of radius 0.75, 1.5, 2.25 and 3, equally likely, blurred by 0.08. */
  public static NDArray rings(Seeds seeds, int n) {
    return Points.draw(
        seeds.part("rings"),
        n,
        2,
        random -> {
          double radius = 0.75 * (1 + random.nextInt(4));
          double angle = 2 * Math.PI * random.nextDouble();
          return blurred(random, radius * Math.cos(angle), radius * Math.sin(angle), 0.08);
        });
  }

  /** A spiral of one and a half turns that winds outwards, blurred by 0.2. */
  public static NDArray swissRoll(Seeds seeds, int n) {
    return Points.draw(
        seeds.part("Swiss roll"),
        n,
        2,
        random -> {
          double angle = 1.5 * Math.PI * (1 + 2 * random.nextDouble());
          double radius = angle / 4;
          return blurred(random, radius * Math.cos(angle), radius * Math.sin(angle), 0.2);
        });
  }

  private static double[] blurred(SplittableRandom random, double x, double y, double deviation) {
    return new double[] {
      x + deviation * random.nextGaussian(), y + deviation * random.nextGaussian()
    };
  }

  private static double[] turned(double x, double y, double angle) {
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    return new double[] {cos * x - sin * y, sin * x + cos * y};
  }
}
