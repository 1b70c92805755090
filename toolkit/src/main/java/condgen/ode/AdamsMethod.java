package condgen.ode;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import condgen.tensor.Scalars;
import condgen.tensor.Tensors;
import java.util.List;

/**
 * Steps of the Adams methods. Until three slopes are at hand, steps of the 3/8 rule.
 *
 * @param implicit whether the corrector of Adams and Moulton follows
 * @param maxOrder slopes used by the corrector; the predictor uses one less
 * @param tolerances when the corrector is content with itself
 */
record AdamsMethod(boolean implicit, int maxOrder, Tolerances tolerances) implements FixedMethod {

  private static final int FEWEST_SLOPES = 3;
  private static final int MOST_CORRECTIONS = 4;

  @Override
  public Stepper stepper(Dynamics f, double h, NDArray like) {
    StepFactors start = StepFactors.solution(ThreeEighthsRule.TABLEAU, h, like);
    return new AdamsStepper(f, h, start);
  }

  private final class AdamsStepper implements Stepper {
    private final Dynamics f;
    private final double h;
    private final StepFactors start;

    AdamsStepper(Dynamics f, double h, StepFactors start) {
      this.f = f;
      this.h = h;
      this.start = start;
    }

    @Override
    public Taken take(double t, double end, NDList x, History history) {
      NDList slope = States.copy(f.apply(t, x));
      History known = history.with(slope, maxOrder - 1);
      if (known.size() < FEWEST_SLOPES) {
        RungeKuttaStep step =
            RungeKuttaStep.solution(ThreeEighthsRule.TABLEAU, f, t, start, x, slope);
        return new Taken(slope, step.end(), known);
      }
      NDList change = weighted(AdamsWeights.bashforth(known.size()), h, known.slopes());
      return implicit
          ? correct(end, x, slope, known, change)
          : new Taken(slope, sum(x, change), known);
    }

    /** Repeats x(t + h) = x + h (w₀ f(t + h, x(t + h)) + Σ wⱼ fⱼ) until the change is settled. */
    private Taken correct(double end, NDList x, NDList slope, History known, NDList predicted) {
      double[] weights = AdamsWeights.moulton(known.size() + 1);
      double[] past = new double[known.size()];
      System.arraycopy(weights, 1, past, 0, past.length);
      NDList fromPast = weighted(past, h, known.slopes());
      NDArray factor = Scalars.fresh(weights[0] * h, x.get(0));
      NDList change = predicted;
      boolean settled = false;
      for (int i = 0; i < MOST_CORRECTIONS && !settled; i++) {
        NDList there = f.apply(end, sum(x, change));
        NDList better = new NDList(x.size());
        for (int a = 0; a < x.size(); a++) {
          better.add(there.get(a).mul(factor).add(fromPast.get(a)));
        }
        settled = largestRatio(change, better) < 1;
        change = better;
      }
      return new Taken(slope, sum(x, change), settled ? known : known.withoutOldest());
    }

    private double largestRatio(NDList before, NDList after) {
      NDList largest = new NDList(before.size());
      for (int a = 0; a < before.size(); a++) {
        NDArray size = before.get(a).abs().maximum(after.get(a).abs());
        NDArray scale = RootMeanSquare.scale(size, tolerances.rtol(a), tolerances.atol(a));
        largest.add(before.get(a).sub(after.get(a)).abs().div(scale).max());
      }
      return Tensors.item(largest.size() == 1 ? largest.get(0) : NDArrays.stack(largest).max());
    }
  }

  /** h Σ wⱼ kⱼ. */
  private static NDList weighted(double[] weights, double h, List<NDList> slopes) {
    NDList result = new NDList(slopes.get(0).size());
    for (int a = 0; a < slopes.get(0).size(); a++) {
      NDArray sum = null;
      for (int j = 0; j < weights.length; j++) {
        NDArray k = slopes.get(j).get(a);
        NDArray term = k.mul(Scalars.fresh(weights[j] * h, k));
        sum = sum == null ? term : sum.addi(term);
      }
      result.add(sum);
    }
    return result;
  }

  private static NDList sum(NDList x, NDList change) {
    NDList result = new NDList(x.size());
    for (int a = 0; a < x.size(); a++) {
      result.add(x.get(a).add(change.get(a)));
    }
    return result;
  }
}
