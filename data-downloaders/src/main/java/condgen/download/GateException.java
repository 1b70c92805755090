package condgen.download;

/** A person must do something before the data may be fetched; the message says what. */
public class GateException extends FetchException {
  private static final long serialVersionUID = 1;

  /**
   * @param message what is missing, what the user must do, and the command to give then
   */
  public GateException(String message) {
    super(message);
  }
}
