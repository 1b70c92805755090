package condgen.download;

/** A server could not be reached at all; its other files need not be tried now. */
class NoConnectionException extends FetchException {
  private static final long serialVersionUID = 1;

  NoConnectionException(String message, Throwable cause) {
    super(message, cause);
  }
}
