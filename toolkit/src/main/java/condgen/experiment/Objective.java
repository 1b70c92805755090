package condgen.experiment;

import ai.djl.ndarray.NDArray;
import condgen.diffusion.ForwardProcess;
import condgen.diffusion.NoiseMatching;
import condgen.diffusion.NoisePredictor;
import condgen.diffusion.ScaledNoise;
import condgen.diffusion.ScoreMatching;
import condgen.noise.GaussianNoise;

/** What a network of digits is trained for: to predict the white noise in a sample. */
interface Objective {

  /** L: levels run from 1, which is nearly clean, to L. */
  int levels();

  /** The distribution of the noise, N(0, Σ). */
  GaussianNoise noise();

  /** The predictor that a network becomes; it may scale the network's input. */
  NoisePredictor predictor(NoisePredictor network);

  /** The mean over pixels of the squared error; always answering 0 has loss 1. */
  NDArray loss(NoisePredictor predictor, NDArray x0, int[] level, NDArray epsilon);

  /** x_t = √ᾱ_t x₀ + √(1 − ᾱ_t) √Σ ε. */
  static Objective of(ForwardProcess process) {
    NoiseMatching matching = new NoiseMatching(process);
    return new Objective() {
      @Override
      public int levels() {
        return process.schedule().steps();
      }

      @Override
      public GaussianNoise noise() {
        return process.noise();
      }

      @Override
      public NoisePredictor predictor(NoisePredictor network) {
        return network;
      }

      @Override
      public NDArray loss(NoisePredictor predictor, NDArray x0, int[] level, NDArray epsilon) {
        return matching.lossPerDimension(predictor, x0, level, epsilon);
      }
    };
  }

  /** x_i = x₀ + σ_i √Σ ε; the network sees x_i / √(1 + σ_i²). */
  static Objective of(ScaledNoise process) {
    ScoreMatching matching = new ScoreMatching(process);
    return new Objective() {
      @Override
      public int levels() {
        return process.scales().levels();
      }

      @Override
      public GaussianNoise noise() {
        return process.noise();
      }

      @Override
      public NoisePredictor predictor(NoisePredictor network) {
        return matching.unitInput(network);
      }

      @Override
      public NDArray loss(NoisePredictor predictor, NDArray x0, int[] level, NDArray epsilon) {
        return matching.lossPerDimension(predictor, x0, level, epsilon);
      }
    };
  }
}
