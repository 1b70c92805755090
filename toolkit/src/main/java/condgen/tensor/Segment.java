package condgen.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * One piece of a chain of functions that is differentiated piece by piece.
 *
 * <p>The engine has no custom backward pass. So each segment runs forward from detached inputs and
 * knows how to pull a gradient of its outputs back to its inputs and parameters: a recorded segment
 * by one backward pass, an adjoint solve by integrating backwards. {@link #valueAndGrad} strings
 * them together.
 */
public interface Segment {

  /** Parameters of this segment, in order. */
  NDList parameters();

  /** Runs forward from detached inputs. */
  Forward forward(NDList inputs);

  /** What a forward run leaves behind. */
  interface Forward {
    /** The segment's outputs, detached. */
    NDList outputs();

    /**
     * Carries gradients back; called at most once.
     *
     * @param cotangents one per output, of its shape
     */
    Pullback pull(NDList cotangents);
  }

  /**
   * Gradients of a segment.
   *
   * @param parameters one per parameter
   * @param inputs one per input
   */
  record Pullback(NDList parameters, NDList inputs) {}

  /**
   * A segment differentiated by the engine.
   *
   * @param theta parameters
   * @param f maps (leaves of theta, leaves of the inputs) to outputs
   */
  static Segment recorded(NDList theta, BinaryOperator<NDList> f) {
    return new Segment() {
      @Override
      public NDList parameters() {
        return theta;
      }

      @Override
      public Forward forward(NDList inputs) {
        try (Recording recording = new Recording()) {
          Scope scope = recording.scope();
          NDList leaves = scope.keep(recording.leavesOf(theta));
          NDList inputLeaves = scope.keep(recording.leavesOf(inputs));
          NDList outputs = scope.keep(f.apply(leaves, inputLeaves));
          return new Recorded(leaves, inputLeaves, outputs);
        }
      }
    };
  }

  /** Forward run of a recorded segment: its graph hangs on the outputs. */
  record Recorded(NDList leaves, NDList inputLeaves, NDList graph) implements Forward {
    @Override
    public NDList outputs() {
      NDList detached = new NDList(graph.size());
      graph.forEach(output -> detached.add(output.stopGradient()));
      return detached;
    }

    @Override
    public Pullback pull(NDList cotangents) {
      NDArray product;
      try (Scope scope = Scope.recording()) {
        product = scope.keep(Gradients.weightedSum(graph, cotangents));
      }
      Recording.backward(product, null);
      return new Pullback(Recording.gradientsOf(leaves), Recording.gradientsOf(inputLeaves));
    }
  }

  /**
   * Value and gradients of loss(sₙ(… s₁(inputs))).
   *
   * @param inputs inputs of the first segment
   * @param segments in the order of evaluation
   * @param loss maps the last outputs to a 0-d array
   * @return the value, and the gradients of all segments' parameters one after another
   */
  static Gradients.ValueAndGrad valueAndGrad(
      NDList inputs, List<Segment> segments, Function<NDList, NDArray> loss) {
    try (Scope scope = Scope.open()) {
      List<Forward> runs = new ArrayList<>();
      NDList x = inputs;
      for (Segment segment : segments) {
        Forward run = segment.forward(x);
        runs.add(run);
        x = run.outputs();
      }
      Gradients.ValueAndGrad last = Gradients.valueAndGrad(x, loss);
      NDList cotangents = last.gradients();
      List<NDList> found = new ArrayList<>();
      for (int i = segments.size() - 1; i >= 0; i--) {
        Pullback back = runs.get(i).pull(cotangents);
        found.add(0, back.parameters());
        cotangents = back.inputs();
      }
      NDList gradients = new NDList();
      found.forEach(gradients::addAll);
      return new Gradients.ValueAndGrad(scope.keep(last.value()), scope.keep(gradients));
    }
  }
}
