package condgen.download;

/** What the commands tell the shell. The numbers are part of the interface. */
final class ExitCode {
  /** All is done and right. */
  static final int DONE = 0;

  /** Something could not be fetched, is damaged, or failed otherwise. */
  static final int FAILED = 1;

  /** The command line is wrong: an unknown name or option. */
  static final int USAGE = 2;

  /** A person must do something first: accept terms, log in, obtain files by hand. */
  static final int GATE = 3;

  /** The local disk is full or cannot be written. */
  static final int STORAGE = 4;

  /** The lines of the help text. */
  static final String HELP =
      "Exit codes: 0 done; 1 something is missing, damaged or failed; 2 wrong usage; 3 a person"
          + " must do something first (accept terms, log in, obtain files by hand); 4 the disk is"
          + " full or cannot be written.";

  private ExitCode() {}

  /** The code of a failure. */
  static int of(Exception e) {
    if (e instanceof UnknownDataSetException) {
      return USAGE;
    }
    if (e instanceof GateException) {
      return GATE;
    }
    return e instanceof StorageException ? STORAGE : FAILED;
  }
}
