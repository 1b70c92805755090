package condgen.kernel;

/** The kernel itself, for cells: they call these without an import, as with IJava. */
public final class Kernel {
  private Kernel() {}

  /** The kernel that runs this cell; its renderer takes further renderers. */
  public static JavaKernel getKernelInstance() {
    return JavaKernel.current();
  }

  /**
   * Evaluates {@code code} as if it stood in a cell and returns the value of its last statement.
   *
   * @throws CellException if it does not compile or throws
   */
  public static Object eval(String code) throws Exception {
    return JavaKernel.current().evaluate(code);
  }

  /** Prints as {@link java.io.PrintStream#printf(String, Object...)} does. */
  public static void printf(String format, Object... arguments) {
    System.out.printf(format, arguments);
  }
}
