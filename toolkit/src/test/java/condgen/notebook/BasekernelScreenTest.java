package condgen.notebook;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import com.google.gson.Gson;
import condgen.display.Charts;
import condgen.display.Drawable;
import condgen.display.Picture;
import condgen.display.Screen;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.LanguageInfo;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** The same library that IJava is built on, so that what holds here holds there. */
class BasekernelScreenTest {
  private static final class Kernel extends BaseKernel {
    final List<DisplayData> shown = new ArrayList<>();

    @Override
    public void display(DisplayData data) {
      shown.add(data);
    }

    @Override
    public DisplayData eval(String code) {
      return DisplayData.EMPTY;
    }

    @Override
    public LanguageInfo getLanguageInfo() {
      return new LanguageInfo.Builder("Java").build();
    }
  }

  private final Kernel kernel = new Kernel();
  private final Screen screen = BasekernelScreen.on(kernel);

  private static Drawable chart() {
    double[] x = {0, 1, 2};
    return Charts.line("Title \"quoted\"", "t [s]", "x [m]").series("a", x, x);
  }

  private DisplayData render(Object value) {
    return kernel.getRenderer().render(value);
  }

  @Test
  void pngArrivesWholeWithItsSizeAndWords() {
    Picture picture = chart().picture();
    DisplayData data = render(picture);
    byte[] bytes = Base64.getDecoder().decode((String) data.getData(MIMEType.IMAGE_PNG));
    assertArrayEquals(picture.png().orElseThrow(), bytes);
    assertEquals(picture.alt(), data.getData(MIMEType.TEXT_PLAIN));
    assertFalse(data.hasDataForType(MIMEType.TEXT_HTML));
    assertFalse(data.hasDataForType(MIMEType.IMAGE_SVG));
    String json = json(data);
    assertTrue(json.contains("\"image/png\":{\"") && json.contains("\"width\":760"), json);
    assertTrue(json.contains("\"alt\":\"Title \\\"quoted\\\". Line chart"), json);
  }

  @Test
  void chartThatWasNotTurnedIntoAPictureIsShownAllTheSame() {
    assertTrue(render(chart()).hasDataForType(MIMEType.IMAGE_PNG));
  }

  @Test
  void requestedTypeAloneIsGiven() {
    DisplayData data = kernel.getRenderer().renderAs(chart(), "image/png");
    assertTrue(data.hasDataForType(MIMEType.IMAGE_PNG));
  }

  @Test
  void svgIsGivenWhenItIsThereAndRequested() {
    double[] x = {0, 1};
    Picture picture = Charts.line("T", "t [s]", "x [m]").series("a", x, x).svg().picture();
    DisplayData data = kernel.getRenderer().renderAs(picture, "image/svg+xml");
    assertEquals(picture.svg().orElseThrow(), data.getData(MIMEType.IMAGE_SVG));
    assertFalse(data.hasDataForType(MIMEType.IMAGE_PNG));
    assertFalse(render(picture).hasDataForType(MIMEType.IMAGE_SVG));
  }

  @Test
  void tableIsShownAsHtmlAndText() {
    DisplayData data = render(Table.create("T", IntColumn.create("n", new int[] {7})));
    assertTrue(((String) data.getData(MIMEType.TEXT_HTML)).contains(">7</td>"));
    assertTrue(((String) data.getData(MIMEType.TEXT_PLAIN)).startsWith("T\n"));
  }

  @Test
  void arrayIsShownByShapeTypeDeviceAndFirstValues() {
    try (Scope scope = Scope.open()) {
      NDArray array = Tensors.of(1, 2.5, 3);
      String text = (String) render(array).getData(MIMEType.TEXT_PLAIN);
      assertTrue(text.contains("(3)") && text.contains("float32") && text.contains("2.5"), text);
      array.close();
      assertEquals("NDArray (closed)", render(array).getData(MIMEType.TEXT_PLAIN));
    }
  }

  @Test
  void showGivesEachPictureAnIdOfItsOwn() {
    String first = screen.show(chart().picture());
    String second = screen.show(chart().picture());
    assertNotEquals(first, second);
    assertEquals(first, kernel.shown.get(0).getDisplayId());
    assertTrue(kernel.shown.get(1).hasDataForType(MIMEType.IMAGE_PNG));
  }

  @Test
  void updateOutsideACellIsHarmless() {
    screen.update("gone", chart().picture());
    assertTrue(kernel.shown.isEmpty());
  }

  @Test
  void withoutAKernelTheScreenStaysAsItIs() {
    Screen before = Screen.current();
    assertFalse(KernelScreen.installIfPresent());
    assertEquals(before, Screen.current());
  }

  private static String json(DisplayData data) {
    return new Gson().toJson(data);
  }
}
