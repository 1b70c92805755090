package condgen.ode;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.concurrent.CancellationException;

/** Counts the calls of a dynamics, checks what it returns, and ends when the thread is told to. */
final class CountedDynamics implements Dynamics {

  private final Dynamics f;
  private long evaluations;

  CountedDynamics(Dynamics f) {
    this.f = f;
  }

  long evaluations() {
    return evaluations;
  }

  @Override
  public int reads(int arrays) {
    return f.reads(arrays);
  }

  @Override
  public NDList apply(double t, NDList x) {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("the solve was interrupted at t = " + t);
    }
    evaluations++;
    NDList slope = f.apply(t, x);
    if (slope == null || slope.size() != x.size()) {
      throw new IllegalArgumentException(
          "dynamics must return "
              + x.size()
              + " arrays, one per array of x0, but returned "
              + (slope == null ? "null" : slope.size()));
    }
    for (int i = 0; i < x.size(); i++) {
      check(slope.get(i), x.get(i), x.size() == 1 ? "" : "[" + i + "]");
    }
    return slope;
  }

  private static void check(NDArray slope, NDArray x, String index) {
    if (slope == null || slope.isReleased()) {
      throw new IllegalArgumentException(
          "dynamics must return open arrays, but slope"
              + index
              + " is "
              + (slope == null ? "null" : "closed"));
    }
    if (!slope.getShape().equals(x.getShape()) || slope.getDataType() != x.getDataType()) {
      throw new IllegalArgumentException(
          String.format(
              "dynamics must return the shape and type of x0%s, %s %s, but slope%s is %s %s",
              index, x.getShape(), x.getDataType(), index, slope.getShape(), slope.getDataType()));
    }
  }
}
