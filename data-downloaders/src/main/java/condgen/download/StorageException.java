package condgen.download;

/** The local disk is the trouble (full, not writable): another mirror would not help. */
public class StorageException extends FetchException {
  private static final long serialVersionUID = 1;

  /**
   * @param message which directory, how many bytes are needed and how many are there
   */
  public StorageException(String message) {
    super(message);
  }

  /**
   * @param message which file could not be written and why
   * @param cause the error of the file system
   */
  public StorageException(String message, Throwable cause) {
    super(message, cause);
  }
}
