package condgen.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.data.ClipSource;
import condgen.diffusion.ForwardProcess;
import condgen.diffusion.NoiseMatching;
import condgen.nn.VideoUNet;
import condgen.noise.GaussianNoise;
import condgen.noise.WhiteNoise;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import condgen.training.Checkpoint;
import condgen.video.ConditionalNoisePredictor;
import condgen.video.FrameMask;
import condgen.video.FrameWindow;
import condgen.video.MaskDistribution;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoTrainingTest {

  /** Frames of one brightness each, rising along the clip: the window's middle is easy to guess. */
  private static final class Ramps implements ClipSource {
    private final int side;

    Ramps(int side) {
      this.side = side;
    }

    @Override
    public NDArray batch(long seed, long step, int batch, int frames) {
      float[] values = new float[batch * frames * side * side];
      for (int i = 0; i < values.length; i++) {
        int frame = i / (side * side) % frames;
        values[i] = -0.8f + 1.6f * frame / (frames - 1);
      }
      return Tensors.of(values, new Shape(batch, frames, 1, side, side));
    }

    @Override
    public int side() {
      return side;
    }

    @Override
    public int channels() {
      return 1;
    }

    @Override
    public String toString() {
      return "ramps";
    }
  }

  private static VideoSetting tiny() {
    return new VideoSetting(
        Footage.SMMNIST,
        8,
        2,
        new FrameWindow(1, 1, 1, 1),
        MaskDistribution.PAST_FUTURE,
        VideoUNet.Conditioning.CONCAT,
        16,
        List.of(1),
        1,
        16,
        4,
        new WhiteNoise(),
        VideoSetting.Output.VELOCITY);
  }

  @Test
  void lossFalls() {
    VideoTraining video = new VideoTraining(tiny(), new Ramps(8), 1, 60);
    double first = video.run(10, (n, loss) -> {});
    video.run(50, (n, loss) -> {});
    double last = video.run(60, (n, loss) -> {});
    assertTrue(first > 0.3, "first " + first);
    assertTrue(last < first, "first " + first + ", last " + last);
    assertTrue(video.heldOut(new Ramps(8), 500, 8) < 1);
  }

  @Test
  void theErrorOfTheVelocityIsTheErrorOfTheNoiseOverAlphaBar() {
    VideoSetting setting = tiny();
    ConditionalNoisePredictor predictor =
        setting.predictor(setting.network(), setting.network().initialize(Seeds.of(3)));
    NDArray clip = new Ramps(8).batch(1, 0, 6, 3);
    Seeds seeds = Seeds.of(4);
    double loss = Tensors.item(setting.loss(predictor, clip, seeds, 0));
    double sum = 0;
    ForwardProcess process = setting.process();
    int[] t = new NoiseMatching(process).drawSteps(seeds, 0, 6);
    FrameMask[] masks = setting.masks().draw(seeds, 0, 6);
    NDArray noise = GaussianNoise.white(seeds.part("noise"), 0, new Shape(1, 8, 8), 6);
    for (int i = 0; i < 6; i++) {
      String one = i + ":" + (i + 1);
      double error =
          Tensors.item(
              setting
                  .objective()
                  .lossPerDimension(
                      predictor, clip.get(one), new int[] {t[i]}, noise.get(one), masks[i]));
      sum += error / process.schedule().alphaBar(t[i]);
    }
    assertEquals(sum / 6, loss, 1e-3 * loss);
  }

  @Test
  void stoppedRunGoesOnToTheSameBits(@TempDir Path directory) {
    List<Double> whole = new ArrayList<>();
    new VideoTraining(tiny(), new Ramps(8), 1, 6).run(6, (n, loss) -> whole.add(loss));
    Path state = directory.resolve("state.safetensors");
    List<Double> parts = new ArrayList<>();
    for (int until : new int[] {3, 6}) {
      VideoTraining part = new VideoTraining(tiny(), new Ramps(8), 1, 6);
      part.training().resume(state);
      part.training().saveEvery(100, state);
      part.run(until, (n, loss) -> parts.add(loss));
    }
    assertEquals(whole, parts);
  }

  @Test
  void commandShipsModelAndCard(@TempDir Path directory) throws Exception {
    VideoSetting setting = tiny();
    new TrainVideo("tiny", setting, new Ramps(8), new Ramps(8), directory, 2).run();
    assertTrue(Files.readString(directory.resolve("tiny.json")).contains("\"steps\": 2"));
    Checkpoint.read(directory.resolve("tiny.safetensors")).parameters("average", setting.network());
  }

  @Test
  void clipsOfAnotherSideAreRefused() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> new VideoTraining(tiny(), new Ramps(16), 1, 6));
    assertTrue(e.getMessage().contains("side 8"), e.getMessage());
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> ShippedVideo.named("mcvd"))
            .getMessage()
            .contains("smmnist-mcvd"));
  }

  @Test
  void shippedModelIsSmall() {
    long parameters = ShippedVideo.SMMNIST_MCVD.setting().network().parameterCount();
    assertTrue(4 * parameters < 8_000_000, parameters + " parameters");
  }
}
