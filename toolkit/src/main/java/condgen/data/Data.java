package condgen.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The data sets of the thesis by name: {@code Data.mnist().train()}. Nothing is downloaded: what is
 * not there throws a {@link condgen.download.MissingDataException} whose message is the command
 * that fetches it. What stands in for a data set has a name of its own, here and in every table.
 */
public final class Data {
  private Data() {}

  /** Handwritten digits, 28 x 28 grey: 60,000 and 10,000. */
  public static Parts<LabelledImages> mnist() {
    return new Parts<>("mnist", Mnist::train, Mnist::test);
  }

  /** Pieces of clothing, 28 x 28 grey: 60,000 and 10,000; not digits. */
  public static Parts<LabelledImages> fashionMnist() {
    return new Parts<>("fashion-mnist", FashionMnist::train, FashionMnist::test);
  }

  /** Photographs of ten classes, 32 x 32 colour: 50,000 and 10,000. */
  public static Parts<LabelledImages> cifar10() {
    return new Parts<>("cifar10", Cifar10::train, Cifar10::test);
  }

  /** House numbers, 32 x 32 colour: 73,257 and 26,032; {@link Svhn#extra} has more. */
  public static Parts<LabelledImages> svhn() {
    return new Parts<>("svhn", Svhn::train, Svhn::test);
  }

  /** Photographs of 200 classes, 64 x 64 colour: 100,000, and 10,000 without labels. */
  public static Parts<PictureSet> tinyImageNet() {
    return new Parts<>("tiny-imagenet", TinyImageNet::train, TinyImageNet::test);
  }

  /** Photographs of 1,000 classes and any size; for testing the 50,000 of the validation part. */
  public static Parts<PictureSet> imageNet() {
    return new Parts<>("imagenet", ImageNet::train, ImageNet::validation);
  }

  /**
   * ImageNet made small, without labels, as most published numbers use it; not {@link
   * #imageNetDownsampled}.
   *
   * @param side 32 or 64
   */
  public static Parts<PictureSet> imageNetSmall(int side) {
    return new Parts<>(
        "imagenet-small", () -> ImageNetSmall.train(side), () -> ImageNetSmall.validation(side));
  }

  /**
   * ImageNet downsampled with labels, in blocks; other pictures than {@link #imageNetSmall}.
   *
   * @param side 32 or 64
   */
  public static Parts<ImageNetDownsampled> imageNetDownsampled(int side) {
    return new Parts<>(
        "imagenet-downsampled",
        () -> ImageNetDownsampled.train(side),
        () -> ImageNetDownsampled.validation(side));
  }

  /** Clips of two digits, 64 x 64: made of MNIST for training, the fixed 10,000 for testing. */
  public static Parts<ClipSource> movingMnist() {
    return new Parts<>(
        "moving-mnist", () -> new MovingMnist(Mnist.train(), 2, 64), FixedMovingMnist::test);
  }

  /**
   * Clips of two digits that change their way at the walls by chance, 64 x 64; made of MNIST, for
   * testing of the 256 test digits that the released code uses.
   */
  public static Parts<ClipSource> stochasticMovingMnist() {
    return new Parts<>(
        "mnist",
        () -> new StochasticMovingMnist(Mnist.train(), 2, 64),
        () ->
            new StochasticMovingMnist(
                StochasticMovingMnist.releasedTestDigits(Mnist.test()), 2, 64));
  }

  /** Films of six actions, 64 x 64 grey, as the released code cuts clips of them. */
  public static Parts<VideoClips> kth() {
    return new Parts<>("kth", Kth::train, Kth::test);
  }

  /** Films of a robot's arm that pushes things, 64 x 64 colour, as the released code cuts them. */
  public static Parts<VideoClips> bair() {
    return new Parts<>("bair", Bair::train, Bair::test);
  }

  /** Films out of a car in 50 cities, 128 x 128 colour, as the released code cuts them. */
  public static Parts<VideoClips> cityscapes() {
    return new Parts<>("cityscapes", Cityscapes::train, Cityscapes::test);
  }

  /** Films of 101 actions, 64 x 64 colour, as the released code cuts clips of them. */
  public static Parts<VideoClips> ucf101() {
    return new Parts<>("ucf101", Ucf101::train, Ucf101::test);
  }

  /** Clips of walking people out of one film: real video, but of no data set of the thesis. */
  public static Parts<ClipSource> walking() {
    return new Parts<>("walking", WalkingClips::train, WalkingClips::test);
  }

  /**
   * Recorded movement that needs no account, as skeletons at 30 frames a second: real, but of no
   * data set of the thesis. {@link MotionCapture} has the recordings as they are.
   */
  public static Parts<List<BvhMotion>> mocap() {
    return new Parts<>("mocap", MotionCapture::train, MotionCapture::test);
  }

  /** AMASS: the files of the sub-sets for training and for testing; {@link Amass} has the third. */
  public static Parts<List<Path>> amass() {
    return new Parts<>(
        "amass", () -> Amass.part(AmassSplit.TRAIN), () -> Amass.part(AmassSplit.TEST));
  }

  /** Bodies fitted to Human3.6M, by the names of the pictures, in the order of the lists. */
  public static Parts<Map<String, Human36mBodies.Picture>> human36m() {
    return new Parts<>("human36m", Human36mBodies::train, Human36mBodies::test);
  }

  /**
   * A body model of SMPL.
   *
   * @param gender female, male or neutral
   * @throws condgen.download.MissingDataException when the user has put none into the cache
   * @throws java.io.UncheckedIOException of a {@link DamagedDataException} when it is none
   */
  public static SmplBody smpl(String gender) {
    try {
      return SmplFiles.read(gender);
    } catch (IOException e) {
      throw FetchAgain.after(e, "smpl");
    }
  }
}
