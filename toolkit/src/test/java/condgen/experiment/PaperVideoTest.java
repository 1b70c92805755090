package condgen.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import condgen.data.ClipSource;
import condgen.data.Mnist;
import condgen.data.StochasticMovingMnist;
import condgen.download.DataCache;
import condgen.nn.VideoArchitectures;
import condgen.tensor.Scope;
import condgen.training.Training;
import condgen.video.MaskDistribution;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaperVideoTest {

  /**
   * A step at the thesis's width, with one clip. A fresh network answers nearly 0, so the loss is
   * the squared norm of white noise: 20,480 numbers, a standard deviation of 202.
   */
  @Test
  void aStepAtTheThesisWidthWithOneClip() {
    Scope.run(
        () -> {
          PaperVideo setting = PaperVideo.of(VideoArchitectures.SMMNIST_CONCAT);
          PaperVideo one = new PaperVideo(setting.architecture(), 1, 2, setting.options());
          ClipSource clips =
              new StochasticMovingMnist(
                  Mnist.test(DataCache.at(Path.of("src/test/resources/data"))), 2, 64);
          Training training = one.training(1);
          List<Double> losses = new ArrayList<>();
          one.run(training, clips, MaskDistribution.NEVER, 1, 2, (n, loss) -> losses.add(loss));
          assertEquals(2, training.steps());
          for (double loss : losses) {
            assertEquals(20_480, loss, 5 * 202);
          }
        });
  }
}
