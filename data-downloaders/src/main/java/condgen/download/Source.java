package condgen.download;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** One way to obtain the files of a data set. */
interface Source extends Closeable {
  /** What this is, as the subject of a sentence: "the cache". */
  String name();

  /**
   * Writes the content of a file of a data set; the caller checks it.
   *
   * @param part where it goes; replaced
   * @return where exactly it came from, for the user
   * @throws StorageException when the disk is the trouble
   * @throws FetchException saying why this source does not have the file
   */
  String obtain(DataSet set, DataFile file, Path part) throws IOException, InterruptedException;

  /** Whether it may be asked for data sets with this gate. */
  default boolean serves(Gate gate) {
    return gate == Gate.NONE || gate == Gate.ACCEPT;
  }

  /** Whether it can see without asking anybody that it has a file. */
  default boolean holds(DataSet set, DataFile file) {
    return false;
  }

  /** Whether it has a file on the same disk, and gives it a second name without copying. */
  default boolean links(DataSet set, DataFile file, Path directory) {
    return false;
  }

  /** Frees what this source keeps between two files. */
  @Override
  default void close() throws IOException {}
}
