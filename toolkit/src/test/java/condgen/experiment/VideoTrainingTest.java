package condgen.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.data.ClipSource;
import condgen.nn.VideoUNet;
import condgen.noise.WhiteNoise;
import condgen.tensor.Tensors;
import condgen.training.Checkpoint;
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
        new WhiteNoise());
  }

  @Test
  void lossFalls() {
    VideoTraining video = new VideoTraining(tiny(), new Ramps(8), 1, 300);
    double first = video.run(10, (n, loss) -> {});
    video.run(290, (n, loss) -> {});
    double last = video.run(300, (n, loss) -> {});
    assertTrue(first > 0.8, "first " + first);
    assertTrue(last < 0.6 * first, "first " + first + ", last " + last);
    assertTrue(video.heldOut(new Ramps(8), 500, 8) < 1);
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
