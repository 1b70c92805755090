package condgen.tensor;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class GradientsTest {

  private static NDArray square(NDList theta) {
    return theta.get(0).mul(theta.get(0)).sum();
  }

  @Test
  void valueAndGrad_calledThrice_doesNotAddUp() {
    try (Scope scope = Scope.open()) {
      NDList theta = new NDList(Tensors.of(1, -3));
      for (int i = 0; i < 3; i++) {
        Gradients.ValueAndGrad result = Gradients.valueAndGrad(theta, GradientsTest::square);
        assertEquals(10, Tensors.item(result.value()));
        assertArrayEquals(new double[] {2, -6}, Tensors.toDoubles(result.gradients().get(0)));
      }
    }
  }

  @Test
  void valueAndGrad_overThousandSteps_leavesNoHandle() {
    NDList theta = new NDList(Tensors.ones(new Shape(4, 4)), Tensors.ones(new Shape(4)));
    NDArray x = Tensors.ones(new Shape(2, 4));
    int before = -1;
    for (int step = 0; step <= 1000; step++) {
      try (Gradients.ValueAndGrad result =
          Gradients.valueAndGrad(theta, p -> x.matMul(p.get(0)).add(p.get(1)).tanh().mean())) {
        result.gradients().get(0);
      }
      before = step == 0 ? Devices.liveArrays() : before;
    }
    assertEquals(before, Devices.liveArrays());
    assertFalse(theta.get(0).hasGradient(), "parameters need no flag");
    Tensors.close(theta);
    x.close();
  }

  @Test
  void vjp_insideRunningTrainingStep_isIndependent() {
    try (Scope scope = Scope.open()) {
      NDList theta = new NDList(Tensors.of(2));
      NDArray x = Tensors.of(3);
      Gradients.ValueAndGrad result =
          Gradients.valueAndGrad(
              theta,
              p -> {
                NDList at = new NDList(x);
                Gradients.Vjp inner =
                    Gradients.vjp(
                        z -> new NDList(z.get(0).mul(z.get(0)).mul(p.get(0))),
                        at,
                        new NDList(Tensors.of(1)));
                assertEquals(12, Tensors.item(inner.products().get(0)));
                assertTrue(Gradients.isRecording(), "recording goes on after the inner product");
                return p.get(0).mul(p.get(0)).mul(inner.products().get(0)).sum();
              });
      assertEquals(48, Tensors.item(result.value()));
      assertEquals(
          2 * 2 * 12, Tensors.item(result.gradients().get(0)), "the inner product is a constant");
    }
  }

  @Test
  void vjp_throughAnIntermediateOfTheRunningStep_leavesItsGraphWhole() {
    try (Scope scope = Scope.open()) {
      NDList theta = new NDList(Tensors.of(2));
      NDArray gradient =
          Gradients.valueAndGrad(
                  theta,
                  p -> {
                    NDArray h = p.get(0).mul(p.get(0));
                    NDArray slope =
                        Gradients.vjp(
                                z -> new NDList(z.get(0).mul(h)),
                                new NDList(Tensors.of(5)),
                                new NDList(Tensors.of(1)))
                            .products()
                            .get(0);
                    assertEquals(4, Tensors.item(slope));
                    return h.mul(slope).sum();
                  })
              .gradients()
              .get(0);
      assertEquals(2 * 2 * 4, Tensors.item(gradient));
    }
  }

  @Test
  void valueAndGrad_onTwoThreadsAtOnce_givesBothResults() throws Exception {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Runnable work =
        () -> {
          for (int i = 0; i < 200; i++) {
            try (Scope scope = Scope.open()) {
              NDList theta = new NDList(Tensors.of(1, 2));
              NDArray gradient =
                  Gradients.valueAndGrad(theta, GradientsTest::square).gradients().get(0);
              assertArrayEquals(new double[] {2, 4}, Tensors.toDoubles(gradient));
            }
          }
        };
    Thread other = new Thread(work);
    other.setUncaughtExceptionHandler((t, e) -> failure.set(e));
    other.start();
    work.run();
    other.join();
    assertNull(failure.get());
  }

  @Test
  void valueAndGrad_ofUnusedParameter_isZeroInItsType() {
    try (Scope scope = Scope.open()) {
      NDList theta = new NDList(Tensors.of(1), Tensors.ofDoubles(4, 5));
      NDArray gradient = Gradients.valueAndGrad(theta, GradientsTest::square).gradients().get(1);
      assertEquals(DataType.FLOAT64, gradient.getDataType());
      assertArrayEquals(new double[] {0, 0}, Tensors.toDoubles(gradient));
    }
  }

  @Test
  void valueAndGrad_ofVectorLoss_saysWhatIsMissing() {
    NDList theta = new NDList(Tensors.of(1, 2));
    boolean before =
        Gradients.isRecording(); // on in every thread but the one that loaded the engine
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> Gradients.valueAndGrad(theta, p -> p.get(0).mul(p.get(0))));
    assertTrue(error.getMessage().contains("loss must be a single number, but has shape (2)"));
    assertEquals(before, Gradients.isRecording());
    Tensors.close(theta);
  }

  @Test
  void valueAndGrad_ofLossWithoutLeaves_saysSo() {
    NDList theta = new NDList(Tensors.of(1));
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> Gradients.valueAndGrad(theta, p -> theta.get(0).sum()));
    assertTrue(error.getMessage().contains("use the leaves"));
    Tensors.close(theta);
  }

  @Test
  void vjp_agreesWithCentralDifferences() {
    try (Scope scope = Scope.open()) {
      NDArray x = Tensors.of(new double[] {0.3, -0.7, 1.1}, new Shape(3));
      NDArray e = Tensors.ofDoubles(1, 2, -1);
      Function<NDArray, NDArray> f = v -> v.sin().mul(v);
      NDArray product =
          Gradients.vjp(z -> new NDList(f.apply(z.get(0))), new NDList(x), new NDList(e))
              .products()
              .get(0);
      for (int i = 0; i < 3; i++) {
        double[] step = new double[3];
        step[i] = 1e-6;
        NDArray h = Tensors.ofDoubles(step);
        NDArray difference = f.apply(x.add(h)).sub(f.apply(x.sub(h))).mul(e).sum();
        assertEquals(Tensors.item(difference) / 2e-6, Tensors.toDoubles(product)[i], 1e-8);
      }
    }
  }

  @Test
  void segments_agreeWithOneBackwardPass() {
    try (Scope scope = Scope.open()) {
      NDList first = new NDList(Tensors.of(new double[] {0.5, -0.2, 0.1, 0.9}, new Shape(2, 2)));
      NDList second = new NDList(Tensors.of(new double[] {1.5, 0.3, -0.4, 0.7}, new Shape(2, 2)));
      NDList x = new NDList(Tensors.of(new double[] {1, 2}, new Shape(1, 2)));
      Segment a = Segment.recorded(first, (p, in) -> new NDList(in.get(0).matMul(p.get(0)).tanh()));
      Segment b = Segment.recorded(second, (p, in) -> new NDList(in.get(0).matMul(p.get(0)).sin()));
      Function<NDList, NDArray> loss = out -> out.get(0).mul(out.get(0)).sum();
      Gradients.ValueAndGrad pieces = Segment.valueAndGrad(x, List.of(a, b), loss);
      Gradients.ValueAndGrad whole =
          Gradients.valueAndGrad(
              new NDList(first.get(0), second.get(0)),
              p -> loss.apply(new NDList(x.get(0).matMul(p.get(0)).tanh().matMul(p.get(1)).sin())));
      assertEquals(Tensors.item(whole.value()), Tensors.item(pieces.value()), 1e-15);
      for (int i = 0; i < 2; i++) {
        assertArrayEquals(
            Tensors.toDoubles(whole.gradients().get(i)),
            Tensors.toDoubles(pieces.gradients().get(i)),
            1e-14);
      }
    }
  }

  @Test
  void segments_overManySteps_leaveNoHandle() {
    NDList theta = new NDList(Tensors.ones(new Shape(2, 2)));
    NDList x = new NDList(Tensors.ones(new Shape(1, 2)));
    Segment a = Segment.recorded(theta, (p, in) -> new NDList(in.get(0).matMul(p.get(0)).tanh()));
    int before = -1;
    for (int step = 0; step <= 100; step++) {
      Segment.valueAndGrad(x, List.of(a, a), out -> out.get(0).sum()).close();
      before = step == 0 ? Devices.liveArrays() : before;
    }
    assertEquals(before, Devices.liveArrays());
    Tensors.close(theta);
    Tensors.close(x);
  }
}
