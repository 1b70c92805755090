package condgen.notebook;

import condgen.display.Screen;
import java.lang.reflect.InvocationTargetException;
import java.util.List;

/**
 * Finds out whether this process is a notebook's kernel, and if so shows pictures there. Knows two
 * kernels, condgen's own and IJava, by the one static method they share. This class itself needs no
 * kernel on the class path.
 */
public final class KernelScreen {
  /** Classes whose {@code getKernelInstance()} returns the running kernel; the first one wins. */
  static final List<String> KERNELS =
      List.of("condgen.kernel.Kernel", "io.github.spencerpark.ijava.IJava");

  private KernelScreen() {}

  /**
   * Installs a screen that shows pictures below the running cell, and teaches the kernel to show
   * pictures, tables and arrays that are a cell's last value. Without a kernel nothing changes.
   *
   * @return whether there is a kernel
   */
  public static boolean installIfPresent() {
    for (String name : KERNELS) {
      Object kernel = kernel(name);
      if (kernel != null) {
        Screen.install(BasekernelScreen.on(kernel));
        return true;
      }
    }
    return false;
  }

  private static Object kernel(String className) {
    try {
      return Class.forName(className).getMethod("getKernelInstance").invoke(null);
    } catch (ClassNotFoundException | NoSuchMethodException | IllegalAccessException e) {
      return null;
    } catch (InvocationTargetException | LinkageError e) {
      return null; // The class is there, but no kernel runs.
    }
  }
}
