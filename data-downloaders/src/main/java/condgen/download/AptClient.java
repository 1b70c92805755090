package condgen.download;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code apt-get download}: fetches a Debian package without installing it; {@code dpkg-deb} turns
 * it into a tar. Debian drops old versions at point releases, so when the version of the manifest
 * is gone the present one is taken; what counts is the content of the files, which is checked.
 */
final class AptClient implements PackageClient {
  private final Command command;
  private final FetchListener listener;

  AptClient(Command command, FetchListener listener) {
    this.command = command;
    this.listener = listener;
  }

  @Override
  public String name() {
    return "apt";
  }

  @Override
  public Optional<String> missing() {
    return command.find("apt-get").isPresent() && command.find("dpkg-deb").isPresent()
        ? Optional.empty()
        : Optional.of("apt-get and dpkg-deb (Debian, Ubuntu)");
  }

  @Override
  public Path download(PackageEntry entry, Path into) throws IOException, InterruptedException {
    try {
      command.run(into, null, "apt-get", "-q", "download", entry.name() + "=" + entry.version());
    } catch (FetchException e) {
      listener.note(
          "apt has no " + entry.name() + " " + entry.version() + "; taking the version it has");
      anyVersion(entry, into);
    }
    Path tar = into.resolve("content.tar");
    Path deb = NpmClient.onlyFile(into, ".deb", "apt-get download " + entry.name());
    command.run(into, tar, "dpkg-deb", "--fsys-tarfile", deb.toString());
    return tar;
  }

  private void anyVersion(PackageEntry entry, Path into) throws IOException, InterruptedException {
    try {
      command.run(into, null, "apt-get", "-q", "download", entry.name());
    } catch (FetchException e) {
      throw new FetchException(
          e.getMessage() + " (when apt does not know the package: 'apt-get update' first)", e);
    }
  }
}
