package condgen.experiment;

/** Sees the rows of an ablation as they become known, on the thread that runs it. */
@FunctionalInterface
public interface AblationObserver {

  /** Sees nothing. */
  AblationObserver NONE = (done, total, row) -> {};

  /** Prints a line for each row. */
  AblationObserver PRINT =
      (done, total, row) -> System.out.println("row " + done + " of " + total + ": " + row);

  /**
   * Called for each row.
   *
   * @param done rows known so far, with this one
   * @param total rows in all
   * @param row what became known
   */
  void row(int done, int total, AblationRow row);
}
