package condgen.data;

import java.util.SplittableRandom;

/**
 * What is done to a picture before a network sees it. Each is named after the data set and the use
 * for which the thesis, or the code published with its articles, has it; both use Pillow's filters.
 */
@FunctionalInterface
public interface Preparation {

  /**
   * The picture as the network sees it.
   *
   * @param random what chance draws from; the same one gives the same picture
   */
  PixelImage apply(PixelImage picture, SplittableRandom random);

  /** Nothing. */
  static Preparation none() {
    return (picture, random) -> picture;
  }

  /** First this, then another. */
  default Preparation then(Preparation next) {
    return (picture, random) -> next.apply(apply(picture, random), random);
  }

  /** MNIST in chapter 4: 28 x 28 in the middle of a black square, mostly of 32 x 32. */
  static Preparation mnist(int side) {
    return (picture, random) -> picture.pad(side, side);
  }

  /** CIFAR-10 for training: resized to the run's side, in a mirror with probability 1/2. */
  static Preparation cifarTraining(int side) {
    return square(side).then(mirrored());
  }

  /** CIFAR-10 for testing, and out-of-distribution pictures: resized to the run's side. */
  static Preparation cifarTest(int side) {
    return square(side);
  }

  /**
   * ImageNet for training, as chapter 4's code has it: a part of 8 to 100 % of the area, its sides
   * 3:4 to 4:3, resized to 224 x 224; a mirror with probability 1/2; resized to the run's side. The
   * thesis does not say which preparation each of its numbers used.
   */
  static Preparation imageNetTraining(int side) {
    return randomPart(224).then(mirrored()).then(square(side));
  }

  /**
   * ImageNet for testing: the shorter side resized to 256, the middle 224 x 224, resized to the
   * run's side.
   */
  static Preparation imageNetTest(int side) {
    return shorterSide(256).then(middle(224)).then(square(side));
  }

  /** Resized to a square, whatever the shape was, by the triangle filter. */
  static Preparation square(int side) {
    return (picture, random) -> picture.resize(side, side, ImageResize.BILINEAR);
  }

  /** In a mirror with probability 1/2. */
  static Preparation mirrored() {
    return (picture, random) -> random.nextBoolean() ? picture.mirror() : picture;
  }

  /** The shorter side resized to a length, the longer one in proportion, rounded down. */
  static Preparation shorterSide(int length) {
    return (picture, random) -> {
      int rows = picture.rows();
      int columns = picture.columns();
      int height = rows <= columns ? length : (int) ((long) length * rows / columns);
      int width = columns <= rows ? length : (int) ((long) length * columns / rows);
      return picture.resize(height, width, ImageResize.BILINEAR);
    };
  }

  /** The square in the middle; half a pixel goes to the even side. */
  static Preparation middle(int side) {
    return (picture, random) ->
        picture.window(
            (int) Math.rint((picture.rows() - side) / 2.0),
            (int) Math.rint((picture.columns() - side) / 2.0),
            side,
            side);
  }

  /**
   * A part of random size, shape and place, resized to a square: area 8 to 100 % (uniform), width
   * to height 3:4 to 4:3 (uniform in the logarithm). When ten draws do not fit into the picture,
   * the largest part in its middle that keeps to these shapes.
   */
  static Preparation randomPart(int side) {
    return (picture, random) -> part(picture, random).resize(side, side, ImageResize.BILINEAR);
  }

  private static PixelImage part(PixelImage picture, SplittableRandom random) {
    int rows = picture.rows();
    int columns = picture.columns();
    double widest = StrictMath.log(4.0 / 3);
    for (int draw = 0; draw < 10; draw++) {
      double area = (double) rows * columns * random.nextDouble(0.08, 1);
      double shape = StrictMath.exp(random.nextDouble(-widest, widest));
      int width = (int) Math.rint(Math.sqrt(area * shape));
      int height = (int) Math.rint(Math.sqrt(area / shape));
      if (width > 0 && width <= columns && height > 0 && height <= rows) {
        int row = random.nextInt(rows - height + 1);
        int column = random.nextInt(columns - width + 1);
        return picture.window(row, column, height, width);
      }
    }
    int height = (int) Math.min(rows, Math.max(1, Math.rint(columns * 4.0 / 3)));
    int width = (int) Math.min(columns, Math.max(1, Math.rint(rows * 4.0 / 3)));
    return picture.window((rows - height) / 2, (columns - width) / 2, height, width);
  }
}
