package condgen.data;

import condgen.download.DataCache;
import java.io.IOException;
import java.nio.file.Path;

/**
 * ImageNet made small for the article on pixel recurrent networks: PNG pictures of 32 x 32 or 64 x
 * 64, 1,281,149 for training and 49,999 for validation, without labels. Most published bits per
 * dimension of ImageNet32 and ImageNet64 are of these pictures. {@link ImageNetDownsampled} holds
 * other ones, resampled in another way: numbers of the two do not compare.
 *
 * <p>A. van den Oord, N. Kalchbrenner, K. Kavukcuoglu: Pixel recurrent neural networks. ICML 2016.
 */
public final class ImageNetSmall {
  private static final String DATA_SET = "imagenet-small";

  private ImageNetSmall() {}

  /**
   * The training pictures in the user's cache; close them after use.
   *
   * @param side 32 or 64
   * @throws condgen.download.MissingDataException when they are not there; says how to get them
   * @throws java.io.UncheckedIOException of a {@link DamagedDataException} when the archive is
   *     damaged
   */
  public static PictureSet train(int side) {
    return part("train", side);
  }

  /** The pictures for validation; see {@link #train}. */
  public static PictureSet validation(int side) {
    return part("valid", side);
  }

  private static PictureSet part(String part, int side) {
    if (side != 32 && side != 64) {
      throw new IllegalArgumentException("side must be 32 or 64, but is " + side);
    }
    String name = "%s_%dx%d.tar".formatted(part, side, side);
    Path file = DataCache.standard().require(DATA_SET, name);
    try {
      return open(file);
    } catch (IOException e) {
      throw FetchAgain.after(e, DATA_SET);
    }
  }

  /**
   * Pictures of one archive.
   *
   * @throws DamagedDataException if it is damaged or holds no pictures
   * @throws IOException if it cannot be read
   */
  public static PictureSet open(Path tar) throws IOException {
    String file = tar.getFileName().toString().replaceFirst("\\.tar$", "");
    return PictureFolder.all(DATA_SET + " " + file, Members.open(tar));
  }
}
