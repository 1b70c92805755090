package condgen.ode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Gradients;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;
import org.junit.jupiter.api.Test;

/**
 * The equations of thesis section 2.2 by a second route: Jacobians written by hand, integrals by
 * quadrature, central differences, closed forms. The field is tanh(W x + b t) with x in three
 * dimensions, the loss half the squared distance from a target at t = 1.
 */
class NeuralOdeTest {

  private static final double[] TIMES = {0, 1};
  private static final double[] BACK = {1, 0};
  private static final Adaptive TIGHT = DormandPrince.tolerances(1e-10, 1e-12);

  private static NDArray x0() {
    return TanhNetwork.numbers(11, 3, 1);
  }

  private static NDArray loss(NDArray x) {
    return x.sub(TanhNetwork.numbers(12, 3, 1)).square().sum().div(Tensors.ofDoubles(2).sum());
  }

  private static NDArray end(NDList theta, NDArray x0) {
    return Ode.solve(TanhNetwork.LAYER.at(theta), new NDList(x0), TIMES, TIGHT).x();
  }

  private static OdeGradient adjoint() {
    NDList x0 = new NDList(x0());
    return Gradient.adjoint()
        .solve(TanhNetwork.LAYER, TanhNetwork.layer(), x0, TIMES, TIGHT, s -> loss(s.get(0)))
        .orThrow();
  }

  private static double[] differencesByState() {
    NDList theta = TanhNetwork.layer();
    return TanhNetwork.differences(
        new NDList(x0()), x -> Tensors.item(loss(end(theta, x.get(0)))), 1e-5);
  }

  private static double[] differencesByTheta() {
    NDArray x0 = x0();
    return TanhNetwork.differences(TanhNetwork.layer(), p -> Tensors.item(loss(end(p, x0))), 1e-5);
  }

  /** tanh(W x + b t), and aᵀ times its Jacobians by x, W and b, by hand. */
  private static NDList products(double t, NDArray x, NDArray a) {
    NDArray w = TanhNetwork.layer().get(0);
    NDArray b = TanhNetwork.layer().get(1);
    NDArray f = w.matMul(x).add(Scalars.scale(b, t)).tanh();
    NDArray through = a.mul(Scalars.subtractFrom(1, f.square()));
    NDArray byX = w.transpose().matMul(through);
    NDArray byW = through.matMul(x.transpose());
    return new NDList(f, byX, byW, Scalars.scale(through, t));
  }

  /** x and a from t = 1 back to 0, with the given sign of da/dt. */
  private static NDList stateAndAdjoint(double sign) {
    NDArray x1 = end(TanhNetwork.layer(), x0());
    NDArray a1 = x1.sub(TanhNetwork.numbers(12, 3, 1));
    Dynamics joint =
        (t, s) -> {
          NDList products = products(t, s.get(0), s.get(1));
          return new NDList(products.get(0), Scalars.scale(products.get(1), sign));
        };
    return Ode.solve(joint, new NDList(x1, a1), BACK, TIGHT).orThrow().last();
  }

  @Test
  @Equation("2.2.1")
  void adjointAtTheStart_isTheGradientOfTheLossByTheState() {
    Scope.run(
        () ->
            assertArrayEquals(
                differencesByState(), Tensors.toDoubles(adjoint().x0().get(0)), 1e-7));
  }

  @Test
  @Equation({"2.2.2", "2.2.8"})
  void adjointEquation_hasTheMinusSign() {
    Scope.run(
        () -> {
          double[] expected = differencesByState();
          NDArray withMinus = stateAndAdjoint(-1).get(1);
          assertArrayEquals(expected, Tensors.toDoubles(withMinus), 1e-7);
          double[] withPlus = Tensors.toDoubles(stateAndAdjoint(1).get(1));
          double off = 0;
          for (int i = 0; i < expected.length; i++) {
            off = Math.max(off, Math.abs(expected[i] - withPlus[i]));
          }
          assertTrue(off > 1e-2, "with a plus sign only " + off + " off");
        });
  }

  @Test
  @Equation("2.2.3")
  void forwardState_isTheSolution() {
    Scope.run(
        () -> {
          OdeGradient grown = growth(Gradient.adjoint());
          assertEquals(1.3 * Math.exp(0.7), Tensors.item(grown.forward().x()), 1e-9);
          NDArray x1 = end(TanhNetwork.layer(), x0());
          NDArray byFixedSteps =
              Ode.solve(
                      TanhNetwork.LAYER.at(TanhNetwork.layer()),
                      new NDList(x0()),
                      TIMES,
                      ClassicRungeKutta.steps(200))
                  .x();
          assertArrayEquals(Tensors.toDoubles(byFixedSteps), Tensors.toDoubles(x1), 1e-8);
          NDArray stored = adjoint().forward().x();
          assertArrayEquals(Tensors.toDoubles(x1), Tensors.toDoubles(stored));
        });
  }

  @Test
  @Equation("2.2.4")
  void adjointAtTheEnd_isTheGradientOfTheLoss() {
    Scope.run(
        () -> {
          NDArray x1 = end(TanhNetwork.layer(), x0());
          double[] byHand = Tensors.toDoubles(x1.sub(TanhNetwork.numbers(12, 3, 1)));
          double[] came =
              Tensors.toDoubles(
                  Gradients.valueAndGrad(new NDList(x1), p -> loss(p.get(0))).gradients().get(0));
          assertArrayEquals(byHand, came, 1e-15);
          double[] differences =
              TanhNetwork.differences(new NDList(x1), x -> Tensors.item(loss(x.get(0))), 1e-5);
          assertArrayEquals(differences, came, 1e-9);
        });
  }

  /** x' = θ x with θ = 0.7 from 1.3, loss x(1): the gradient is 1.3 e^0.7. */
  private static OdeGradient growth(Gradient gradient) {
    return gradient
        .solve(
            (theta, t, x) -> new NDList(x.get(0).mul(theta.get(0))),
            new NDList(Tensors.ofDoubles(0.7)),
            new NDList(Tensors.ofDoubles(1.3)),
            TIMES,
            TIGHT,
            states -> states.get(0).sum())
        .orThrow();
  }

  @Test
  @Equation({"2.2.5", "2.2.6"})
  void gradientOfParameters_isTheIntegralOfTheAdjoint() {
    Scope.run(
        () -> {
          assertEquals(2.61787852, Tensors.item(growth(Gradient.adjoint()).theta().get(0)), 1e-6);
          assertEquals(2.61787852, Tensors.item(growth(Gradient.discrete()).theta().get(0)), 1e-6);
          double[] expected = differencesByTheta();
          assertArrayEquals(expected, TanhNetwork.flat(adjoint().theta()), 1e-7);
          assertArrayEquals(expected, TanhNetwork.flat(bySimpson()), 1e-7);
          assertArrayEquals(expected, TanhNetwork.flat(byIntegral()), 1e-7);
        });
  }

  /** ODESolve(−aᵀ ∂f/∂θ, 0, t₁, t₀), with x and a alongside. */
  private static NDList byIntegral() {
    NDArray x1 = end(TanhNetwork.layer(), x0());
    NDArray a1 = x1.sub(TanhNetwork.numbers(12, 3, 1));
    Dynamics joint =
        (t, s) -> {
          NDList p = products(t, s.get(0), s.get(1));
          return new NDList(p.get(0), p.get(1).neg(), p.get(2).neg(), p.get(3).neg());
        };
    NDList start = new NDList(x1, a1, zeros(3, 3), zeros(3, 1));
    NDList end = Ode.solve(joint, start, BACK, TIGHT).orThrow().last();
    return new NDList(end.get(2), end.get(3));
  }

  private static NDArray zeros(long... shape) {
    return Tensors.zeros(new Shape(shape), ai.djl.ndarray.types.DataType.FLOAT64);
  }

  /** ∫ aᵀ ∂f/∂θ dt by Simpson's rule over 200 pieces of the backward trajectory. */
  private static NDList bySimpson() {
    int n = 200;
    double[] times = new double[n + 1];
    for (int i = 0; i <= n; i++) {
      times[i] = 1 - i / (double) n;
    }
    NDArray x1 = end(TanhNetwork.layer(), x0());
    NDArray a1 = x1.sub(TanhNetwork.numbers(12, 3, 1));
    Dynamics joint =
        (t, s) -> {
          NDList p = products(t, s.get(0), s.get(1));
          return new NDList(p.get(0), p.get(1).neg());
        };
    OdeSolution path =
        Ode.solve(joint, new NDList(x1, a1), times, ClassicRungeKutta.onOutputTimes());
    NDArray byW = zeros(3, 3);
    NDArray byB = zeros(3, 1);
    for (int i = 0; i <= n; i++) {
      double weight = (i == 0 || i == n ? 1 : i % 2 == 1 ? 4 : 2) / (3.0 * n);
      NDList p = products(times[i], path.state(i).get(0), path.state(i).get(1));
      byW = Scalars.axpy(weight, p.get(2), byW);
      byB = Scalars.axpy(weight, p.get(3), byB);
    }
    return new NDList(byW, byB);
  }

  @Test
  @Equation("2.2.7")
  void backwardSolve_givesTheStartBack_unlessTheFlowContractsStrongly() {
    Scope.run(
        () -> {
          NDArray back = stateAndAdjoint(-1).get(0);
          assertArrayEquals(Tensors.toDoubles(x0()), Tensors.toDoubles(back), 1e-8);
          VectorField decay = (t, x) -> Scalars.scale(x, -60);
          NDArray one = Tensors.ofDoubles(1);
          NDArray x1 = Ode.solve(decay, one, 0, 1, ClassicRungeKutta.steps(200)).x();
          NDArray perturbed = Scalars.add(x1, 1e-16);
          NDArray garbage = Ode.solve(decay, perturbed, 1, 0, ClassicRungeKutta.steps(200)).x();
          assertTrue(Math.abs(Tensors.item(garbage)) > 1e6, "" + Tensors.item(garbage));
        });
  }

  @Test
  @Equation("2.2.9")
  void oneSolveOfAll_givesStateAdjointAndGradient() {
    Scope.run(
        () -> {
          NDList theta = TanhNetwork.layer();
          NDArray x1 = end(theta, x0());
          NDArray a1 = x1.sub(TanhNetwork.numbers(12, 3, 1));
          NDList start = new NDList(x1, a1, zeros(), zeros(3, 3), zeros(3, 1));
          Dynamics joint = new AdjointDynamics(TanhNetwork.LAYER, theta, 1);
          NDList end = Ode.solve(joint, start, BACK, TIGHT).orThrow().last();
          assertArrayEquals(Tensors.toDoubles(x0()), Tensors.toDoubles(end.get(0)), 1e-8);
          assertArrayEquals(differencesByState(), Tensors.toDoubles(end.get(1)), 1e-7);
          NDList gradients = new NDList(end.get(3), end.get(4));
          assertArrayEquals(differencesByTheta(), TanhNetwork.flat(gradients), 1e-7);
          NDArray alone = NDArrays.concat(new NDList(end.get(3).flatten(), end.get(4).flatten()));
          assertArrayEquals(TanhNetwork.flat(byIntegral()), Tensors.toDoubles(alone), 1e-8);
        });
  }
}
