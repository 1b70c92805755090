package condgen.notebook;

/** Thrown by {@link Check} when a claim does not hold, so that the cell and the notebook fail. */
public final class CheckFailure extends AssertionError {
  private static final long serialVersionUID = 1L;

  CheckFailure(String message) {
    super(message);
  }
}
