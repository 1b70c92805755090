package condgen.kernel;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command that tells Jupyter of this kernel. */
@Command(
    name = "Install",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the kernel specification \"java\" into a Jupyter data directory.",
      "One that another project has put there is renamed, never overwritten.",
      "Exit code 0: done, or with --show: ours and fit to start; 1: not so; 2: it failed."
    })
public final class Install implements Callable<Integer> {
  private static final String NAME = "java";
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  @Option(
      names = "--jupyter-dir",
      paramLabel = "DIR",
      required = true,
      description = "the data directory, as \"jupyter --data-dir\" prints it")
  private Path jupyter;

  @Option(names = "--show", description = "write nothing; say which kernel is installed")
  private boolean show;

  @Option(names = "--memory", paramLabel = "SIZE", description = "largest Java heap, such as 2g")
  private String memory;

  @Option(
      names = "--jvm-opt",
      paramLabel = "OPTION",
      description = "a further option of the kernel's JVM; may be repeated")
  private List<String> options = new ArrayList<>();

  @Option(
      names = "--toolkit",
      paramLabel = "DIR",
      description = "the jars that cells can use; default: \"toolkit\" beside the kernel's jars")
  private Path toolkit;

  @Spec private CommandSpec spec;

  private Install() {}

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(command().execute(arguments));
  }

  static CommandLine command() {
    return new CommandLine(new Install());
  }

  @Override
  public Integer call() {
    try {
      Path place = jupyter.toAbsolutePath().resolve("kernels").resolve(NAME);
      return show ? show(place) : install(place);
    } catch (IOException | URISyntaxException | IllegalArgumentException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return 2;
    }
  }

  private int show(Path place) {
    if (!Files.exists(place)) {
      out().println("kernel: none; there is no " + place);
      return 1;
    }
    KernelSpec found = KernelSpec.read(place);
    out().println("kernel: " + (found.own() ? "condgen" : "foreign") + ", " + place);
    out().println("command: " + String.join(" ", found.command()));
    found.faults().forEach(fault -> out().println("fault: " + fault));
    return found.own() && found.faults().isEmpty() ? 0 : 1;
  }

  private int install(Path place) throws IOException, URISyntaxException {
    Path kernelJars = kernelDirectory();
    Path cellJars =
        toolkit == null ? kernelJars.resolveSibling("toolkit") : toolkit.toAbsolutePath();
    if (memory != null && !memory.matches("\\d+[kKmMgG]")) {
      throw new IllegalArgumentException("--memory: expected a size such as 2g, got " + memory);
    }
    Path bin = Path.of(System.getProperty("java.home"), "bin");
    KernelSpec spec = KernelSpec.of(javaCommand(bin), kernelJars, cellJars, memory, options);
    Files.createDirectories(place.getParent());
    Path part = Files.createTempDirectory(place.getParent(), "java-part-");
    try {
      Files.writeString(part.resolve(KernelSpec.FILE), spec.toJson());
      makeRoom(place);
      Files.move(part, place);
    } finally {
      if (Files.exists(part)) {
        delete(part);
      }
    }
    out().println("installed the Java kernel in " + place);
    spec.faults().forEach(fault -> out().println("fault: " + fault));
    return spec.faults().isEmpty() ? 0 : 1;
  }

  /** The java command of a JDK, which has another name on Windows. */
  static Path javaCommand(Path bin) {
    Path windows = bin.resolve("java.exe");
    return Files.exists(windows) ? windows : bin.resolve("java");
  }

  private void makeRoom(Path place) throws IOException {
    if (!Files.exists(place)) {
      return;
    }
    if (KernelSpec.read(place).own()) {
      delete(place);
      return;
    }
    Path kept = place.resolveSibling("java-before-condgen-" + LocalDateTime.now().format(STAMP));
    for (int i = 2; Files.exists(kept); i++) {
      kept = place.resolveSibling(kept.getFileName() + "-" + i);
    }
    Files.move(place, kept);
    out()
        .println(
            "another project's kernel was named \"java\"; it is kept as \""
                + kept.getFileName()
                + "\" in "
                + kept.getParent());
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Where this class was loaded from: the directory of the kernel's jars. */
  private static Path kernelDirectory() throws URISyntaxException {
    Path here = Path.of(Install.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    return Files.isDirectory(here) ? here : here.getParent();
  }
}
