package condgen.display;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** Coloured frames around images and the lines that say what they mean, in CSS pixels. */
final class MarkLegend {

  /** How far a frame lies outside its image, and how thick it is. */
  private static final double OUTSIDE = 2;

  private static final float THICK = 3;
  private static final double SAMPLE = 24;
  private static final double SPACE = 8;

  private MarkLegend() {}

  /** A frame around an image; each kind has a colour and a dash of its own. */
  static void frame(Graphics2D g, int mark, double x, double y, double width, double height) {
    g.setColor(Theme.colour(mark));
    g.setStroke(stroke(mark));
    g.draw(
        new Rectangle2D.Double(
            x - OUTSIDE, y - OUTSIDE, width + 2 * OUTSIDE, height + 2 * OUTSIDE));
  }

  private static BasicStroke stroke(int mark) {
    float[] dash = mark % 3 == 0 ? null : mark % 3 == 1 ? new float[] {9, 4} : new float[] {2, 4};
    return new BasicStroke(THICK, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, dash, 0);
  }

  /** Which entries stand on which line. */
  static List<List<Integer>> lines(List<String> names, double room) {
    List<List<Integer>> lines = new ArrayList<>();
    double used = room;
    for (int i = 0; i < names.size(); i++) {
      double width = width(names.get(i));
      if (used + width > room) {
        lines.add(new ArrayList<>());
        used = 0;
      }
      lines.get(lines.size() - 1).add(i);
      used += width;
    }
    return lines;
  }

  private static double width(String name) {
    return SAMPLE + SPACE + ImageSheet.width(name, Theme.text()) + 2 * SPACE;
  }

  /** Draws the entries, a sample of each frame before its name. */
  static void draw(
      Graphics2D g,
      List<String> names,
      List<List<Integer>> lines,
      double left,
      double top,
      int step) {
    g.setFont(Theme.text());
    for (int line = 0; line < lines.size(); line++) {
      double x = left + OUTSIDE;
      double y = top + line * step;
      for (int i : lines.get(line)) {
        frame(g, i, x, y + 6, SAMPLE - OUTSIDE, Theme.TEXT_SIZE - 8);
        g.setColor(Theme.INK);
        g.drawString(names.get(i), (float) (x + SAMPLE + SPACE), (float) (y + Theme.TEXT_SIZE - 1));
        x += width(names.get(i));
      }
    }
    g.setColor(Theme.INK);
  }
}
