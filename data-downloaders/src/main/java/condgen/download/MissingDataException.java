package condgen.download;

/**
 * A file of a data set is not there. The message says which file, where it was looked for, and the
 * command that fetches it. Unchecked, so that a notebook cell can read data in one line.
 */
public class MissingDataException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * @param message which file, where, and how to fetch it
   */
  public MissingDataException(String message) {
    super(message);
  }
}
