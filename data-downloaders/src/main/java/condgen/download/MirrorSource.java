package condgen.download;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The addresses of a file on the web, tried in the order of the manifest. */
final class MirrorSource implements Source {
  private final HttpDownload http;
  private final FetchListener listener;
  private final Set<String> unreachable = new HashSet<>();

  MirrorSource(HttpDownload http, FetchListener listener) {
    this.http = http;
    this.listener = listener;
  }

  @Override
  public String name() {
    return "the web";
  }

  @Override
  public String obtain(DataSet set, DataFile file, Path part)
      throws IOException, InterruptedException {
    Download download = file.download();
    if (download == null || download.urls().isEmpty()) {
      throw new FetchException("there is no address for " + file.name());
    }
    List<String> failures = new ArrayList<>();
    for (URI url : download.urls()) {
      if (unreachable.contains(url.getAuthority())) {
        failures.add(url.getAuthority() + " could not be reached before");
        continue;
      }
      try {
        fromOne(url, file, part);
        return url.toString();
      } catch (StorageException e) {
        throw e;
      } catch (FetchException e) {
        if (e instanceof NoConnectionException) {
          unreachable.add(url.getAuthority());
        }
        failures.add(e.getMessage());
        listener.note(e.getMessage());
      }
    }
    listener.note("no web address gave " + file.name());
    throw new FetchException(String.join("; ", failures));
  }

  private void fromOne(URI url, DataFile file, Path part) throws IOException, InterruptedException {
    Download download = file.download();
    boolean packed = download.unpack() != Unpack.NONE;
    Path raw = packed ? part.resolveSibling(download.name() + ".part") : part;
    boolean resumed = PartFile.length(raw) > 0;
    http.fetch(url, raw, download.content());
    Optional<String> difference = download.content().differenceFrom(raw);
    if (difference.isPresent() && resumed) {
      listener.note(raw.getFileName() + ": what was there before is damaged; starting again");
      Files.deleteIfExists(raw);
      http.fetch(url, raw, download.content());
      difference = download.content().differenceFrom(raw);
    }
    if (difference.isPresent()) {
      Files.deleteIfExists(raw);
      throw new FetchException(url + ": " + difference.get());
    }
    if (packed) {
      unpack(url, file, raw, part);
    }
  }

  private static void unpack(URI url, DataFile file, Path raw, Path part) throws IOException {
    try {
      file.download().unpack().apply(raw, part, file.content().bytesOr());
      if (!file.download().content().hasHash()) {
        Optional<String> difference = file.differenceFrom(part);
        if (difference.isPresent()) {
          throw new FetchException(url + ": " + file.name() + ": " + difference.get());
        }
      }
    } catch (StorageException e) {
      throw e; // The download is good and stays for the next try.
    } catch (IOException e) {
      Files.deleteIfExists(raw);
      throw e;
    }
    Files.delete(raw);
  }
}
