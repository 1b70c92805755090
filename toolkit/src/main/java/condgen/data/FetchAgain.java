package condgen.data;

import java.io.IOException;
import java.io.UncheckedIOException;

/** What a data set that is one call says when its file cannot be read: why, and what helps. */
final class FetchAgain {
  private FetchAgain() {}

  /**
   * The exception to throw; its cause is a {@link DamagedDataException} with the same message.
   *
   * @param cause what the reader said
   * @param dataSet the name by which it is fetched
   */
  static UncheckedIOException after(IOException cause, String dataSet) {
    String message =
        cause.getMessage() + ". Fetch it again with: data-downloaders/fetch " + dataSet;
    return new UncheckedIOException(message, new DamagedDataException(message, cause));
  }
}
