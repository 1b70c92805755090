package condgen.experiment;

import condgen.tensor.Devices;
import java.util.LinkedHashMap;
import java.util.Map;

/** Measurements of the tests. */
public final class Rows {

  private Rows() {}

  /** x² + seed; a row may fail, die, sleep or interrupt on request. */
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
        default -> {
          // Just answers.
        }
      }
      return values;
    }

    private static void sleep(double seconds) {
      try {
        Thread.sleep((long) (1000 * seconds));
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
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
