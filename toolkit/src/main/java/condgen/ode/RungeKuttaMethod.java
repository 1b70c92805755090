package condgen.ode;

import ai.djl.ndarray.NDArray;

/** Steps of a tableau with the weights of its solution. */
record RungeKuttaMethod(ButcherTableau tableau) implements FixedMethod {

  @Override
  public Stepper stepper(Dynamics f, double h, NDArray like) {
    StepFactors factors = StepFactors.solution(tableau, h, like);
    return (t, end, x, history) -> {
      RungeKuttaStep step = RungeKuttaStep.solution(tableau, f, t, factors, x, f.apply(t, x));
      return new Taken(step.firstSlope(), step.end(), history);
    };
  }
}
