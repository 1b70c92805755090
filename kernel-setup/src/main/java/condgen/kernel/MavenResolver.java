package condgen.kernel;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the jars of Maven coordinates by calling the {@code mvn} command. */
final class MavenResolver {
  private static final int LOG_LINES_SHOWN = 4;
  private static final boolean WINDOWS = File.separatorChar == '\\';

  private final Map<String, String> repositories = new LinkedHashMap<>();
  private final Map<String, List<Path>> resolved = new LinkedHashMap<>();

  void addRepository(String id, String address) {
    repositories.put(id, address);
  }

  /** The jars of {@code group:artifact[:type[:classifier]]:version} coordinates, transitively. */
  List<Path> resolve(List<String> coordinates) throws IOException, InterruptedException {
    StringBuilder dependencies = new StringBuilder();
    for (String coordinate : coordinates) {
      dependencies.append(dependency(coordinate));
    }
    return resolvePom("<dependencies>" + dependencies + "</dependencies>");
  }

  static String dependency(String coordinate) {
    String[] parts = coordinate.split(":");
    if (parts.length < 3 || parts.length > 5) {
      throw new IllegalArgumentException(
          "expected group:artifact:version or group:artifact:type[:classifier]:version, got "
              + coordinate);
    }
    String text = element("groupId", parts[0]) + element("artifactId", parts[1]);
    text += parts.length > 3 ? element("type", parts[2]) : "";
    text += parts.length > 4 ? element("classifier", parts[3]) : "";
    return element("dependency", text + element("version", parts[parts.length - 1]));
  }

  private static String element(String name, String text) {
    return "<" + name + ">" + text + "</" + name + ">";
  }

  /**
   * The jars of a POM, given whole or as the elements that would stand in its {@code project}: one
   * or more {@code dependency}, {@code dependencies}, {@code repositories} and the like.
   */
  List<Path> resolvePom(String text) throws IOException, InterruptedException {
    String pom = wholePom(text);
    List<Path> known = resolved.get(pom);
    if (known == null) {
      known = callMaven(pom);
      resolved.put(pom, known);
    }
    return known;
  }

  String wholePom(String text) {
    if (text.contains("<project")) {
      return text;
    }
    String body = text.strip();
    if (body.startsWith("<dependency>")) {
      body = element("dependencies", body);
    }
    if (!repositories.isEmpty() && !body.contains("<repositories>")) {
      StringBuilder list = new StringBuilder();
      repositories.forEach(
          (id, url) -> list.append(element("repository", element("id", id) + element("url", url))));
      body = element("repositories", list.toString()) + body;
    }
    return element(
        "project",
        element("modelVersion", "4.0.0")
            + element("groupId", "cells")
            + element("artifactId", "cells")
            + element("version", "1")
            + body);
  }

  private static List<Path> callMaven(String pom) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("condgen-maven");
    Path file = directory.resolve("pom.xml");
    Path list = directory.resolve("classpath.txt");
    Path log = directory.resolve("maven.log");
    try {
      Files.writeString(file, pom);
      Process process =
          new ProcessBuilder(
                  command(),
                  "-q",
                  "-B",
                  "-Dstyle.color=never",
                  "-f",
                  file.toString(),
                  goal(),
                  "-DincludeScope=runtime",
                  "-Dmdep.outputFile=" + list)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      process.getOutputStream().close();
      try {
        process.waitFor();
      } finally {
        process.destroy();
      }
      if (process.exitValue() != 0 || !Files.exists(list)) {
        throw new IOException("Maven did not find the dependencies:\n" + head(log));
      }
      return Stream.of(Files.readString(list).strip().split(File.pathSeparator))
          .filter(entry -> !entry.isEmpty())
          .map(Path::of)
          .toList();
    } finally {
      for (Path p : List.of(file, list, log, directory)) {
        Files.deleteIfExists(p);
      }
    }
  }

  /** Maven's goal that lists jars, by its full name. */
  static String goal() throws IOException {
    Properties properties = new Properties();
    try (InputStream in = MavenResolver.class.getResourceAsStream("maven.properties")) {
      properties.load(in);
    }
    return properties.getProperty("goal");
  }

  private static String head(Path log) throws IOException {
    return Files.readAllLines(log, StandardCharsets.UTF_8).stream()
        .map(line -> line.replace("[ERROR] ", "").replaceAll(" -> \\[Help \\d]", "").strip())
        .map(Ansi::plain)
        .takeWhile(line -> !line.contains("-run Maven"))
        .filter(line -> !line.isEmpty())
        .limit(LOG_LINES_SHOWN)
        .collect(Collectors.joining("\n"));
  }

  private static String command() throws IOException {
    String name = WINDOWS ? "mvn.cmd" : "mvn";
    Stream<Path> homes =
        Stream.of("MAVEN_HOME", "M2_HOME")
            .map(System::getenv)
            .filter(home -> home != null && !home.isBlank())
            .map(home -> Path.of(home, "bin"));
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    Stream<Path> directories =
        Stream.of(path.split(File.pathSeparator)).filter(d -> !d.isBlank()).map(Path::of);
    return Stream.concat(homes, directories)
        .map(directory -> directory.resolve(name))
        .filter(Files::isExecutable)
        .findFirst()
        .map(Path::toString)
        .orElseThrow(
            () ->
                new IOException(
                    "the command "
                        + name
                        + " was not found in MAVEN_HOME or PATH; install Maven, or add jars with %jars"));
  }
}
