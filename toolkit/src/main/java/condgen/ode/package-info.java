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
 *   <li>Methods on a grid, by {@link condgen.ode.FixedStep}: {@link condgen.ode.Euler}, {@link
 *       condgen.ode.Midpoint}, {@link condgen.ode.Heun2}, {@link condgen.ode.Heun3}, {@link
 *       condgen.ode.ClassicRungeKutta}, {@link condgen.ode.ThreeEighthsRule}. A method is a {@link
 *       condgen.ode.ButcherTableau}; a step is taken in one place, {@code RungeKuttaStep}.
 *   <li>Methods that remember slopes, by {@link condgen.ode.MultiStep}: {@link
 *       condgen.ode.AdamsBashforth}, {@link condgen.ode.AdamsMoulton}.
 *   <li>Methods that choose their steps, by {@link condgen.ode.Adaptive} with {@link
 *       condgen.ode.Tolerances} and a {@link condgen.ode.StepControl}: {@link
 *       condgen.ode.BogackiShampine}, {@link condgen.ode.DormandPrince}.
 *   <li>For all of them: {@link condgen.ode.Solver#dense dense()} keeps the state at every time for
 *       {@link condgen.ode.OdeSolution#at}, {@link condgen.ode.Solver#events events(...)} looks out
 *       for an {@link condgen.ode.Event}.
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
 * <p>The classes of methods repeat three one-line factories. They stay, because {@code
 * Euler.steps(4)} is what one types and a Java static cannot know the class it is called on; each
 * only names its tableau, and what steps, sizes and grids mean is said once, in {@link
 * condgen.ode.FixedStep}. Options are the other way round: a solver is immutable, and every option
 * returns a changed copy, made in one line from the record that holds them.
 *
 * <p>Where it leaves torchdiffeq: a state that is not finite ends the solve also when it has no
 * tolerance; events and dense output of Bogacki-Shampine use a cubic, because the released midpoint
 * is poor; the highest order of the Adams methods is 4 unless asked for, not 12, at which the
 * explicit one is hardly ever stable.
 *
 * <p>Time is a Java double everywhere, also when the state is float32. It uses {@code
 * condgen.tensor} and {@code condgen.thesis} only.
 */
package condgen.ode;
