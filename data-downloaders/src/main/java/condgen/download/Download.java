package condgen.download;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a file is obtained from the web.
 *
 * @param name the name on the servers, such as {@code train-images-idx3-ubyte.gz}
 * @param content length and hashes of what the servers send
 * @param unpack the step from there to the file of the data set
 * @param urls the mirrors, best first
 * @param member the path of the file inside a tar archive, relative, with slashes; null when the
 *     servers send the file by itself. Several files may lie in one archive
 * @param also other packings of the same file, tried afterwards, in order: each has a name of its
 *     own, and the file's own hash tells whether it is the same
 */
public record Download(
    String name,
    Fingerprint content,
    Unpack unpack,
    List<URI> urls,
    String member,
    List<Download> also) {
  /** Fills in what a manifest may leave out. */
  public Download {
    content = content == null ? Fingerprint.UNKNOWN : content;
    unpack = unpack == null ? Unpack.NONE : unpack;
    urls = urls == null ? List.of() : List.copyOf(urls);
    also = also == null ? List.of() : List.copyOf(also);
  }

  /** A file that the servers send by itself, packed or not. */
  public Download(String name, Fingerprint content, Unpack unpack, List<URI> urls) {
    this(name, content, unpack, urls, null);
  }

  /** A file inside an archive, or by itself, in no other packing. */
  public Download(String name, Fingerprint content, Unpack unpack, List<URI> urls, String member) {
    this(name, content, unpack, urls, member, null);
  }

  /** This and the other packings, in the order in which they are tried. */
  List<Download> ways() {
    return Stream.concat(Stream.of(this), also.stream()).toList();
  }

  /** The name of what has come so far, beside the file's own part file. */
  String partName() {
    return name + ".part";
  }

  /** Whether what the servers send must be taken apart, which needs space for both. */
  boolean isPacked() {
    return member != null || unpack != Unpack.NONE;
  }
}
