package condgen.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Dual;
import condgen.tensor.Seeds;
import condgen.tensor.Slicing;
import condgen.tensor.Tensors;
import java.util.List;
import org.junit.jupiter.api.Test;

class VelocityOutputTest {

  private static final double[] ALPHA_BAR = {0.04, 0.36, 0.81};

  /** Answers a fixed array, whatever it sees. */
  private record Fixed(NDArray answer) implements Layer {
    @Override
    public List<Parameter> parameters() {
      return List.of();
    }

    @Override
    public Dual apply(NDList theta, Dual x, NDArray t) {
      return Dual.of(answer);
    }
  }

  @Test
  void aPerfectVelocityGivesTheNoise() {
    Seeds seeds = Seeds.of(5);
    NDArray x0 = seeds.normal(0, new Shape(3, 2, 4, 4));
    NDArray epsilon = seeds.normal(1, new Shape(3, 2, 4, 4));
    NDArray others = seeds.normal(2, new Shape(3, 1, 4, 4));
    NDArray signal = Tensors.perSample(new double[] {0.9, 0.2, 0.6}, x0);
    NDArray deviation = Tensors.perSample(new double[] {Math.sqrt(0.19), Math.sqrt(0.96), 0.8}, x0);
    NDArray xt = x0.mul(signal).add(epsilon.mul(deviation));
    NDArray v = epsilon.mul(signal).sub(x0.mul(deviation));
    Layer layer = new VelocityOutput(new Fixed(v), 2, ALPHA_BAR);
    NDArray noise =
        layer.apply(new NDList(), NDArrays.concat(new NDList(xt, others), 1), Tensors.of(2, 0, 1));
    assertEquals(0, noise.sub(epsilon).abs().max().getFloat(), 1e-6);
  }

  @Test
  void aSilentNetworkAnswersTheNoisySample() {
    NDArray x = Seeds.of(6).normal(0, new Shape(1, 2, 4, 4));
    Layer layer = new VelocityOutput(new Fixed(Tensors.zeros(new Shape(1, 1, 4, 4))), 1, ALPHA_BAR);
    NDArray noise = layer.apply(new NDList(), x, Tensors.of(0));
    NDArray xt = Slicing.slice(Dual.of(x), 1, 0, 1, 1).value();
    NDArray expected = xt.mul(Tensors.perSample(new double[] {Math.sqrt(0.96)}, xt));
    assertEquals(0, noise.sub(expected).abs().max().getFloat(), 1e-7);
  }

  @Test
  void unknownLabelsAreRefused() {
    NDArray x = Tensors.zeros(new Shape(1, 2, 4, 4));
    Layer layer = new VelocityOutput(new Fixed(x), 2, ALPHA_BAR);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> layer.apply(new NDList(), x, Tensors.of(3)));
    assertTrue(e.getMessage().contains("0 to 2"), e.getMessage());
    assertThrows(
        IllegalArgumentException.class, () -> new VelocityOutput(new Fixed(x), 0, ALPHA_BAR));
  }
}
