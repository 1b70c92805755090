package condgen.download;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
      description = "ask every address for the first byte and the length of its file, and report")
  private boolean web;

  @Parameters(
      paramLabel = "NAME",
      arity = "0..*",
      description = "with --web: only the addresses of these data sets")
  private final List<String> names = new ArrayList<>();

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
    checkSizes(cache, manifest);
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
    Path there = existing(root);
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
    if (System.getProperty("https.proxyHost") != null) {
      good("the proxy " + System.getProperty("https.proxyHost") + " of the JVM is used");
      return;
    }
    UnaryOperator<String> environment = System::getenv;
    Optional<String> variable = new EnvironmentProxy(environment).variable("https");
    if (variable.isEmpty()) {
      good("no proxy is set");
      return;
    }
    // The value may hold a password: only the host is shown.
    EnvironmentProxy.address(environment.apply(variable.get()))
        .ifPresentOrElse(
            a -> good("the proxy " + a.getHostString() + ":" + a.getPort() + " is used"),
            () -> bad(variable.get() + " must have the form http://HOST:PORT"));
    if (environment.apply(variable.get()).contains("@")) {
      note("name and password in " + variable.get() + " are not used");
    }
  }

  /** Which data sets that are not here would not fit on the disk as it is. */
  private void checkSizes(DataCache cache, Manifest manifest) {
    Path there = existing(cache.root());
    if (there == null) {
      return;
    }
    try {
      long free = Files.getFileStore(there).getUsableSpace();
      List<String> large =
          manifest.all().stream()
              .filter(set -> set.bytes() > free)
              .filter(set -> !ListCommand.state(set, cache.directory(set.id())).equals("there"))
              .map(set -> set.id() + " (" + ConsoleListener.size(set.bytes()) + ")")
              .toList();
      if (!large.isEmpty()) {
        note("there is not enough space for " + String.join(", ", large));
      }
    } catch (IOException e) {
      note("the free space of " + there + " is not known: " + e.getMessage());
    }
  }

  private void checkLock(Path directory) throws IOException {
    Path file = directory.resolve(".lock");
    if (!Files.isRegularFile(file) || !Files.isWritable(file)) {
      return;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        note("a fetch works in " + directory + " now; another would wait for it");
      }
    } catch (OverlappingFileLockException e) {
      note("a fetch works in " + directory + " now; another would wait for it");
    }
  }

  private static Path existing(Path root) {
    Path there = root;
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    return there;
  }

  /** What is there beside whole files: begun downloads, and names that nothing knows. */
  private void checkLeftovers(DataCache cache, Manifest manifest) throws IOException {
    for (DataSet set : manifest.all()) {
      Path directory = cache.directory(set.id());
      if (!Files.isDirectory(directory)) {
        continue;
      }
      checkLock(directory);
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
    List<DataSet> sets =
        names.isEmpty() ? manifest.all() : names.stream().map(manifest::get).toList();
    WebCheck check =
        new WebCheck(
            WebClient.plain(HttpDownload.Patience.USUAL.connect(), EnvironmentProxy.standard()),
            new DrivePage());
    for (DataSet set : sets) {
      for (DataFile file : set.files()) {
        if (file.download() == null || file.download().urls().isEmpty()) {
          continue;
        }
        String name = set.id() + "/" + file.name();
        if (set.gate() == Gate.LOGIN) {
          note(name + ": its address answers only with an account; not asked");
          continue;
        }
        boolean some = false;
        for (Download way : file.download().ways()) {
          for (URI url : way.urls()) {
            WebCheck.Answer answer = check.ask(url, expected(file, way));
            some |= answer.good();
            note(name + ": " + url + " " + answer.text());
          }
        }
        if (!some) {
          bad("no address has " + name);
        }
      }
    }
  }

  private static Fingerprint expected(DataFile file, Download way) {
    Fingerprint offered = way.content();
    boolean same = offered.bytes() == null && !way.isPacked();
    return same ? file.content() : offered;
  }
}
