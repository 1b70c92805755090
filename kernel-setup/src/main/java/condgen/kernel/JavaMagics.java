package condgen.kernel;

import io.github.spencerpark.jupyter.kernel.magic.common.Load;
import io.github.spencerpark.jupyter.kernel.magic.registry.CellMagicFunction;
import io.github.spencerpark.jupyter.kernel.magic.registry.LineMagicFunction;
import io.github.spencerpark.jupyter.kernel.magic.registry.Magics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** The commands of a cell that start with {@code %}. */
public final class JavaMagics {
  private static final List<String> SOURCES = List.of(".jsh", ".jshell", ".java", ".ijava");

  private final Magics registry = new Magics();
  private final SortedSet<String> lineNames = new TreeSet<>();
  private final SortedSet<String> cellNames = new TreeSet<>();
  private final JavaKernel kernel;
  private final MavenResolver maven = new MavenResolver();

  JavaMagics(JavaKernel kernel) {
    this.kernel = kernel;
    line(this::classPath, "classpath");
    line(this::jars, "jars");
    line(this::maven, "maven", "addMavenDependency", "addMavenDependencies");
    line(this::mavenRepository, "mavenRepo");
    line(this::loadPomFile, "loadFromPOM");
    line(new Load(SOURCES, kernel::evaluate)::load, "load");
    cell((arguments, body) -> loadPom(body), "loadFromPOM");
    // Both forms of time are parts of the cell's own code: see MagicSource and JavaKernel.
    lineNames.add("time");
    cellNames.add("time");
  }

  private interface Command {
    void run(List<String> arguments) throws Exception;
  }

  private void line(Command command, String... names) {
    for (String name : names) {
      register(
          name,
          (LineMagicFunction<Object>)
              arguments -> {
                command.run(arguments);
                return null;
              });
    }
  }

  private void cell(CellMagicFunction<Object> command, String name) {
    register(name, command);
  }

  /** Adds a command {@code %name}. */
  public void register(String name, LineMagicFunction<?> command) {
    registry.registerLineMagic(name, command);
    lineNames.add(name);
  }

  /** Adds a command {@code %%name}. */
  public void register(String name, CellMagicFunction<?> command) {
    registry.registerCellMagic(name, command);
    cellNames.add(name);
  }

  /** The names of the {@code %} commands. */
  public SortedSet<String> lineNames() {
    return java.util.Collections.unmodifiableSortedSet(lineNames);
  }

  /** The names of the {@code %%} commands. */
  public SortedSet<String> cellNames() {
    return java.util.Collections.unmodifiableSortedSet(cellNames);
  }

  <T> T line(String name, List<String> arguments) throws Exception {
    require("%", name, lineNames);
    return registry.applyLineMagic(name, arguments);
  }

  <T> T cell(String name, List<String> arguments, String body) throws Exception {
    require("%%", name, cellNames);
    return registry.applyCellMagic(name, arguments, body);
  }

  private static void require(String sign, String name, SortedSet<String> known) {
    if (!known.contains(name)) {
      throw new IllegalArgumentException(
          "there is no command "
              + sign
              + name
              + "; there are "
              + sign
              + String.join(", " + sign, known));
    }
  }

  private void classPath(List<String> arguments) throws IOException {
    addAll(arguments, "classpath");
  }

  private void jars(List<String> arguments) throws IOException {
    addAll(arguments, "jars");
  }

  private void addAll(List<String> globs, String command) throws IOException {
    if (globs.isEmpty()) {
      throw new IllegalArgumentException("%" + command + " expects paths, got none");
    }
    List<Path> found = new ArrayList<>();
    for (String glob : globs) {
      List<Path> paths = ClassPaths.matches(glob);
      if (paths.isEmpty()) {
        throw new IllegalArgumentException("%" + command + ": nothing matches " + glob);
      }
      found.addAll(paths);
    }
    kernel.addToClasspath(found);
  }

  private void maven(List<String> coordinates) throws IOException, InterruptedException {
    if (coordinates.isEmpty()) {
      throw new IllegalArgumentException("%maven expects group:artifact:version, got nothing");
    }
    kernel.addToClasspath(maven.resolve(coordinates));
  }

  private void mavenRepository(List<String> arguments) {
    if (arguments.size() != 2) {
      throw new IllegalArgumentException("%mavenRepo expects an id and an address: " + arguments);
    }
    maven.addRepository(arguments.get(0), arguments.get(1));
  }

  private void loadPomFile(List<String> arguments) throws IOException, InterruptedException {
    if (arguments.isEmpty()) {
      throw new IllegalArgumentException("%loadFromPOM expects the path of a pom.xml, got nothing");
    }
    kernel.addToClasspath(maven.resolvePom(Files.readString(Path.of(arguments.get(0)))));
  }

  private Object loadPom(String body) throws IOException, InterruptedException {
    kernel.addToClasspath(maven.resolvePom(body));
    return null;
  }
}
