package condgen.download;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fetch doctor}: what may keep a fetch from working, and how to mend it. */
@Command(
    name = "doctor",
    description =
        "Looks for what may keep a fetch from working. Exit code 1 when something has to be mended.")
final class DoctorCommand implements Callable<Integer> {
  private static final long SMALL = 1_000_000_000L;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help and exit")
  private boolean help;

  @Option(
      names = "--web",
      description = "ask every address of the manifest for the length of its file, and report")
  private boolean web;

  @Mixin private final Place place = new Place();

  private final PrintStream out = System.out;
  private int troubles;

  @Override
  public Integer call() throws IOException, InterruptedException {
    DataCache cache = place.cache();
    good("Java " + System.getProperty("java.version"));
    checkDirectory(cache.root());
    Manifest manifest = checkManifest(cache);
    checkClients();
    checkProxy();
    checkLeftovers(cache, manifest);
    if (web) {
      checkAddresses(manifest);
    }
    out.println(troubles == 0 ? "nothing to mend" : troubles + " to mend");
    return troubles == 0 ? 0 : 1;
  }

  private void good(String text) {
    out.println("  ok    " + text);
  }

  private void note(String text) {
    out.println("  note  " + text);
  }

  private void bad(String text) {
    out.println("  MEND  " + text);
    troubles++;
  }

  private void checkDirectory(Path root) {
    Path there = root;
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    if (there == null || !Files.isDirectory(there) || !Files.isWritable(there)) {
      bad(
          "the cache "
              + root
              + " cannot be written: "
              + there
              + " is no directory that you may write; set CONDGEN_DATA to another");
      return;
    }
    try {
      long free = Files.getFileStore(there).getUsableSpace();
      String text = "the cache " + root + " has " + ConsoleListener.size(free) + " free";
      if (free < SMALL) {
        bad(text + ": delete something, or set CONDGEN_DATA to a larger disk");
      } else {
        good(text);
      }
    } catch (IOException e) {
      note("the free space of " + root + " is not known: " + e.getMessage());
    }
  }

  private Manifest checkManifest(DataCache cache) {
    try {
      Manifest manifest = Manifest.with(cache);
      good(
          manifest.ids().size()
              + " data sets are known, "
              + Manifest.ownEntries(cache).size()
              + " of them by your own entries in "
              + cache.root().resolve(Manifest.DIRECTORY));
      return manifest;
    } catch (IOException e) {
      bad(e.getMessage() + "; mend or remove that file");
      return Manifest.standard();
    }
  }

  private void checkClients() {
    condgen.download.Command command = new condgen.download.Command(System.getenv());
    FetchListener silent = FetchListener.SILENT;
    for (PackageClient client : List.of(new NpmClient(command), new AptClient(command, silent))) {
      client
          .missing()
          .ifPresentOrElse(
              m -> note(m + " is not on the PATH; only fetch --offline would use it"),
              () -> good(client.name() + " is there, for fetch --offline"));
    }
  }

  private void checkProxy() {
    for (String name : List.of("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY")) {
      if (System.getenv(name) != null && System.getProperty("https.proxyHost") == null) {
        note(
            name
                + " is set, which Java does not read: pass"
                + " JAVA_TOOL_OPTIONS='-Dhttps.proxyHost=HOST -Dhttps.proxyPort=PORT'");
        return;
      }
    }
  }

  /** What is there beside whole files: begun downloads, and names that nothing knows. */
  private void checkLeftovers(DataCache cache, Manifest manifest) throws IOException {
    for (DataSet set : manifest.all()) {
      Path directory = cache.directory(set.id());
      if (!Files.isDirectory(directory)) {
        continue;
      }
      Set<String> known = new LinkedHashSet<>(List.of(".lock", FirstUse.NAME, DropSource.NAME));
      for (DataFile file : set.files()) {
        known.add(file.placeIn(directory).getFileName().toString());
        known.add(file.name());
        known.add(file.name() + ".gz");
      }
      try (Stream<Path> files = Files.list(directory)) {
        for (Path file : files.sorted().toList()) {
          String name = file.getFileName().toString();
          if (name.endsWith(".part")) {
            note(file + " is a download that was interrupted; fetch " + set.id() + " continues it");
          } else if (!known.contains(name)) {
            note(file + " belongs to no file of " + set.id() + "; nothing reads it");
          }
        }
      }
      if (!Files.isWritable(directory)) {
        bad(directory + " cannot be written by you");
      }
    }
  }

  private void checkAddresses(Manifest manifest) throws InterruptedException {
    HttpClient client = HttpDownload.client(HttpDownload.Patience.USUAL).build();
    Set<URI> asked = new LinkedHashSet<>();
    for (DataSet set : manifest.all()) {
      for (DataFile file : set.files()) {
        if (file.download() != null) {
          for (URI url : file.download().urls()) {
            if (asked.add(url)) {
              report(set, url, answer(client, url), file.download().content());
            }
          }
        }
      }
    }
  }

  private void report(DataSet set, URI url, String answer, Fingerprint expected) {
    String known =
        expected.bytes() == null ? "" : String.format(", expected %,d", expected.bytes());
    note(set.id() + "  " + url + "  " + answer + known);
  }

  private static String answer(HttpClient client, URI url) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .timeout(HttpDownload.Patience.USUAL.connect())
            .method("HEAD", BodyPublishers.noBody())
            .build();
    try {
      HttpResponse<Void> response = client.send(request, BodyHandlers.discarding());
      long length = response.headers().firstValueAsLong("Content-Length").orElse(-1);
      return "answers "
          + response.statusCode()
          + (length < 0 ? "" : String.format(", %,d bytes", length));
    } catch (IOException e) {
      return "no connection (" + HttpDownload.reason(e) + ")";
    }
  }
}
