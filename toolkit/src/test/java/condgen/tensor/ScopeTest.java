package condgen.tensor;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ScopeTest {

  @Test
  void close_freesAllButWhatWasKept() {
    int before = Devices.liveArrays();
    NDArray kept;
    NDArray lost;
    try (Scope scope = Scope.open()) {
      lost = Tensors.of(1, 2, 3);
      kept = scope.keep(lost.add(lost));
    }
    assertTrue(lost.isReleased());
    assertArrayEquals(new double[] {2, 4, 6}, Tensors.toDoubles(kept));
    kept.close();
    assertEquals(before, Devices.liveArrays());
  }

  @Test
  void close_freesResultsWhoseFirstOperandBelongsElsewhere() {
    NDArray parameter = Tensors.ones(new Shape(3));
    int before = Devices.liveArrays();
    try (Scope scope = Scope.open()) {
      parameter.mul(parameter).add(parameter);
    }
    assertEquals(before, Devices.liveArrays());
    assertFalse(parameter.isReleased());
    parameter.close();
  }

  @Test
  void close_twice_isHarmless() {
    Scope scope = Scope.open();
    scope.close();
    scope.close();
    IllegalStateException error =
        assertThrows(IllegalStateException.class, () -> scope.keep(Tensors.of(1)));
    assertTrue(error.getMessage().contains("closed already"));
  }

  @Test
  void keep_inInnerScope_passesToTheEnclosingOne() {
    NDArray inner;
    NDArray outer = Tensors.of(5);
    try (Scope a = Scope.open()) {
      try (Scope b = Scope.open()) {
        inner = b.keep(Tensors.of(7));
        b.keep(outer);
      }
      assertFalse(inner.isReleased());
    }
    assertTrue(inner.isReleased());
    assertFalse(outer.isReleased(), "an array made outside stays what it was");
    outer.close();
  }

  @Test
  void keep_ofAnArrayOfAnOpenInnerScope_isRefused() {
    try (Scope outer = Scope.open()) {
      try (Scope inner = Scope.open()) {
        NDArray array = Tensors.of(1);
        IllegalStateException error =
            assertThrows(IllegalStateException.class, () -> outer.keep(array));
        assertTrue(error.getMessage().contains("keep it there first"));
      }
    }
  }

  @Test
  void close_ofOuterScope_closesInnerOnesFirst() {
    Scope outer = Scope.open();
    Scope inner = Scope.open();
    NDArray array = Tensors.of(1);
    outer.close();
    assertTrue(array.isReleased());
    inner.close();
    NDArray after = Tensors.of(1);
    assertFalse(after.isReleased());
    after.close();
  }

  @Test
  void requireOpen_ofClosedArray_namesItAndTheRemedy() {
    NDArray array = Tensors.of(1);
    array.close();
    IllegalStateException error =
        assertThrows(IllegalStateException.class, () -> Arguments.requireOpen(array, "x0"));
    assertTrue(error.getMessage().contains("x0 was closed"));
    assertTrue(error.getMessage().contains("scope.keep(x0)"));
  }

  @Test
  void open_onFreshThread_switchesRecordingOffAndBackOn() throws Exception {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              assertTrue(Gradients.isRecording(), "libtorch records in a fresh thread");
              try (Scope scope = Scope.open()) {
                assertFalse(Gradients.isRecording());
              }
              assertTrue(Gradients.isRecording());
            });
    thread.setUncaughtExceptionHandler((t, e) -> failure.set(e));
    thread.start();
    thread.join();
    assertNull(failure.get());
  }

  @Test
  void samplerLoopOnFreshThread_withParameters_keepsNoGraphAndNoHandle() throws Exception {
    NDArray weight = Tensors.ones(new Shape(8, 8));
    weight.setRequiresGradient(true);
    Scalars.constant(0.1, weight);
    AtomicReference<NDArray> last = new AtomicReference<>();
    int before = Devices.liveArrays();
    Thread thread =
        new Thread(
            () -> {
              NDArray x = Tensors.ones(new Shape(4, 8));
              for (int step = 0; step < 1000; step++) {
                try (Scope scope = Scope.open()) {
                  NDArray next = scope.keep(Scalars.scale(x.matMul(weight), 0.1).tanh());
                  x.close();
                  x = next;
                }
              }
              last.set(x);
            });
    thread.start();
    thread.join();
    try (Scope scope = Scope.open()) {
      assertThrows(
          IllegalArgumentException.class,
          () -> Recording.backward(last.get().sum(), null),
          "the state must hang on no graph");
    }
    assertEquals(before + 1, Devices.liveArrays());
    last.get().close();
    weight.close();
  }

  @Test
  void close_fromAnotherThread_isRefused() throws Exception {
    Scope scope = Scope.open();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread thread = new Thread(scope::close, "other");
    thread.setUncaughtExceptionHandler((t, e) -> failure.set(e));
    thread.start();
    thread.join();
    assertInstanceOf(IllegalStateException.class, failure.get());
    assertTrue(failure.get().getMessage().contains("other"));
    scope.close();
  }

  @Test
  void keep_ofList_keepsEach() {
    NDList list;
    try (Scope scope = Scope.open()) {
      list = scope.keep(new NDList(Tensors.of(1), Tensors.of(2)));
    }
    assertEquals(2, Tensors.item(list.get(1)));
    Tensors.close(list);
  }
}
