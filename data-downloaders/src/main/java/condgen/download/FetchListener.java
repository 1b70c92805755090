package condgen.download;

/** Hears how a fetch goes on. All methods do nothing unless overridden. */
public interface FetchListener {
  /** A listener that ignores everything. */
  FetchListener SILENT = new FetchListener() {};

  /**
   * Something the user should read.
   *
   * @param text one sentence
   */
  default void note(String text) {}

  /**
   * A file is being transferred. Called often.
   *
   * @param file its name
   * @param bytes how many bytes are there
   * @param total how many there will be; negative when unknown
   */
  default void progress(String file, long bytes, long total) {}

  /**
   * The transfer of a file is over, well or not.
   *
   * @param file its name
   */
  default void finished(String file) {}
}
