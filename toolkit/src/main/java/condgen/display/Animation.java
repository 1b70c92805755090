package condgen.display;

import ai.djl.ndarray.NDArray;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/**
 * An animated GIF that repeats for ever, of at most 120 kB: fewer colours, then smaller images are
 * tried before giving up. Made by {@link Images#animation}.
 */
public final class Animation extends ImageChart<Animation> {
  static final int LIMIT = 120_000;
  private static final int[] COLOURS = {255, 64, 24};

  private final LabelledBatches frames = new LabelledBatches("frame");
  private final ImageMarks marks = new ImageMarks("frame");
  private List<String> captions = List.of();
  private int columns = 4;
  private int millis = 100;

  Animation(String title) {
    super(title);
  }

  /** Adds a frame, one image or a batch side by side, under a label such as "t = 300". */
  public Animation frame(String label, NDArray images) {
    return add(label, Images.pixels(images));
  }

  /** Adds a frame of images given as numbers, with their shape. */
  public Animation frame(String label, float[] values, long... shape) {
    return add(label, Pixels.of(values, shape));
  }

  /** Adds each image of a batch (T, C, H, W) as a frame, labelled "frame 1", "frame 2", …. */
  public Animation frames(NDArray images) {
    Pixels all = Images.pixels(images);
    int size = all.channels() * all.height() * all.width();
    for (int i = 0; i < all.count(); i++) {
      float[] one = new float[size];
      System.arraycopy(all.values(), i * size, one, 0, size);
      add(
          "frame " + (frames.size() + 1),
          new Pixels(1, all.channels(), all.height(), all.width(), one));
    }
    return this;
  }

  /** Adds all frames of videos (N, T, C, H, W), the N side by side. */
  public Animation video(int first, NDArray videos) {
    long count = videos.getShape().get(1);
    for (int t = 0; t < count; t++) {
      try (NDArray images = videos.get(":, " + t)) {
        frame("frame " + (first + t), images);
      }
    }
    return this;
  }

  /**
   * Frames an image in a colour for some time, which a legend explains; equal names share it.
   *
   * @param name what the frame stands for, such as "past" or "predicted"
   * @param image which image of the frames, from 0
   * @param from first frame, from 0
   * @param to the frame after the last
   */
  public Animation mark(String name, int image, int from, int to) {
    marks.add(name, image, from, to);
    return this;
  }

  /** Prints a text under each image. */
  public Animation captions(String... texts) {
    captions = List.of(texts);
    return this;
  }

  private Animation add(String label, Pixels pixels) {
    frames.add(label, pixels);
    noted(pixels);
    return this;
  }

  /** Sets how many images of a frame stand in a row; 4 unless set. */
  public Animation columns(int count) {
    columns = Require.positive(count, "count");
    return this;
  }

  /** Sets how long a frame is shown, in milliseconds; 100 unless set, at least 20. */
  public Animation frameMillis(int duration) {
    millis = requireDuration(duration);
    return this;
  }

  static int requireDuration(int duration) {
    if (duration < 20) {
      throw new IllegalArgumentException(
          "duration must be at least 20 ms, which viewers can show, but is " + duration);
    }
    return duration;
  }

  @Override
  public Picture picture() {
    if (frames.size() == 0) {
      throw new IllegalStateException("Animation '" + title + "' has no frames; add .frame");
    }
    int count = frames.get(0).count();
    marks.requireWithin(count, frames.size());
    if (!captions.isEmpty() && captions.size() != count) {
      throw new IllegalArgumentException(
          "captions must be as many as the images of a frame (%d), but are %d"
              .formatted(count, captions.size()));
    }
    int largest = scale > 0 ? scale : sheet(0).automaticScale();
    int smallest = scale > 0 ? scale : 1;
    int bytes = 0;
    for (int s = largest; s >= smallest; s--) {
      List<BufferedImage> images = new ArrayList<>();
      for (int i = 0; i < frames.size(); i++) {
        images.add(sheet(i).draw(s, captionText()));
      }
      for (int colours : COLOURS) {
        byte[] gif = Gif.encode(images, millis, colours);
        bytes = gif.length;
        if (bytes <= LIMIT) {
          return picture(gif, images.get(images.size() - 1));
        }
      }
    }
    throw new IllegalArgumentException(
        "Animation '%s' must take at most %d kB, but takes %d kB even with few colours%s. Use fewer frames (now %d) or smaller images."
            .formatted(
                title,
                LIMIT / 1000,
                bytes / 1000,
                scale > 0 ? " at scale " + scale : " at the smallest scale",
                frames.size()));
  }

  private Picture picture(byte[] gif, BufferedImage last) {
    String description =
        "Animation of %s, %s."
            .formatted(Numbers.plural(frames.size(), "frame", "frames"), frames.ends());
    return Picture.ofGif(
        gif,
        Png.ofChart(last, 256),
        last.getWidth(),
        last.getHeight(),
        altText(description + marks.words()));
  }

  private ImageSheet sheet(int frame) {
    Pixels pixels = frames.get(frame);
    List<List<ImageSheet.Cell>> rows = new ArrayList<>();
    for (int i = 0; i < pixels.count(); i++) {
      if (i % columns == 0) {
        rows.add(new ArrayList<>());
      }
      String text = captions.isEmpty() ? "" : captions.get(i);
      rows.get(rows.size() - 1)
          .add(new ImageSheet.Cell(pixels.image(i, low, high), text, marks.of(i, frame)));
    }
    List<String> titles = frames.labels().stream().map(label -> title + ": " + label).toList();
    return new ImageSheet(titles.get(frame), List.of(), List.of(), rows, 1, marks.names())
        .roomFor(titles);
  }

  @Override
  Animation self() {
    return this;
  }
}
