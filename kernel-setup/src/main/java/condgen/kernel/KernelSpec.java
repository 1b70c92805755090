package condgen.kernel;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The file by which Jupyter knows how to start a kernel.
 *
 * @param command the command line, with {@code {connection_file}} for Jupyter to fill in
 * @param own true when this project wrote it
 */
record KernelSpec(List<String> command, boolean own) {
  static final String FILE = "kernel.json";

  private static final String MARKER = "condgen";
  private static final int FIRST_JDK_THAT_ASKS_FOR_UNSAFE = 23;
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

  /**
   * Our kernel.
   *
   * @param java the java command
   * @param kernel the directory with the jars of the kernel process
   * @param toolkit the directory with the jars that cells can use
   * @param memory the largest Java heap, such as {@code 2g}; null leaves it to Java
   * @param options further options of the JVM, which come last and so go before
   */
  static KernelSpec of(Path java, Path kernel, Path toolkit, String memory, List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    // Notebooks keep little on the Java heap; this collector leaves memory to the tensors.
    command.add("-XX:+UseSerialGC");
    command.add("-XX:-OmitStackTraceInFastThrow");
    command.add("-Djava.awt.headless=true");
    command.add("--enable-native-access=ALL-UNNAMED");
    if (Runtime.version().feature() >= FIRST_JDK_THAT_ASKS_FOR_UNSAFE) {
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    if (memory != null) {
      command.add("-Xmx" + memory);
    }
    command.addAll(options);
    command.add("-D" + ClassPaths.TOOLKIT + "=" + toolkit);
    command.addAll(List.of("-cp", kernel.resolve("*").toString(), Launcher.class.getName()));
    command.add("{connection_file}");
    return new KernelSpec(List.copyOf(command), true);
  }

  String toJson() {
    JsonObject json = new JsonObject();
    json.add("argv", GSON.toJsonTree(command));
    json.addProperty("display_name", "Java");
    json.addProperty("language", "java");
    // Without this, an interrupt would be a signal that ends the JVM.
    json.addProperty("interrupt_mode", "message");
    json.add("env", new JsonObject());
    JsonObject metadata = new JsonObject();
    metadata.add(MARKER, GSON.toJsonTree(Map.of("version", KernelInfo.version())));
    json.add("metadata", metadata);
    return GSON.toJson(json) + "\n";
  }

  /** Reads the specification in {@code directory}; what cannot be read is nobody's command. */
  static KernelSpec read(Path directory) {
    try {
      JsonObject json =
          JsonParser.parseString(Files.readString(directory.resolve(FILE))).getAsJsonObject();
      List<String> command = new ArrayList<>();
      if (json.get("argv") instanceof JsonArray argv) {
        for (JsonElement word : argv) {
          command.add(word.getAsString());
        }
      }
      boolean own = json.get("metadata") instanceof JsonObject metadata && metadata.has(MARKER);
      return new KernelSpec(command, own);
    } catch (IOException | JsonParseException | IllegalStateException e) {
      return new KernelSpec(List.of(), false);
    }
  }

  /** What would keep the kernel from starting, in words; empty when nothing would. */
  List<String> faults() {
    if (command.isEmpty()) {
      return List.of(FILE + " is missing or has no argv");
    }
    List<String> faults = new ArrayList<>();
    Path java = Path.of(command.get(0));
    if (java.isAbsolute() && !Files.isExecutable(java)) {
      faults.add("the java command is not there: " + java);
    }
    for (int i = 0; i < command.size(); i++) {
      String word = command.get(i);
      String toolkit = "-D" + ClassPaths.TOOLKIT + "=";
      if (word.startsWith(toolkit)) {
        checkJars(Path.of(word.substring(toolkit.length())), "cells", faults);
      }
      if (word.endsWith("*") && i > 0 && command.get(i - 1).equals("-cp")) {
        checkJars(Path.of(word.substring(0, word.length() - 2)), "the kernel", faults);
      }
    }
    return faults;
  }

  private static void checkJars(Path directory, String whose, List<String> faults) {
    try (Stream<Path> files = Files.list(directory)) {
      if (files.noneMatch(f -> f.toString().endsWith(".jar"))) {
        faults.add("the directory of jars for " + whose + " is empty: " + directory);
      }
    } catch (IOException e) {
      faults.add("the directory of jars for " + whose + " is not there: " + directory);
    }
  }
}
