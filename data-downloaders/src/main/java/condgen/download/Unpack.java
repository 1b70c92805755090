package condgen.download;

import com.google.gson.annotations.SerializedName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** The step between a downloaded file and the file of the data set. */
public enum Unpack {
  /** The bytes are the file already. */
  @SerializedName("none")
  NONE,
  /** The file is one gzip stream. */
  @SerializedName("gunzip")
  GUNZIP;

  /**
   * Writes the unpacked content of one file into another.
   *
   * @param from what was downloaded; unchanged
   * @param to where the content goes; replaced
   * @param limit the number of bytes at which to stop, so that a small file cannot fill the disk;
   *     negative for no limit
   * @throws FetchException when the content is not of this kind, or longer than the limit
   */
  void apply(Path from, Path to, long limit) throws FetchException {
    try (InputStream raw = Files.newInputStream(from);
        InputStream content = this == GUNZIP ? new GZIPInputStream(raw, 1 << 16) : raw) {
      Copy.bounded(content, to, limit);
    } catch (StorageException e) {
      throw e;
    } catch (IOException e) {
      throw new FetchException("cannot unpack " + from + ": " + e.getMessage(), e);
    }
  }
}
