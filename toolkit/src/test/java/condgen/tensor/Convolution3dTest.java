package condgen.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Convolution3dTest {

  private static final int BATCH = 3;
  private static final int[] SIZE = {5, 7, 6};
  private static final int[] KERNEL = {3, 3, 2};

  /** Against seven loops in double, value and all three gradients. */
  @ParameterizedTest
  @CsvSource({"1, 1, 1", "2, 3, 2", "16, 1, 2", "5, 24, 1", "24, 16, 2", "17, 33, 1", "3, 40, 2"})
  void valueAndGradients_areThoseOfTheLoops_whateverTheMemoryHeld(int out, int in, int stride) {
    List<Integer> steps = List.of(1, stride, stride);
    List<Integer> padding = List.of(1, 1, 0);
    for (int repeat = 0; repeat < 3; repeat++) {
      try (Scope scope = Scope.open()) {
        Tensors.full(new Shape(BATCH, 48, 5, 9, 9), Double.NaN, DataType.FLOAT32).close();
        NDArray x = Seeds.of(1).normal(0, new Shape(BATCH, in, SIZE[0], SIZE[1], SIZE[2]));
        NDArray w = Seeds.of(2).normal(0, new Shape(out, in, KERNEL[0], KERNEL[1], KERNEL[2]));
        NDArray b = Seeds.of(3).normal(0, new Shape(out));
        NDArray y = Convolution3d.conv3d(Dual.of(x), w, b, steps, padding).value();
        NDArray e = Seeds.of(4).normal(0, y.getShape());
        NDList gradients =
            Gradients.valueAndGrad(
                    new NDList(x, w, b),
                    p ->
                        Convolution3d.conv3d(Dual.of(p.get(0)), p.get(1), p.get(2), steps, padding)
                            .value()
                            .mul(e)
                            .sum())
                .gradients();
        Loops loops = new Loops(x, w, b, y.getShape(), steps, padding, Tensors.toDoubles(e));
        assertArrayEquals(loops.y, Tensors.toDoubles(y), 1e-3);
        assertClose(loops.gx, gradients.get(0));
        assertClose(loops.gw, gradients.get(1));
        assertClose(loops.gb, gradients.get(2));
        Dual.Product product = Dual.vjp(v -> Convolution3d.conv3d(v, w, b, steps, padding), x, e);
        assertClose(loops.gx, product.product());
        Dual moved = Dual.jvp(v -> Convolution3d.conv3d(v, w, b, steps, padding), x, x);
        NDArray offset = b.reshape(1, out, 1, 1, 1);
        assertClose(Tensors.toDoubles(y.sub(offset)), moved.tangent());
      }
    }
  }

  private static void assertClose(double[] expected, NDArray came) {
    double[] found = Tensors.toDoubles(came);
    assertEquals(expected.length, found.length);
    for (int i = 0; i < found.length; i++) {
      assertEquals(expected[i], found[i], 2e-4 * Math.max(1, Math.abs(expected[i])));
    }
  }

  /** The same convolution and its gradients for a cotangent, by loops. */
  private static final class Loops {
    final double[] y;
    final double[] gx;
    final double[] gw;
    final double[] gb;

    Loops(
        NDArray xs,
        NDArray ws,
        NDArray bs,
        Shape shape,
        List<Integer> steps,
        List<Integer> zeros,
        double[] e) {
      double[] x = Tensors.toDoubles(xs);
      double[] w = Tensors.toDoubles(ws);
      gb = new double[(int) bs.size()];
      gx = new double[x.length];
      gw = new double[w.length];
      y = new double[(int) shape.size()];
      int out = gb.length;
      int in = (int) ws.getShape().get(1);
      int window = KERNEL[0] * KERNEL[1] * KERNEL[2];
      int plane = (int) (shape.get(3) * shape.get(4));
      int block = (int) (shape.get(2) * plane);
      for (int i = 0; i < y.length; i++) {
        int sample = i / block / out;
        int o = i / block % out;
        int t = i % block / plane;
        int r = i % plane / (int) shape.get(4);
        int c = i % (int) shape.get(4);
        y[i] = Tensors.toDoubles(bs)[o];
        gb[o] += e[i];
        for (int k = 0; k < in * window; k++) {
          int kt = k % window / (KERNEL[1] * KERNEL[2]);
          int kr = k % (KERNEL[1] * KERNEL[2]) / KERNEL[2];
          int kc = k % KERNEL[2];
          int xt = t * steps.get(0) + kt - zeros.get(0);
          int xr = r * steps.get(1) + kr - zeros.get(1);
          int xc = c * steps.get(2) + kc - zeros.get(2);
          if (xt < 0 || xt >= SIZE[0] || xr < 0 || xr >= SIZE[1] || xc < 0 || xc >= SIZE[2]) {
            continue;
          }
          int at = (((sample * in + k / window) * SIZE[0] + xt) * SIZE[1] + xr) * SIZE[2] + xc;
          y[i] += w[o * in * window + k] * x[at];
          gx[at] += w[o * in * window + k] * e[i];
          gw[o * in * window + k] += x[at] * e[i];
        }
      }
    }
  }

  @Test
  void badInput_isRefused() {
    Scope.run(
        () -> {
          Dual x = Dual.of(Tensors.zeros(new Shape(1, 2, 2, 8, 8)));
          NDArray w = Tensors.zeros(new Shape(3, 2, 3, 3, 3));
          List<Integer> one = List.of(1, 1, 1);
          List<Integer> none = List.of(0, 0, 0);
          refuses("3 numbers", () -> new Convolution3d(w, null, List.of(1, 1), none));
          refuses("at least 1", () -> new Convolution3d(w, null, none, none));
          refuses("as large as", () -> Convolution3d.conv3d(x, w, null, one, none));
          Dual thin = Dual.of(x.value().get(":, 0:1"));
          refuses("x must have shape", () -> Convolution3d.conv3d(thin, w, null, one, one));
          refuses("bias must have", () -> new Convolution3d(w, Tensors.of(1, 2), one, none));
        });
  }

  private static void refuses(String message, Runnable call) {
    String came = assertThrows(IllegalArgumentException.class, call::run).getMessage();
    assertTrue(came.contains(message), came);
  }
}
