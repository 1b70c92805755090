package condgen.display;

import java.awt.image.BufferedImage;

/**
 * What grids, film strips and animations share: which values are black and white, the scale, a
 * caption and the text alternative.
 *
 * @param <C> the chart's own type, so that calls chain
 */
public abstract class ImageChart<C extends ImageChart<C>> implements Drawable {
  final String title;
  double low = -1;
  double high = 1;
  int scale;
  private String caption = "";
  private String alt;
  private int missing;
  private boolean coloured;

  ImageChart(String title) {
    this.title = Require.text(title, "title");
  }

  /** Sets which value is black and which white; -1 and 1 unless set. Values beyond are clipped. */
  public C range(double black, double white) {
    Require.increasing(black, white, "range");
    low = black;
    high = white;
    return self();
  }

  /** Sets how many pixels of the PNG or GIF an image pixel is wide; chosen to fit unless set. */
  public C scale(int pixels) {
    scale = Require.positive(pixels, "pixels");
    return self();
  }

  /** Prints below the images what the reader should see in them. */
  public C caption(String whatToSee) {
    caption = Require.text(whatToSee, "whatToSee");
    return self();
  }

  /** Replaces the text alternative, which otherwise is made of title, size and labels. */
  public C alt(String words) {
    alt = Require.text(words, "words");
    return self();
  }

  /** Draws a sheet in the density of screens, with the caption, as a PNG. */
  final Picture picture(ImageSheet sheet, String description) {
    BufferedImage image = sheet.draw(scale > 0 ? scale : sheet.automaticScale(), captionText());
    return Picture.ofPng(
        Png.ofImages(image, coloured),
        image.getWidth() / Theme.DENSITY,
        image.getHeight() / Theme.DENSITY,
        altText(description));
  }

  /** Notes of images that will be shown which values are missing and whether they have colours. */
  final Pixels noted(Pixels pixels) {
    missing += pixels.countNonFinite();
    coloured |= pixels.channels() == 3;
    return pixels;
  }

  final String captionText() {
    return (caption + " " + missingText()).strip();
  }

  final String altText(String description) {
    String words = alt != null ? alt : "%s. %s %s".formatted(title, description, caption);
    return (words.strip() + " " + missingText()).strip();
  }

  private String missingText() {
    return missing == 0
        ? ""
        : "%s NaN (red) or infinite.".formatted(Numbers.plural(missing, "value", "values"));
  }

  abstract C self();
}
