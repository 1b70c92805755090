package condgen.download;

import java.net.URI;
import java.util.List;

/**
 * How a file is obtained from the web.
 *
 * @param name the name on the servers, such as {@code train-images-idx3-ubyte.gz}
 * @param content length and hashes of what the servers send
 * @param unpack the step from there to the file of the data set
 * @param urls the mirrors, best first
 */
public record Download(String name, Fingerprint content, Unpack unpack, List<URI> urls) {
  /** Fills in what a manifest may leave out. */
  public Download {
    content = content == null ? Fingerprint.UNKNOWN : content;
    unpack = unpack == null ? Unpack.NONE : unpack;
    urls = urls == null ? List.of() : List.copyOf(urls);
  }
}
