package condgen.display;

import ai.djl.ndarray.NDArray;
import condgen.tensor.Tensors;

/**
 * Pictures made of images, each one call. Images are arrays of shape (N, C, H, W), or (C, H, W) or
 * (H, W) for one; C is 1 or 3; -1 is black and 1 white unless {@link ImageChart#range} says
 * otherwise. They are enlarged by a whole factor, never smoothed.
 *
 * <pre>{@code
 * Images.grid("Sixteen training digits", x).columns(8).captions(labels).picture()
 * }</pre>
 */
public final class Images {
  private Images() {}

  /** Starts a grid of the images of a batch (N, C, H, W). */
  public static ImageGrid grid(String title, NDArray images) {
    return new ImageGrid(title, pixels(images));
  }

  /** Starts a grid of images given as numbers, with their shape. */
  public static ImageGrid grid(String title, float[] values, long... shape) {
    return new ImageGrid(title, Pixels.of(values, shape));
  }

  /**
   * Starts a film strip: one column for each {@link FilmStrip#step}, one row for each image of the
   * batch.
   */
  public static FilmStrip filmStrip(String title) {
    return new FilmStrip(title);
  }

  /** Starts an animated GIF: add frames with {@link Animation#frame}. */
  public static Animation animation(String title) {
    return new Animation(title);
  }

  static Pixels pixels(NDArray images) {
    return Pixels.of(Tensors.toFloats(images), images.getShape().getShape());
  }
}
