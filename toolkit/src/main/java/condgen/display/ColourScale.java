package condgen.display;

import java.awt.Color;
import java.awt.Paint;
import org.jfree.chart.renderer.PaintScale;

/** Colours for a range of values: from dark to light, or around zero from blue to red. */
final class ColourScale implements PaintScale {
  /**
   * Every sixteenth of viridis, whose lightness rises evenly and which the colour-blind can read.
   */
  private static final int[] VIRIDIS = {
    0x440154, 0x481A6C, 0x472F7D, 0x414487, 0x39568C, 0x31688E, 0x2A788E, 0x23888E, 0x1F988B,
    0x22A884, 0x35B779, 0x54C568, 0x7AD151, 0xA5DB36, 0xD2E21B, 0xFDE725
  };

  private static final int[] BLUE_RED = {
    0x053061, 0x2166AC, 0x4393C3, 0x92C5DE, 0xD1E5F0, 0xF7F7F7, 0xFDDBC7, 0xF4A582, 0xD6604D,
    0xB2182B, 0x67001F
  };

  /** So few colours that a PNG of 256 holds them exactly. */
  private static final int LEVELS = 160;

  /** Not-a-number. */
  static final Color MISSING = new Color(0xBBBBBB);

  private final int[] stops;
  private final double low;
  private final double high;

  private ColourScale(int[] stops, double low, double high) {
    this.stops = stops;
    this.low = low;
    this.high = high;
  }

  static ColourScale sequential(double low, double high) {
    return new ColourScale(VIRIDIS, low, high);
  }

  /** White at zero. */
  static ColourScale diverging(double size) {
    return new ColourScale(BLUE_RED, -size, size);
  }

  @Override
  public double getLowerBound() {
    return low;
  }

  @Override
  public double getUpperBound() {
    return high;
  }

  @Override
  public Paint getPaint(double value) {
    return new Color(rgb(value));
  }

  int rgb(double value) {
    if (Double.isNaN(value)) {
      return MISSING.getRGB() & 0xFFFFFF;
    }
    double part = Math.min(1, Math.max(0, (value - low) / (high - low)));
    double at = Math.rint(part * LEVELS) / LEVELS * (stops.length - 1);
    int i = Math.min(stops.length - 2, (int) at);
    double f = at - i;
    int rgb = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      double from = stops[i] >> shift & 0xFF;
      double to = stops[i + 1] >> shift & 0xFF;
      rgb |= (int) Math.round(from + f * (to - from)) << shift;
    }
    return rgb;
  }
}
