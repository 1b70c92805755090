/**
 * Ordinary differential equations: thesis section 2.1, and the solver under every flow and
 * probability-flow ODE of later chapters.
 *
 * <p>Start with {@link condgen.ode.Ode}: one verb, with the method as an argument.
 *
 * <pre>{@code
 * var x0 = Tensors.of(3);
 * var euler = Ode.solve((t, x) -> x.mul(Scalars.fresh(2 * t, x)), x0, 0, 1, Euler.steps(4));
 * var precise = Ode.solve((t, x) -> x.mul(Scalars.fresh(2 * t, x)), x0, 0, 1,
 *     DormandPrince.tolerances(1e-6, 1e-8));
 * }</pre>
 *
 * <ul>
 *   <li>What is solved: {@link condgen.ode.Dynamics} (several arrays) or {@link
 *       condgen.ode.VectorField} (one array), in an {@link condgen.ode.InitialValueProblem}.
 *   <li>Methods, one class each: {@link condgen.ode.Euler}, {@link condgen.ode.Midpoint}, {@link
 *       condgen.ode.ClassicRungeKutta}, {@link condgen.ode.ThreeEighthsRule}, {@link
 *       condgen.ode.DormandPrince}. A method is a {@link condgen.ode.ButcherTableau}; a step is
 *       taken in one place, {@code RungeKuttaStep}.
 *   <li>Where steps go: {@link condgen.ode.FixedStep} on a grid, {@link condgen.ode.Adaptive} by
 *       {@link condgen.ode.Tolerances} and a {@link condgen.ode.StepControl}.
 *   <li>What comes out: {@link condgen.ode.OdeSolution}, with evaluations, steps and a {@link
 *       condgen.ode.Status} whose text is advice. A solve that goes wrong numerically returns its
 *       last good state; only wrong arguments throw.
 *   <li>{@link condgen.ode.StepObserver} sees every accepted step.
 *   <li>With noise: {@link condgen.ode.Sde} solves {@link condgen.ode.StochasticDynamics} by {@link
 *       condgen.ode.EulerMaruyama} or {@link condgen.ode.StochasticHeun}, with the noise of a
 *       {@link condgen.ode.BrownianPath}; Itô's calculus.
 * </ul>
 *
 * <p>Gradients of a loss of the states, thesis section 2.2: {@link condgen.ode.Gradient}, by {@code
 * discrete()}, {@code adjoint()} or {@code checkpointed(k)}, of the parameters of {@link
 * condgen.ode.ParametricDynamics}, of the start and of the times.
 *
 * <p>Time is a Java double everywhere, also when the state is float32. It uses {@code
 * condgen.tensor} and {@code condgen.thesis} only.
 */
package condgen.ode;
