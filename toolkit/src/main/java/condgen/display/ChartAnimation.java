package condgen.display;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/**
 * Charts one after another as an animated GIF that repeats for ever, of at most 120 kB: fewer
 * colours, then fewer pixels are tried before giving up. Made by {@link Charts#animation}. Fix the
 * ranges of axes and colours, so that only the data moves.
 */
public final class ChartAnimation implements Drawable {
  private static final int[] COLOURS = {128, 48, 24};
  private static final double[] DENSITIES = {1, 0.75};

  private final List<Chart<?>> frames = new ArrayList<>();
  private int millis = 100;
  private String alt;

  ChartAnimation() {}

  /** Adds a frame. All must come out equally large: same kind, labels, legend, lines of caption. */
  public ChartAnimation frame(Chart<?> chart) {
    frames.add(chart);
    return this;
  }

  /** Sets how long a frame is shown, in milliseconds; 100 unless set, at least 20. */
  public ChartAnimation frameMillis(int duration) {
    millis = Animation.requireDuration(duration);
    return this;
  }

  /** Replaces the text alternative, which otherwise is the number of frames and the last one's. */
  public ChartAnimation alt(String words) {
    alt = Require.text(words, "words");
    return this;
  }

  @Override
  public Picture picture() {
    if (frames.isEmpty()) {
      throw new IllegalStateException("the animation has no frames; add .frame");
    }
    int bytes = 0;
    for (double density : DENSITIES) {
      List<BufferedImage> images = images(density);
      for (int colours : COLOURS) {
        byte[] gif = Gif.encode(images, millis, colours);
        bytes = gif.length;
        if (bytes <= Animation.LIMIT) {
          return picture(gif);
        }
      }
    }
    throw new IllegalArgumentException(
        "the animation must take at most %d kB, but takes %d kB even with few colours. Use fewer frames (now %d) or a smaller chart."
            .formatted(Animation.LIMIT / 1000, bytes / 1000, frames.size()));
  }

  private List<BufferedImage> images(double density) {
    List<BufferedImage> images = new ArrayList<>();
    for (Chart<?> chart : frames) {
      BufferedImage image = chart.image(density);
      BufferedImage first = images.isEmpty() ? image : images.get(0);
      if (image.getWidth() != first.getWidth() || image.getHeight() != first.getHeight()) {
        throw new IllegalArgumentException(
            "frames must be equally large, but frame %d is %d by %d pixels and frame 1 is %d by %d"
                .formatted(
                    images.size() + 1,
                    image.getWidth(),
                    image.getHeight(),
                    first.getWidth(),
                    first.getHeight()));
      }
      images.add(image);
    }
    return images;
  }

  /** The last frame stands for all where nothing moves. */
  private Picture picture(byte[] gif) {
    Picture last = frames.get(frames.size() - 1).picture();
    String words =
        "Animation of %s. The last one: %s"
            .formatted(Numbers.plural(frames.size(), "frame", "frames"), last.alt());
    return Picture.ofGif(
        gif, last.png().orElseThrow(), last.width(), last.height(), alt == null ? words : alt);
  }
}
