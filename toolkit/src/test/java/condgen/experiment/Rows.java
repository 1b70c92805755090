package condgen.experiment;

import condgen.tensor.Devices;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** Measurements of the tests. */
public final class Rows {

  private Rows() {}

  /** x² + seed; a row may fail, die, sleep, interrupt or print on request. */
  public static final class Square implements Measurement {
    static int measured;

    @Override
    public Map<String, Double> measure(Setting setting) {
      measured++;
      Map<String, Double> values = new LinkedHashMap<>();
      double x = setting.number("x");
      values.put("square", x * x + setting.seed());
      values.put("process", (double) ProcessHandle.current().pid());
      values.put("threads", (double) Devices.threads());
      switch (setting.values().containsKey("do") ? setting.text("do") : "") {
        case "fail" -> throw new IllegalStateException("x is wrong");
        case "die" -> Runtime.getRuntime().halt(3);
        case "nan" -> values.put("square", Double.NaN);
        case "interrupt" -> Thread.currentThread().interrupt();
        case "sleep" -> sleep(x);
        case "print" -> print("no answer\n{}\nhalf a line ");
        case "answer nonsense" -> print(AblationWorker.ANSWER + "{\"values\": \n");
        case "overflow" -> values.put("depth", depth(0));
        case "no class" -> throw new NoClassDefFoundError("condgen/Absent");
        default -> {
          // Just answers.
        }
      }
      return values;
    }

    /** As native code does: past System.out. */
    private static void print(String text) {
      System.out.println("from a row");
      new PrintStream(new FileOutputStream(FileDescriptor.out), true).print(text);
    }

    private static double depth(double so) {
      return 1 + depth(so + 1);
    }

    private static void sleep(double seconds) {
      try {
        Thread.sleep((long) (1000 * seconds));
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Its data cannot be told where x is 0. */
  public static final class Missing implements Measurement {
    @Override
    public Map<String, Double> measure(Setting setting) {
      return Map.of("one", 1.0);
    }

    @Override
    public String data(Setting setting) {
      if (setting.number("x") == 0) {
        throw new IllegalArgumentException("there is no checkpoint");
      }
      return "";
    }
  }

  /** The same under another version. */
  public static final class Newer implements Measurement {
    @Override
    public Map<String, Double> measure(Setting setting) {
      return Map.of("square", 0.0);
    }

    @Override
    public String version() {
      return "2";
    }

    @Override
    public String data(Setting setting) {
      return "digits of " + setting.text("x");
    }
  }

  /** An ablation that runs until it is killed: argument, the directory of cards. */
  public static final class Endless {
    private Endless() {}

    /** Rows of 0 s, 0.01 s, then of a minute, in a worker. */
    public static void main(String[] arguments) {
      Ablation.of(Square.class)
          .over("do", "sleep")
          .over("x", 0, 0.01, 60)
          .cards(java.nio.file.Path.of(arguments[0]))
          .run(1);
    }
  }
}
