package condgen.display;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.GraphicsEnvironment;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jfree.chart.plot.XYPlot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;

class ChartTest {
  static Stream<String> names() {
    return Gallery.charts().keySet().stream();
  }

  private static Chart<?> chart(String name) {
    return Gallery.charts().get(name);
  }

  @ParameterizedTest
  @MethodSource("names")
  void pngDecodesAtTheDisplaySizeOrTwiceThatAndIsSmall(String name) throws IOException {
    Picture picture = chart(name).picture();
    byte[] png = picture.png().orElseThrow();
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    int density = image.getWidth() / picture.width();
    assertTrue(density == 1 || density == 2 && png.length <= 16_000, "density " + density);
    assertEquals(density * picture.width(), image.getWidth());
    assertEquals(density * picture.height(), image.getHeight());
    assertTrue(png.length < 60_000, "bytes: " + png.length);
    assertEquals(0xFFFFFFFF, image.getRGB(1, 1), "the paper is exactly white");
  }

  @ParameterizedTest
  @MethodSource("names")
  void legendCoversNoDataAndLiesOnTheSheet(String name) {
    Chart.Layout layout = chart(name).layout();
    Rectangle2D sheet = new Rectangle2D.Double(0, 0, layout.width(), layout.height());
    assertTrue(sheet.contains(layout.plotArea()));
    for (Rectangle2D entry : layout.legend()) {
      assertFalse(entry.intersects(layout.plotArea()), entry + " over " + layout.plotArea());
      assertTrue(sheet.contains(entry), entry + " off " + sheet);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void titleLabelsFontsAndAlternativeArePresent(String name) {
    Chart<?> chart = chart(name);
    XYPlot plot = chart.plot();
    String alt = chart.picture().alt();
    assertAll(
        () -> assertEquals(chart.xLabel, plot.getDomainAxis().getLabel()),
        () -> assertEquals(chart.yLabel, plot.getRangeAxis().getLabel()),
        () -> assertTrue(plot.getDomainAxis().getTickLabelFont().getSize() >= 19),
        () -> assertTrue(plot.getRangeAxis().getTickLabelFont().getSize() >= 19),
        () -> assertTrue(alt.startsWith(chart.title + ". "), alt),
        () -> assertTrue(alt.contains(chart.xLabel), alt));
  }

  @Test
  void legendHasOneEntryForEachNamedSeries() {
    assertEquals(7, Gallery.manyLines().layout().legend().size());
    assertEquals(1, Gallery.phasePortrait().layout().legend().size());
    assertEquals(3, Gallery.histogram().layout().legend().size());
  }

  @Test
  void nothingNeedsAScreen() {
    assertEquals("true", System.getProperty("java.awt.headless"));
    assertTrue(GraphicsEnvironment.isHeadless());
  }

  @Test
  void svgIsWellFormedAndCarriesTheAlternative() throws Exception {
    Picture picture = Gallery.logLog().picture();
    String svg = picture.svg().orElseThrow();
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    assertEquals("svg", document.getDocumentElement().getTagName());
    assertEquals(picture.alt(), document.getElementsByTagName("title").item(0).getTextContent());
    assertFalse(svg.contains("http://") && svg.contains("<script"), "nothing is loaded");
  }

  @Test
  void svgIsThereOnlyOnRequest() {
    assertTrue(Gallery.scatter().picture().svg().isEmpty());
    assertFalse(Gallery.scatter().picture().bundle().containsKey("text/html"));
    String html = (String) Gallery.line().picture().bundle().get("text/html");
    assertTrue(html.startsWith("<img src=\"data:image/svg+xml;base64,"), html.substring(0, 40));
  }

  @Test
  void sizeIsExactlyWhatWasAskedFor() {
    Picture picture = Gallery.line().size(500, 400).picture();
    assertEquals(500, picture.width());
    assertEquals(400, picture.height());
  }

  @Test
  void equalScalesGiveEveryUnitTheSameLength() {
    FieldChart chart = Gallery.phasePortrait();
    Rectangle2D area = chart.layout().plotArea();
    assertEquals(area.getWidth(), area.getHeight(), 1.5, "a square window is drawn square");
  }

  @Test
  void fieldGridDoesNotDependOnTheOrderOfCalls() {
    FieldChart.Field f = (a, b) -> new double[] {b, -a};
    XYPlot before =
        Charts.vectorField("T", "a", "b").equalScales().arrowsAcross(6).field(f, 0, 3, 0, 2).plot();
    XYPlot after =
        Charts.vectorField("T", "a", "b").field(f, 0, 3, 0, 2).arrowsAcross(6).equalScales().plot();
    for (XYPlot plot : List.of(before, after)) {
      assertEquals(24, plot.getDataset(0).getItemCount(0), "6 across, 4 up");
      assertEquals(0.25, plot.getDataset(0).getXValue(0, 0), 1e-12);
      assertEquals(1.75, plot.getDataset(0).getYValue(0, 23), 1e-12);
    }
  }

  @Test
  void fieldThatGivesNoVectorIsNamed() {
    FieldChart chart = Charts.vectorField("T", "a", "b").field((a, b) -> new double[3], 0, 1, 0, 1);
    assertMessage("f must return 2 components, but returned 3", chart::picture);
  }

  @Test
  void captionAndGapsAreToldInTheAlternative() {
    String alt = Gallery.band().picture().alt();
    assertTrue(alt.contains("The spread stays while the mean falls."), alt);
    assertTrue(alt.contains("Not drawn: 1 value of 'mean of 64 digits' (NaN or infinite)."), alt);
  }

  @Test
  void outlinesAreOneSeriesAndTheirGapsAreNotTold() {
    double[][] x = {{0, 1}, {2, 3, 4}};
    XyChart chart = Charts.scatter("T", "x", "y").outlines("lines", x, x);
    String alt = chart.points("a", x[0], x[0]).picture().alt();
    assertTrue(alt.contains("Scatter plot of lines, a; horizontally x from 0 to 4"), alt);
    assertFalse(alt.contains("Not drawn"), alt);
    assertMessage(
        "x and y of 'b' must hold one array for each line, but hold 2 and 1",
        () -> chart.outlines("b", x, new double[][] {{1, 2}}));
    assertMessage(
        "y of line 1 of 'b' must have as many values as x (3), but has 1",
        () -> chart.outlines("b", x, new double[][] {{1, 2}, {1}}));
  }

  @Test
  void alternativeCanBeReplacedButGapsAreStillTold() {
    String alt = Gallery.band().alt("My words.").picture().alt();
    assertTrue(alt.startsWith("My words. Not drawn: 1 value"), alt);
  }

  @Test
  void dataThatIsNotFiniteEverywhereIsDrawnEmptyAndTold() {
    double[] x = {Double.NaN, Double.POSITIVE_INFINITY};
    Picture picture = Charts.line("Lost", "t [s]", "x [m]").series("a", x, x).picture();
    assertTrue(picture.alt().contains("Not drawn: 2 values of 'a'"), picture.alt());
  }

  @Test
  void referenceSlopeIsAStraightLineOfThatOrder() {
    double[] h = {0.1, 1};
    XYPlot plot =
        Charts.logLog("T", "h", "e")
            .series("s", h, new double[] {0.01, 1})
            .referenceSlope(2)
            .plot();
    double low = plot.getDataset(1).getYValue(0, 0);
    double high = plot.getDataset(1).getYValue(0, 1);
    assertEquals(2, Math.log10(high / low), 1e-12);
    assertTrue(high < 1, "below the series");
  }

  @Test
  void emptyOrUnequalDataNamesTheArgument() {
    XyChart chart = Charts.line("T", "x", "y");
    assertMessage(
        "x of series 'a' must hold at least one value, but is empty",
        () -> chart.series("a", new double[0], new double[0]));
    assertMessage(
        "y of series 'a' must have as many values as x (2), but has 1",
        () -> chart.series("a", new double[2], new double[1]));
    assertMessage(
        "name must be a text, but is empty", () -> chart.series(" ", new double[1], new double[1]));
    assertMessage("title must be a text, but is null", () -> Charts.line(null, "x", "y"));
    assertMessage("xLabel must be a text, but is empty", () -> Charts.line("T", "", "y"));
    assertMessage(
        "xRange must go from a smaller to a larger finite number, but goes from 1.0 to 1.0",
        () -> chart.xRange(1, 1));
  }

  @Test
  void valuesThatAreNotPositiveHaveNoPlaceOnALogarithmicAxis() {
    XyChart chart =
        Charts.logLog("T", "h", "e").series("a", new double[] {1, 2}, new double[] {1, 0});
    assertMessage(
        "y of series 'a' must be positive on a logarithmic axis, but value 1 is 0.0",
        chart::picture);
  }

  @Test
  void heatMapNeedsEqualRows() {
    assertMessage(
        "values[1] must have as many values as values[0] (2), but has 1",
        () -> Charts.heatMap("T", "x", "y", new double[][] {{1, 2}, {3}}, "v"));
  }

  @Test
  void emptyChartSaysWhatToAdd() {
    assertThrows(IllegalStateException.class, () -> Charts.line("T", "x", "y").picture());
    assertThrows(IllegalStateException.class, () -> Charts.vectorField("T", "x", "y").picture());
    assertThrows(IllegalStateException.class, () -> Charts.histogram("T", "x").picture());
  }

  private static void assertMessage(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
