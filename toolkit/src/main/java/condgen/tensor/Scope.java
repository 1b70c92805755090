package condgen.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.jni.JniUtils;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Memory of one step. Every array that this thread makes between {@link #open()} and {@link
 * #close()} is freed at the close, whichever manager it belongs to, except those named to {@link
 * #keep}.
 *
 * <pre>{@code
 * try (Scope step = Scope.open()) {
 *   NDArray slope = f.apply(t, x);
 *   next = step.keep(Scalars.axpy(h, slope, x));
 * }
 * }</pre>
 *
 * <p>Gradient recording is off inside, on whatever thread this runs. Scopes nest; a kept array
 * passes to the enclosing scope, or lives until it is closed when there is none. Closing twice is
 * harmless. A scope belongs to the thread that opened it.
 */
public final class Scope implements AutoCloseable {

  private static final ThreadLocal<Scope> CURRENT = new ThreadLocal<>();
  private static final Field MADE_HERE = madeHere();

  private final Scope outer;
  private final NDScope arrays;
  private final boolean wasRecording;
  private final Thread owner = Thread.currentThread();
  private final List<NDArray> kept = new ArrayList<>();
  private boolean closed;

  private Scope(boolean record) {
    Devices.device();
    outer = CURRENT.get();
    wasRecording = JniUtils.isGradMode();
    if (wasRecording != record) {
      JniUtils.setGradMode(record);
    }
    arrays = new NDScope();
    arrays.suppressNotUsedWarning();
    CURRENT.set(this);
  }

  /** Opens a scope on this thread; recording is off inside. */
  public static Scope open() {
    return new Scope(false);
  }

  /** Runs a step of which no array survives. */
  public static void run(Runnable step) {
    call(
        () -> {
          step.run();
          return null;
        });
  }

  /**
   * Runs a step of which only a result survives that is no array: a number read back, a list of
   * numbers.
   */
  public static <T> T call(Supplier<T> step) {
    Scope scope = open();
    try {
      return step.get();
    } finally {
      scope.close();
    }
  }

  /**
   * Opens a scope that leaves recording as it is: for solver steps that a gradient may run through.
   */
  public static Scope inherit() {
    Devices.device();
    return new Scope(JniUtils.isGradMode());
  }

  /** Opens a scope with recording on; only {@link Gradients} does. */
  static Scope recording() {
    return new Scope(true);
  }

  /**
   * Lets an array outlive this scope; one that was made outside does so anyway.
   *
   * @return the same array
   * @throws IllegalStateException if the array or this scope is closed, or the array was made in an
   *     inner scope
   */
  public NDArray keep(NDArray array) {
    check();
    Arguments.requireOpen(array, "array");
    for (Scope inner = CURRENT.get(); inner != this; inner = inner.outer) {
      if (inner.madeHere(array)) {
        throw new IllegalStateException(
            "This array was made in an inner scope that is still open; keep it there first.");
      }
    }
    if (madeHere(array)) {
      kept.add(array);
    }
    return array;
  }

  /** Lets all arrays of a list outlive this scope. */
  public NDList keep(NDList list) {
    list.forEach(this::keep);
    return list;
  }

  /**
   * Lets an array made in the innermost scope live until its owner closes it, whatever scopes are
   * open: for state that outlives steps, such as the moments of an optimiser.
   *
   * @return the same array
   */
  public static NDArray disown(NDArray array) {
    Arguments.requireOpen(array, "array");
    NDScope.unregister(array);
    return array;
  }

  /** The engine's list of what a scope collected; it has no other way to ask. */
  private static Field madeHere() {
    try {
      Field field = NDScope.class.getDeclaredField("resources");
      field.setAccessible(true);
      return field;
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("This DJL version keeps the arrays of a scope elsewhere.", e);
    }
  }

  private boolean madeHere(NDArray array) {
    try {
      return ((Map<?, ?>) MADE_HERE.get(arrays)).containsKey(array);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private void check() {
    if (closed) {
      throw new IllegalStateException("This scope is closed already; keep arrays before its end.");
    }
    if (Thread.currentThread() != owner) {
      throw new IllegalStateException(
          "This scope belongs to thread "
              + owner.getName()
              + ", not to "
              + Thread.currentThread().getName()
              + ".");
    }
  }

  /** Frees what was not kept, inner scopes first, and sets recording back to what it was. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    check();
    while (CURRENT.get() != this) {
      CURRENT.get().close();
    }
    closed = true;
    for (NDArray array : kept) {
      NDScope.unregister(array);
    }
    arrays.close();
    if (outer == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(outer);
      kept.forEach(NDScope::register);
    }
    kept.clear();
    if (JniUtils.isGradMode() != wasRecording) {
      JniUtils.setGradMode(wasRecording);
    }
  }
}
