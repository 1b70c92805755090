package condgen.display;

import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.plot.XYPlot;

/**
 * What all charts share: title, labels with units, a caption that says what to see, the text
 * alternative, size and format. A subclass adds data.
 *
 * @param <C> the chart's own type, so that calls chain
 */
public abstract class Chart<C extends Chart<C>> implements Drawable {
  final String title;
  final String xLabel;
  final String yLabel;
  private final List<String> notes = new ArrayList<>();
  private String caption = "";
  private String alt;
  private int width = Theme.WIDTH;
  private int height;
  private boolean withSvg;
  boolean equalScales;

  Chart(String title, String xLabel, String yLabel) {
    this.title = Require.text(title, "title");
    this.xLabel = Require.text(xLabel, "xLabel");
    this.yLabel = Require.text(yLabel, "yLabel");
  }

  /** Prints below the chart what the reader should see in it. */
  public C caption(String whatToSee) {
    caption = Require.text(whatToSee, "whatToSee");
    return self();
  }

  /** Replaces the text alternative, which otherwise is made of labels, series and ranges. */
  public C alt(String words) {
    alt = Require.text(words, "words");
    return self();
  }

  /**
   * Sets the size on the page in CSS pixels, legend and caption included. By default a chart is 760
   * wide and as high as its parts need.
   */
  public C size(int width, int height) {
    this.width = Require.positive(width, "width");
    this.height = Require.positive(height, "height");
    return self();
  }

  /** Makes one unit as long on the vertical axis as on the horizontal one. */
  public C equalScales() {
    equalScales = true;
    return self();
  }

  /** Adds an SVG form to the PNG. */
  public C svg() {
    withSvg = true;
    return self();
  }

  @Override
  public Picture picture() {
    return sheet().picture(altText(), withSvg);
  }

  /** Draws the chart, {@code density} pixels for each CSS pixel. */
  final BufferedImage image(double density) {
    return sheet().image(density);
  }

  /** Where things lie, in CSS pixels. */
  Layout layout() {
    return sheet().layout();
  }

  /** Plot area and the boxes of the legend's entries, in CSS pixels. */
  record Layout(int width, int height, Rectangle2D plotArea, List<Rectangle2D> legend) {}

  private ChartSheet sheet() {
    notes.clear();
    XYPlot plot = plot();
    String below = String.join(" ", withNotes(caption));
    return ChartSheet.of(title, plot, below, width, height, equalScales, colourBar());
  }

  /** Builds the plot with its axes and data; may {@link #note} what is not drawn. */
  abstract XYPlot plot();

  /** Says in words what kind of chart this is and what it holds, without title and caption. */
  abstract String description();

  /** The colour scale to explain at the right, if the chart has one. */
  ColourBar colourBar() {
    return null;
  }

  abstract C self();

  /** Adds a remark that readers need in order not to be misled, such as points left out. */
  final void note(String remark) {
    if (!notes.contains(remark)) {
      notes.add(remark);
    }
  }

  final void noteNonFinite(String what, double[]... columns) {
    int count = 0;
    for (int i = 0; i < columns[0].length; i++) {
      boolean finite = true;
      for (double[] column : columns) {
        finite &= Double.isFinite(column[i]);
      }
      count += finite ? 0 : 1;
    }
    if (count > 0) {
      note(
          "Not drawn: %s of %s (NaN or infinite)."
              .formatted(Numbers.plural(count, "value", "values"), what));
    }
  }

  private String altText() {
    if (alt != null) {
      return String.join(" ", withNotes(alt));
    }
    String words = "%s. %s".formatted(title, description());
    return String.join(" ", withNotes(caption.isEmpty() ? words : words + " " + caption));
  }

  private List<String> withNotes(String words) {
    List<String> all = new ArrayList<>();
    if (!words.isEmpty()) {
      all.add(words);
    }
    all.addAll(notes);
    return all;
  }

  static String range(String label, double low, double high) {
    return "%s from %s to %s".formatted(label, Numbers.format(low), Numbers.format(high));
  }
}
