package condgen.display;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.font.FontRenderContext;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.function.Supplier;

/**
 * The one look of all pictures: fonts of 14 points and more at display size (19 CSS pixels), the
 * colour-blind safe palette of Okabe and Ito, and for each colour a dash and a marker of its own,
 * so that series differ on a black-and-white print too.
 *
 * <p>Loading this class makes the JVM headless unless it was told otherwise: no picture needs a
 * screen.
 */
public final class Theme {
  static {
    if (System.getProperty("java.awt.headless") == null) {
      System.setProperty("java.awt.headless", "true");
    }
  }

  /** Size of tick labels, legends and captions in CSS pixels: 14 points. */
  public static final int TEXT_SIZE = 19;

  /** Size of titles in CSS pixels. */
  public static final int TITLE_SIZE = 22;

  /** PNG pixels per CSS pixel. */
  public static final int DENSITY = 2;

  /** Display width of a chart in CSS pixels. */
  public static final int WIDTH = 760;

  /** Series colours in the order of use (Okabe and Ito; yellow is left out, too pale on white). */
  public static final List<Color> COLOURS =
      List.of(
          new Color(0x0072B2),
          new Color(0xD55E00),
          new Color(0x009E73),
          new Color(0xCC79A7),
          new Color(0xE69F00),
          new Color(0x56B4E9),
          new Color(0x000000));

  static final Color INK = new Color(0x222222);
  static final Color QUIET = new Color(0x8A8A8A);
  static final Color GRID = new Color(0xDDDDDD);
  static final Color PAPER = Color.WHITE;

  /** What to install when a JDK has no font to draw with. */
  static final String NO_FONT =
      "No font to draw text with: this JDK finds no font on the system. Install one, on Debian or"
          + " Ubuntu with 'apt-get install fontconfig fonts-dejavu-core', on Fedora with"
          + " 'dnf install fontconfig dejavu-sans-fonts', and start Java again.";

  private static final float[][] DASHES = {
    null, {14, 6}, {3, 5}, {14, 5, 3, 5}, {24, 7}, {7, 4}, {18, 5, 3, 5, 3, 5}
  };

  private static volatile boolean fontsChecked;

  private Theme() {}

  /** Returns the colour of series number {@code index}; colours repeat after the last. */
  public static Color colour(int index) {
    return COLOURS.get(Math.floorMod(index, COLOURS.size()));
  }

  static Color faint(Color colour, int alpha) {
    return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), alpha);
  }

  static Stroke stroke(int index, float width) {
    float[] dash = DASHES[Math.floorMod(index, DASHES.length)];
    return dash == null
        ? solid(width)
        : new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dash, 0);
  }

  static Stroke solid(float width) {
    return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  }

  /** The sample of a line in a legend, long enough to show its dashes. */
  static Shape legendLine() {
    return new Line2D.Double(-24, 0, 24, 0);
  }

  /** Marker of series number {@code index}, {@code size} CSS pixels across. */
  static Shape marker(int index, double size) {
    double r = size / 2;
    return switch (Math.floorMod(index, 6)) {
      case 0 -> new Ellipse2D.Double(-r, -r, size, size);
      case 1 -> new Rectangle2D.Double(-0.9 * r, -0.9 * r, 0.9 * size, 0.9 * size);
      case 2 -> polygon(0, -1.2 * r, 1.15 * r, 0.85 * r, -1.15 * r, 0.85 * r);
      case 3 -> polygon(0, -1.25 * r, 1.25 * r, 0, 0, 1.25 * r, -1.25 * r, 0);
      case 4 -> polygon(0, 1.2 * r, 1.15 * r, -0.85 * r, -1.15 * r, -0.85 * r);
      default -> cross(r);
    };
  }

  private static Shape cross(double r) {
    double a = 0.35 * r;
    return polygon(
        -a, -r, a, -r, a, -a, r, -a, r, a, a, a, a, r, -a, r, -a, a, -r, a, -r, -a, -a, -a);
  }

  private static Shape polygon(double... xy) {
    Path2D path = new Path2D.Double();
    path.moveTo(xy[0], xy[1]);
    for (int i = 2; i < xy.length; i += 2) {
      path.lineTo(xy[i], xy[i + 1]);
    }
    path.closePath();
    return path;
  }

  static Font text() {
    return font(Font.PLAIN, TEXT_SIZE);
  }

  static Font title() {
    return font(Font.BOLD, TITLE_SIZE);
  }

  /**
   * Returns a sans serif font of the system.
   *
   * @throws IllegalStateException if there is none; the message names the packages to install
   */
  static Font font(int style, int size) {
    if (!fontsChecked) {
      requireFont(() -> new Font(Font.SANS_SERIF, Font.PLAIN, TEXT_SIZE));
      fontsChecked = true;
    }
    return new Font(Font.SANS_SERIF, style, size);
  }

  /** A JDK without fonts fails in several ways, by exception and by error. */
  static void requireFont(Supplier<Font> font) {
    try {
      FontRenderContext context = new FontRenderContext(null, true, true);
      if (!(font.get().getStringBounds("x", context).getWidth() > 0)) {
        throw new IllegalStateException(NO_FONT);
      }
    } catch (RuntimeException | LinkageError | InternalError e) {
      throw new IllegalStateException(NO_FONT, e);
    }
  }

  static void smooth(Graphics2D g) {
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
  }
}
