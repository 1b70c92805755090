package condgen.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.function.Function;

/** One step of a training loop on its way through the stages; each fills in or changes a part. */
public final class TrainingStep {

  private final long number;
  private final NDList theta;
  private final Function<NDList, NDArray> loss;
  private double value = Double.NaN;
  private NDList gradients;
  private double norm = Double.NaN;
  private double learningRate = Double.NaN;

  TrainingStep(long number, NDList theta, Function<NDList, NDArray> loss) {
    this.number = number;
    this.theta = theta;
    this.loss = loss;
  }

  /** Number of the step, from 0. */
  public long number() {
    return number;
  }

  /** The parameters, which the optimiser changes in place. */
  public NDList theta() {
    return theta;
  }

  /** Maps parameters to this step's 0-d loss. */
  public Function<NDList, NDArray> loss() {
    return loss;
  }

  /** The loss at the parameters before the step; NaN until a stage has set it. */
  public double value() {
    return value;
  }

  /** One gradient per parameter; stages may change the arrays in place. */
  public NDList gradients() {
    if (gradients == null) {
      throw new IllegalStateException("no stage has computed the gradients yet");
    }
    return gradients;
  }

  /** Sets loss and gradients. */
  public void gradients(double lossHere, NDList gradientsHere) {
    value = lossHere;
    gradients = gradientsHere;
  }

  /** Norm of all gradients together before clipping; NaN if no stage has set it. */
  public double norm() {
    return norm;
  }

  /** Sets the norm. */
  public void norm(double normBeforeClipping) {
    norm = normBeforeClipping;
  }

  /** Size of the optimiser's step; NaN until a stage has set it. */
  public double learningRate() {
    return learningRate;
  }

  /** Sets the size of the optimiser's step. */
  public void learningRate(double size) {
    learningRate = size;
  }
}
