package condgen.data;

import condgen.tensor.Seeds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * What chapter 4 asks a model of CIFAR-10 about that it was not trained on: house numbers, Tiny
 * ImageNet, images of one colour, noise, and its own test images with their patches shuffled. What
 * it was trained on is {@code Cifar10.test()}. All are 32 x 32, red, green and blue.
 */
public final class Unfamiliar {
  private static final int SIDE = 32;
  private static final int CHANNELS = 3;

  private Unfamiliar() {}

  /**
   * The test images of SVHN.
   *
   * @throws condgen.download.MissingDataException when they were not fetched
   */
  public static LabelledImages houseNumbers() {
    return Svhn.test();
  }

  /**
   * The first test images of Tiny ImageNet, resized to 32 x 32.
   *
   * @param count 1 to 10,000
   * @throws condgen.download.MissingDataException when they were not fetched
   * @throws UncheckedIOException of a {@link DamagedDataException} when one cannot be decoded
   */
  public static LabelledImages tinyImageNet(int count) {
    try (PictureSet test = TinyImageNet.test()) {
      return test.read(0, count, 0, Preparation.cifarTest(SIDE));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /**
   * Images of one colour each, drawn uniformly from all colours.
   *
   * @param count at least 1
   */
  public static LabelledImages constant(int count, long seed) {
    byte[] pixels = new byte[pixels(count)];
    for (int i = 0; i < count; i++) {
      SplittableRandom random = Seeds.of(seed).part("constant").random(i);
      for (int c = 0; c < CHANNELS; c++) {
        int start = (i * CHANNELS + c) * SIDE * SIDE;
        Arrays.fill(pixels, start, start + SIDE * SIDE, (byte) random.nextInt(256));
      }
    }
    return images("one colour", pixels, count);
  }

  /**
   * Images whose every number is drawn uniformly from 0 to 255.
   *
   * @param count at least 1
   */
  public static LabelledImages noise(int count, long seed) {
    byte[] pixels = new byte[pixels(count)];
    int volume = pixels.length / count;
    for (int i = 0; i < count; i++) {
      SplittableRandom random = Seeds.of(seed).part("noise").random(i);
      for (int p = 0; p < volume; p++) {
        pixels[i * volume + p] = (byte) random.nextInt(256);
      }
    }
    return images("uniform noise", pixels, count);
  }

  /**
   * Images cut into square patches that are put together in a random order, another one for each
   * image. Patches of one pixel keep the colours only; one patch of the image's side keeps all.
   *
   * @param images such as {@code Cifar10.test()}
   * @param patch side of a patch, a divisor of the images' sides: 1, 2, 4, 8, 16, 32
   */
  public static LabelledImages shuffled(LabelledImages images, int patch, long seed) {
    int rows = images.rows();
    int columns = images.columns();
    if (patch < 1 || rows % patch != 0 || columns % patch != 0) {
      throw new IllegalArgumentException(
          "patch must divide %d and %d, but is %d".formatted(rows, columns, patch));
    }
    int volume = images.channels() * rows * columns;
    byte[] pixels = new byte[Math.multiplyExact(images.size(), volume)];
    for (int i = 0; i < images.size(); i++) {
      byte[] image = images.pixels(i);
      int across = columns / patch;
      int[] order = Shuffle.order(rows / patch * across, seed, i);
      for (int p = 0; p < volume; p++) {
        int row = p / columns % rows;
        int column = p % columns;
        int from = order[row / patch * across + column / patch];
        int fromRow = from / across * patch + row % patch;
        int fromColumn = from % across * patch + column % patch;
        int plane = p / (rows * columns) * rows * columns;
        pixels[i * volume + p] = image[plane + fromRow * columns + fromColumn];
      }
    }
    String name = "%s in shuffled patches of %d".formatted(images.name(), patch);
    return new LabelledImages(
        name, images.classes(), images.channels(), rows, columns, pixels, images.labels());
  }

  private static int pixels(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("count must be at least 1, but is " + count);
    }
    return Math.multiplyExact(count, CHANNELS * SIDE * SIDE);
  }

  private static LabelledImages images(String name, byte[] pixels, int count) {
    int[] none = new int[count];
    Arrays.fill(none, -1);
    return new LabelledImages(name, 0, CHANNELS, SIDE, SIDE, pixels, none);
  }
}
