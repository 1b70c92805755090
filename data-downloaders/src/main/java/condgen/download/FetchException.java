package condgen.download;

import java.io.IOException;

/** A data set could not be fetched; the message names the file, what was expected and what came. */
public class FetchException extends IOException {
  private static final long serialVersionUID = 1;

  /**
   * @param message the whole story for the user
   */
  public FetchException(String message) {
    super(message);
  }

  /**
   * @param message the whole story for the user
   * @param cause what failed underneath
   */
  public FetchException(String message, Throwable cause) {
    super(message, cause);
  }
}
