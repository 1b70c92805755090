package condgen.experiment;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that computes rows: a line with a setting goes in, a line with the row comes out. What
 * native code prints among the rows goes to the error stream. One that dies is replaced for the
 * next row.
 */
final class WorkerProcess implements AutoCloseable {

  private static final int LINES = 3;

  /**
   * How to start one.
   *
   * @param line the command line
   * @param classPath passed by the environment, since it can be long
   * @param threads of each
   */
  record Command(List<String> line, String classPath, int threads) {}

  private final Command command;
  private Process process;
  private BufferedWriter in;
  private BufferedReader out;
  private Path log;
  private boolean closed;

  WorkerProcess(Command command) {
    this.command = command;
  }

  /** How to start workers of a row class. */
  static Command command(Class<? extends Measurement> type, Path cards, int threads) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("-XX:+UseSerialGC");
    line.add("-Djava.awt.headless=true");
    for (String property : List.of(NotebookFiles.DIRECTORY, "user.home")) {
      if (System.getProperty(property) != null) {
        line.add("-D" + property + "=" + System.getProperty(property));
      }
    }
    line.add(AblationWorker.class.getName());
    line.add(type.getName());
    if (cards != null) {
      line.add(cards.toAbsolutePath().toString());
    }
    return new Command(line, WorkerClassPath.of(type), threads);
  }

  /** Computes a row; a process that dies over it, or answers nonsense, is the row's failure. */
  AblationRow compute(Setting setting) {
    try {
      if (process == null) {
        start();
      }
      in.write(setting.json().toString());
      in.newLine();
      in.flush();
      String answer = answer();
      return answer == null
          ? lost(setting, "its process ended")
          : row(setting, JsonParser.parseString(answer).getAsJsonObject());
    } catch (IOException e) {
      return lost(setting, e.getMessage());
    } catch (RuntimeException e) {
      return lost(setting, "its process's answer cannot be read (" + e + ")");
    }
  }

  /** The next answer, null at the end; all that is printed before it is passed on. */
  private String answer() throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      int at = line.indexOf(AblationWorker.ANSWER);
      String printed = at < 0 ? line : line.substring(0, at);
      if (!printed.isEmpty()) {
        System.err.println(printed);
      }
      if (at >= 0) {
        return line.substring(at + AblationWorker.ANSWER.length());
      }
    }
    return null;
  }

  private static AblationRow row(Setting setting, JsonObject answer) {
    return answer.has("failure")
        ? AblationRow.failed(setting, answer.get("failure").getAsString())
        : AblationRow.of(setting, AblationRow.Origin.COMPUTED, answer);
  }

  private AblationRow lost(Setting setting, String why) {
    String end = why;
    Process dead = process;
    Path messages = log;
    try {
      if (dead != null) {
        end += ", exit status " + dead.destroyForcibly().waitFor();
      }
      List<String> lines = messages == null ? List.of() : Files.readAllLines(messages);
      for (String line : lines.subList(Math.max(0, lines.size() - LINES), lines.size())) {
        end += "; " + line;
      }
    } catch (IOException e) {
      end += ", and its messages cannot be read";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    stop();
    return AblationRow.failed(setting, end);
  }

  private synchronized void start() throws IOException {
    if (closed) {
      throw new IOException("the ablation was stopped");
    }
    log = Files.createTempFile("condgen-worker", ".log");
    log.toFile().deleteOnExit();
    ProcessBuilder builder = new ProcessBuilder(command.line());
    builder.environment().put("CLASSPATH", command.classPath());
    builder.environment().put("CONDGEN_THREADS", Integer.toString(command.threads()));
    builder.redirectError(ProcessBuilder.Redirect.to(new File(log.toString())));
    process = builder.start();
    in = process.outputWriter(StandardCharsets.UTF_8);
    out = process.inputReader(StandardCharsets.UTF_8);
  }

  private synchronized void stop() {
    if (process != null) {
      process.destroyForcibly();
      process = null;
    }
    if (log != null) {
      log.toFile().delete();
      log = null;
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    stop();
  }
}
