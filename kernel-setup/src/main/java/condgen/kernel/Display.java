package condgen.kernel;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.util.UUID;

/**
 * Shows values below the running cell. Cells call these without an import; the methods are those of
 * IJava's {@code Display}.
 */
public final class Display {
  private Display() {}

  /** Renders {@code value} in its preferred form without showing it. */
  public static DisplayData render(Object value) {
    return JavaKernel.current().render(value);
  }

  /** Renders {@code value} as the given media types, such as {@code text/html}. */
  public static DisplayData render(Object value, String... as) {
    return JavaKernel.current().render(value, as);
  }

  /** Shows {@code value} and returns the id by which {@link #updateDisplay} can replace it. */
  public static String display(Object value) {
    return show(render(value));
  }

  /** Shows {@code value} as the given media types; returns its id. */
  public static String display(Object value, String... as) {
    return show(render(value, as));
  }

  private static String show(DisplayData data) {
    if (!data.hasDisplayId()) {
      data.setDisplayId(UUID.randomUUID().toString());
    }
    JavaKernel.current().display(data);
    return data.getDisplayId();
  }

  /** Replaces what {@link #display(Object)} has shown under {@code id}; from any thread. */
  public static void updateDisplay(String id, Object value) {
    JavaKernel.current().update(id, render(value));
  }

  /** Replaces what is shown under {@code id} by {@code value} as the given media types. */
  public static void updateDisplay(String id, Object value, String... as) {
    JavaKernel.current().update(id, render(value, as));
  }
}
