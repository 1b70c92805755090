package condgen.kernel;

/**
 * Ends a cell that was interrupted. It is an {@link Error} so that a cell's {@code catch (Exception
 * e)} does not swallow it.
 */
public final class CellInterrupted extends Error {
  private static final long serialVersionUID = 1L;

  CellInterrupted() {
    super("the cell was interrupted");
  }
}
