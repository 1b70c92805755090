package condgen.data;

import java.io.IOException;

/**
 * A data file is not what it should be: truncated, too long, or of another format. The message
 * names the file, what was expected and what was found. Nothing of the file was used. Where data
 * are a convenience of one call and no exception is declared, an {@link
 * java.io.UncheckedIOException} with the same message carries it.
 */
public class DamagedDataException extends IOException {
  private static final long serialVersionUID = 1;

  /**
   * @param message file, expected, found
   */
  public DamagedDataException(String message) {
    super(message);
  }

  /**
   * @param message file, expected, found
   * @param cause the error underneath
   */
  public DamagedDataException(String message, Throwable cause) {
    super(message, cause);
  }
}
