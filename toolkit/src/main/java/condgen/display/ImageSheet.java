package condgen.display;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/**
 * Images in rows and columns with a title, labels for columns and rows, a text under each image and
 * a caption below. Lengths are in CSS pixels, except for the scale: an image's pixel becomes a
 * square of {@code scale} pixels of the sheet's raster, never blended.
 */
final class ImageSheet {
  private static final int PAD = 10;
  private static final int GAP = 5;
  private static final int GAP_OF_MARKED = 9;
  private static final int WIDEST = 900;
  private static final double LARGEST_IMAGE = 112;
  private static final int LINE = Theme.TEXT_SIZE + 6;

  private final String title;
  private final List<String> columnLabels;
  private final List<String> rowLabels;
  private final List<List<Cell>> rows;
  private final int density;
  private final List<String> legend;
  private String widestTitle;

  /**
   * One place of the sheet.
   *
   * @param image what is shown; null leaves the place empty
   * @param text printed under it; may be empty
   * @param mark which entry of the legend frames it, or -1
   */
  record Cell(BufferedImage image, String text, int mark) {
    Cell(BufferedImage image, String text) {
      this(image, text, -1);
    }
  }

  ImageSheet(
      String title,
      List<String> columnLabels,
      List<String> rowLabels,
      List<List<Cell>> rows,
      int density) {
    this(title, columnLabels, rowLabels, rows, density, List.of());
  }

  ImageSheet(
      String title,
      List<String> columnLabels,
      List<String> rowLabels,
      List<List<Cell>> rows,
      int density,
      List<String> legend) {
    this.title = title;
    this.widestTitle = title;
    this.columnLabels = columnLabels;
    this.rowLabels = rowLabels;
    this.rows = rows;
    this.density = density;
    this.legend = legend;
  }

  /** Leaves room for the widest of these titles: sheets that differ in it are of one size. */
  ImageSheet roomFor(List<String> titles) {
    for (String other : titles) {
      if (width(other, Theme.title()) > width(widestTitle, Theme.title())) {
        widestTitle = other;
      }
    }
    return this;
  }

  private int gap() {
    return legend.isEmpty() ? GAP : GAP_OF_MARKED;
  }

  private int columns() {
    return rows.stream().mapToInt(List::size).max().orElse(0);
  }

  private int imageWidth() {
    return rows.get(0).get(0).image().getWidth();
  }

  private int imageHeight() {
    return rows.get(0).get(0).image().getHeight();
  }

  /** The largest whole scale at which the sheet is at most 900 wide and an image at most 112. */
  int automaticScale() {
    double room = (WIDEST - 2 * PAD - rowLabelWidth()) / columns() - gap();
    double side = Math.max(imageWidth(), imageHeight());
    return Math.max(
        1, (int) Math.min(density * LARGEST_IMAGE / side, density * room / imageWidth()));
  }

  private double rowLabelWidth() {
    double widest = rowLabels.stream().mapToDouble(l -> width(l, Theme.text())).max().orElse(0);
    return widest > 0 ? widest + 12 : 0;
  }

  private double cellWidth(int scale) {
    double widest = (double) imageWidth() * scale / density;
    for (List<Cell> row : rows) {
      for (Cell cell : row) {
        widest = Math.max(widest, width(cell.text(), Theme.text()) + 6);
      }
    }
    for (String label : columnLabels) {
      widest = Math.max(widest, width(label, Theme.text()) + 6);
    }
    return Math.ceil(widest);
  }

  /** Draws the sheet; its raster is {@code density} times its size in CSS pixels. */
  BufferedImage draw(int scale, String caption) {
    double left = PAD + rowLabelWidth();
    double cellWidth = cellWidth(scale);
    double imageHeight = Math.ceil((double) imageHeight() * scale / density);
    boolean hasTexts = rows.stream().flatMap(List::stream).anyMatch(c -> !c.text().isEmpty());
    double rowHeight = imageHeight + gap() + (hasTexts ? LINE : 0);
    double width = Math.max(left + columns() * (cellWidth + gap()) - gap() + PAD, minimumWidth());
    List<String> titleLines = wrap(title, Theme.title(), width - 2 * PAD);
    List<String> captionLines = wrap(caption, Theme.text(), width - 2 * PAD);
    int titleRows = wrap(widestTitle, Theme.title(), width - 2 * PAD).size();
    double top = PAD + titleRows * (Theme.TITLE_SIZE + 8.0) + 4;
    double first = top + (columnLabels.isEmpty() ? 0 : LINE);
    double bottom = first + rows.size() * rowHeight;
    List<List<Integer>> legendLines = MarkLegend.lines(legend, width - 2 * PAD);
    double belowLegend = bottom + legendLines.size() * LINE;
    double height =
        belowLegend + (captionLines.isEmpty() ? 0 : 4 + captionLines.size() * LINE) + PAD;
    BufferedImage sheet =
        new BufferedImage(
            (int) Math.ceil(width) * density,
            (int) Math.ceil(height) * density,
            BufferedImage.TYPE_INT_RGB);
    Graphics2D g = sheet.createGraphics();
    g.setColor(Theme.PAPER);
    g.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    g.scale(density, density);
    Theme.smooth(g);
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    g.setColor(Theme.INK);
    lines(g, titleLines, Theme.title(), PAD, PAD, Theme.TITLE_SIZE + 8);
    for (int c = 0; c < columnLabels.size(); c++) {
      centred(g, columnLabels.get(c), left + c * (cellWidth + gap()), cellWidth, top);
    }
    for (int r = 0; r < rows.size(); r++) {
      double y = first + r * rowHeight;
      if (r < rowLabels.size()) {
        g.setFont(Theme.text());
        g.drawString(rowLabels.get(r), PAD, (float) (y + imageHeight / 2 + LINE / 4.0));
      }
      for (int c = 0; c < rows.get(r).size(); c++) {
        double x = left + c * (cellWidth + gap());
        cell(g, rows.get(r).get(c), x, y, cellWidth, scale);
        centred(g, rows.get(r).get(c).text(), x, cellWidth, y + imageHeight);
      }
    }
    MarkLegend.draw(g, legend, legendLines, PAD, bottom, LINE);
    lines(g, captionLines, Theme.text(), PAD, belowLegend + 4, LINE);
    g.dispose();
    return sheet;
  }

  private double minimumWidth() {
    return Math.min(WIDEST, Math.max(260, 0.6 * width(widestTitle, Theme.title()) + 2 * PAD));
  }

  /** Places the image on whole pixels of the raster, so that no pixel of it is cut or blended. */
  private void cell(Graphics2D g, Cell cell, double x, double y, double cellWidth, int scale) {
    if (cell.image() == null) {
      return;
    }
    int w = cell.image().getWidth() * scale;
    int h = cell.image().getHeight() * scale;
    int px = (int) Math.round((x + (cellWidth - (double) w / density) / 2) * density);
    int py = (int) Math.round(y * density);
    Graphics2D raw = (Graphics2D) g.create();
    raw.setTransform(new AffineTransform());
    raw.drawImage(cell.image(), px, py, w, h, null);
    raw.dispose();
    if (cell.mark() >= 0) {
      double d = density;
      MarkLegend.frame(g, cell.mark(), px / d, py / d, w / d, h / d);
      g.setColor(Theme.INK);
    }
  }

  private static void centred(Graphics2D g, String text, double x, double width, double top) {
    g.setFont(Theme.text());
    double start = x + (width - width(text, Theme.text())) / 2;
    g.drawString(text, (float) start, (float) (top + Theme.TEXT_SIZE));
  }

  private static void lines(
      Graphics2D g, List<String> lines, Font font, double x, double top, int step) {
    g.setFont(font);
    for (int i = 0; i < lines.size(); i++) {
      g.drawString(lines.get(i), (float) x, (float) (top + font.getSize() + i * step));
    }
  }

  static double width(String text, Font font) {
    return text.isEmpty()
        ? 0
        : font.getStringBounds(text, new FontRenderContext(null, true, true)).getWidth();
  }

  private static List<String> wrap(String text, Font font, double room) {
    List<String> lines = new ArrayList<>();
    String line = "";
    for (String word : text.split("\\s+")) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (!line.isEmpty() && width(longer, font) > room) {
        lines.add(line);
        longer = word;
      }
      line = longer;
    }
    if (!line.isEmpty()) {
      lines.add(line);
    }
    return lines;
  }
}
