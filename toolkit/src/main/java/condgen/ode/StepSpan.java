package condgen.ode;

import ai.djl.ndarray.NDList;

/** The polynomial over one step. */
interface StepSpan {

  /** Makes in the current scope what {@link #at} needs; harmless when repeated. */
  void prepare();

  /** The state at a time within the step. */
  NDList at(double time);
}
