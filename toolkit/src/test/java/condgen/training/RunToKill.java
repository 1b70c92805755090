package condgen.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import condgen.nn.Dense;
import condgen.tensor.Activation;
import condgen.tensor.Dual;
import condgen.tensor.Seeds;
import java.nio.file.Path;
import java.util.function.Function;

/** A small run that saves a checkpoint every few steps, for a test that kills its process. */
final class RunToKill {

  private static final long SEED = 5;
  private static final int EVERY = 3;
  private static final Dense FIRST = new Dense(2, 32);
  private static final Dense LAST = new Dense(32, 1);

  private RunToKill() {}

  /** Arguments: the checkpoint's file, and until which step. Prints each step and its loss. */
  public static void main(String[] arguments) {
    Training training = training();
    training.saveEvery(EVERY, Path.of(arguments[0])).resume(Path.of(arguments[0]));
    System.out.println("from " + training.steps());
    training.run(
        Long.parseLong(arguments[1]),
        RunToKill::loss,
        (step, loss) -> System.out.println(step + " " + Double.toHexString(loss)));
  }

  static Training training() {
    NDList theta = FIRST.initialize(Seeds.of(SEED).part("first"));
    theta.addAll(LAST.initialize(Seeds.of(SEED).part("last")));
    for (int i = 0; i < theta.size(); i++) {
      theta.get(i).setName("layer." + i / 2 + "." + theta.get(i).getName());
    }
    Training.Options options = new Training.Options(0.01, 20, 0.5, 0.95, WarmUp.FROM_ZERO);
    return new Training(theta, options).note("seed", Long.toString(SEED));
  }

  static Function<NDList, NDArray> loss(long n) {
    NDArray x = Seeds.of(SEED).part("data").normal(n, new Shape(64, 2));
    NDArray y = x.prod(new int[] {1}, true);
    return theta -> {
      NDList first = new NDList(theta.get(0), theta.get(1));
      NDList last = new NDList(theta.get(2), theta.get(3));
      Dual hidden = Activation.TANH.apply(FIRST.apply(first, Dual.of(x), null));
      return LAST.apply(last, hidden, null).value().sub(y).square().mean();
    };
  }
}
