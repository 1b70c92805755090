package condgen.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import condgen.tensor.Devices;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Recorded runs of another implementation of Adam with warm-up, clipping and moving average:
 * gradients, parameters, averages, step sizes and norms of every step. {@code -Dcondgen.golden=DIR}
 * reads other cases of the same kind.
 */
class GoldenOptimiserTest {

  private static final double RELATIVE = 1e-5;

  static List<Path> cases() throws IOException {
    Path directory = Path.of(System.getProperty("condgen.golden", "src/test/resources/golden"));
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(f -> f.getFileName().toString().matches("optim_.*\\.json"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyStep_isAsRecorded(Path json) throws IOException {
    JsonObject options = JsonParser.parseString(Files.readString(json)).getAsJsonObject();
    Path npz = Path.of(json.toString().replaceFirst("\\.json$", ".npz"));
    try (Scope scope = Scope.open()) {
      NDList recorded = NDList.decode(Devices.root(), Files.readAllBytes(npz));
      List<String> names = new ArrayList<>();
      NDList theta = new NDList();
      for (NDArray array : recorded) {
        if (array.getName().startsWith("init.")) {
          names.add(array.getName().substring("init.".length()));
          theta.add(array.duplicate());
        }
      }
      assertFalse(names.isEmpty());
      double[] rates = Tensors.toDoubles(recorded.get("f64:lr"));
      double[] norms = Tensors.toDoubles(recorded.get("f64:grad_norm_before_clip"));
      Training training = training(options, theta, rates, norms);
      for (int n = 0; n < rates.length; n++) {
        NDList gradients = new NDList();
        for (String name : names) {
          gradients.add(recorded.get("grad." + n + "." + name));
        }
        training.run(n + 1, step -> leaves -> product(leaves, gradients), (step, loss) -> {});
        for (int i = 0; i < names.size(); i++) {
          String where = n + "." + names.get(i);
          requireClose("after." + where, recorded.get("after." + where), theta.get(i));
          requireClose("ema." + where, recorded.get("ema." + where), training.average().get(i));
        }
      }
    }
  }

  private static Training training(
      JsonObject options, NDList theta, double[] rates, double[] norms) {
    double rate = options.get("lr").getAsDouble();
    int warmUp = options.get("warmup").getAsInt();
    double clip = options.get("clip").getAsDouble();
    double decay = options.get("ema_mu").getAsDouble();
    double beta1 = options.getAsJsonArray("betas").get(0).getAsDouble();
    double beta2 = options.getAsJsonArray("betas").get(1).getAsDouble();
    Stage adam = Stages.adam(new Adam(beta1, beta2, options.get("eps").getAsDouble()), theta);
    Training training =
        new Training(theta, new Training.Options(rate, warmUp, clip, decay, WarmUp.FROM_ZERO));
    return training.replace(
        "optimiser",
        step -> {
          int n = (int) step.number();
          assertEquals(rates[n], step.learningRate(), 1e-12 * rate);
          assertEquals(norms[n], step.norm(), RELATIVE * norms[n]);
          adam.apply(step);
        });
  }

  /** A loss with given gradients. */
  private static NDArray product(NDList leaves, NDList gradients) {
    NDArray sum = null;
    for (int i = 0; i < leaves.size(); i++) {
      NDArray term = leaves.get(i).mul(gradients.get(i)).sum();
      sum = sum == null ? term : sum.add(term);
    }
    return sum;
  }

  private static void requireClose(String what, NDArray expected, NDArray came) {
    double[] e = Tensors.toDoubles(expected);
    double[] c = Tensors.toDoubles(came);
    double largest = 0;
    for (double value : e) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < e.length; i++) {
      assertEquals(e[i], c[i], RELATIVE * largest, what + " element " + i);
    }
  }
}
