package condgen.download;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The addresses of a file on the web, tried in the order of the manifest. */
final class MirrorSource implements Source {
  private final HttpDownload http;
  private final FetchListener listener;
  private final Set<String> unreachable = new HashSet<>();
  private final Map<URI, String> useless = new HashMap<>();
  private final Map<Path, Path> unpacked = new HashMap<>();

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
    for (Download way : download.ways()) {
      for (URI url : way.urls()) {
        if (obtain(url, way, set, file, part, failures)) {
          return url.toString();
        }
      }
    }
    listener.note("no web address gave " + file.name());
    throw new FetchException(String.join("; ", failures));
  }

  /** Tries one address; a failure is added to the list. */
  private boolean obtain(
      URI url, Download way, DataSet set, DataFile file, Path part, List<String> failures)
      throws IOException, InterruptedException {
    if (unreachable.contains(url.getAuthority())) {
      failures.add(url.getAuthority() + " could not be reached before");
      return false;
    }
    if (useless.containsKey(url)) {
      failures.add(useless.get(url));
      return false;
    }
    try {
      if (way.member() == null) {
        fromOne(url, way, file, part);
      } else {
        fromArchive(url, way, set, part);
      }
      return true;
    } catch (StorageException e) {
      throw e;
    } catch (FetchException e) {
      if (e instanceof NoConnectionException) {
        unreachable.add(url.getAuthority());
      }
      useless.put(url, e.getMessage());
      failures.add(e.getMessage());
      listener.note(e.getMessage());
      return false;
    }
  }

  /** Takes all members of an archive out at once and keeps them until this is closed. */
  private void fromArchive(URI url, Download way, DataSet set, Path part)
      throws IOException, InterruptedException {
    Path raw = part.resolveSibling(way.partName());
    Path content = unpacked.get(raw);
    if (content == null) {
      receive(url, way, raw);
      Workplace work = Workplace.forArchive(part.toAbsolutePath().getParent());
      content = work.create(way.name());
      try {
        SafeTar.extract(raw, members(set, way), content);
      } catch (StorageException e) {
        work.clear();
        throw e; // The download is good and stays for the next try.
      } catch (IOException e) {
        work.clear();
        Files.deleteIfExists(raw);
        throw new FetchException(url + ": " + e.getMessage(), e);
      }
      unpacked.put(raw, content);
    }
    Files.move(content.resolve(way.member()), part, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The paths that the files of a data set have in one archive. */
  private static Set<String> members(DataSet set, Download archive) {
    return set.files().stream()
        .map(DataFile::download)
        .filter(d -> d != null && d.member() != null && d.name().equals(archive.name()))
        .map(Download::member)
        .collect(Collectors.toSet());
  }

  /** Removes the archives that served and what is left of their content. */
  @Override
  public void close() throws IOException {
    for (Map.Entry<Path, Path> archive : unpacked.entrySet()) {
      Workplace.clear(archive.getValue().getParent());
      Files.deleteIfExists(archive.getKey());
    }
    unpacked.clear();
  }

  private void fromOne(URI url, Download way, DataFile file, Path part)
      throws IOException, InterruptedException {
    boolean packed = way.unpack() != Unpack.NONE;
    Path raw = packed ? part.resolveSibling(way.partName()) : part;
    receive(url, way, raw);
    if (packed) {
      unpack(url, way, file, raw, part);
    }
  }

  /** Downloads what an address sends and compares it with what is known of it. */
  private void receive(URI url, Download download, Path raw)
      throws IOException, InterruptedException {
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
  }

  private static void unpack(URI url, Download way, DataFile file, Path raw, Path part)
      throws IOException {
    try {
      way.unpack().apply(raw, part, file.content().bytesOr());
      if (!way.content().hasHash()) {
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
