package condgen.experiment;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The process in which an ablation's rows are computed beside others. It ends when the process that
 * started it does, even in the middle of a row.
 */
public final class AblationWorker {

  /** What a line with an answer begins with; other lines were printed by native code. */
  static final String ANSWER = "condgen-row ";

  private AblationWorker() {}

  /**
   * Arguments: a row class and, if rows are kept, the directory of their cards. Settings come in by
   * lines of JSON, rows go out by lines of {@link #ANSWER} and JSON; what a row prints goes to the
   * error stream.
   */
  public static void main(String[] arguments) throws Exception {
    PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    Thread reader = new Thread(() -> read(lines), "settings");
    reader.setDaemon(true);
    reader.start();
    Measurement measurement =
        RowCards.measurement(Class.forName(arguments[0]).asSubclass(Measurement.class));
    RowCards cards = new RowCards(measurement, arguments.length > 1 ? Path.of(arguments[1]) : null);
    while (true) {
      Setting setting = Setting.of(JsonParser.parseString(lines.take()).getAsJsonObject());
      answers.println(ANSWER + answer(cards.compute(setting)));
    }
  }

  private static void read(BlockingQueue<String> lines) {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      System.err.println("the settings cannot be read: " + e.getMessage());
    }
    // Nobody waits for the row in work. A regular exit would wait for native code.
    Runtime.getRuntime().halt(0);
  }

  private static JsonObject answer(AblationRow row) {
    if (row.origin() == AblationRow.Origin.FAILED) {
      return new RunCard().note("failure", row.message()).json();
    }
    Map<String, Object> values = new LinkedHashMap<>(row.values());
    return new RunCard().note("values", values).note("seconds", row.seconds()).json();
  }
}
