package condgen.ode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Prints the memory that one gradient takes through the 3/8 rule on {@link NetworkGradient}: the
 * highest resident size of the process less that before. {@code toolkit/measure adjoint-memory}
 * runs each case in a process of its own, with a small touched heap.
 */
public final class MemoryOfGradients {

  private static final Map<String, Gradient> KINDS =
      Map.of(
          "adjoint", Gradient.adjoint(),
          "discrete", Gradient.discrete(),
          "checkpointed", Gradient.checkpointed(32));

  private MemoryOfGradients() {}

  /**
   * Takes one gradient.
   *
   * @param args kind, number of steps, and optionally the most megabytes; exits with 1 beyond
   */
  public static void main(String[] args) throws IOException {
    Gradient gradient = KINDS.get(args[0]);
    int steps = Integer.parseInt(args[1]);
    NetworkGradient network = new NetworkGradient();
    network.take(gradient, ThreeEighthsRule.steps(2));
    System.gc();
    double before = megabytes("VmRSS:");
    Files.writeString(Path.of("/proc/self/clear_refs"), "5");
    network.take(gradient, ThreeEighthsRule.steps(steps));
    double taken = megabytes("VmHWM:") - before;
    System.out.printf("%-12s %5d steps: %8.1f MB%n", args[0], steps, taken);
    System.exit(args.length < 3 || taken <= Double.parseDouble(args[2]) ? 0 : 1);
  }

  private static double megabytes(String entry) throws IOException {
    List<String> lines = Files.readAllLines(Path.of("/proc/self/status"));
    return lines.stream()
            .filter(line -> line.startsWith(entry))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow()
        / 1024.0;
  }
}
