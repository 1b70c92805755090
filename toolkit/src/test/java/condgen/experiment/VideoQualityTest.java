package condgen.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import condgen.data.ClipSource;
import condgen.data.Mnist;
import condgen.data.StochasticMovingMnist;
import condgen.diffusion.ForwardProcess;
import condgen.diffusion.NoiseSchedule;
import condgen.download.DataCache;
import condgen.metrics.BestOf;
import condgen.metrics.ClipFeatures;
import condgen.metrics.FrechetVideo;
import condgen.metrics.VideoBaseline;
import condgen.nn.Composite;
import condgen.tensor.Dual;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import condgen.video.FrameWindow;
import condgen.video.StepCode;
import condgen.video.VideoModel;
import condgen.video.VideoSampler;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VideoQualityTest {

  private static final DataCache CACHE = DataCache.at(Path.of("src/test/resources/data"));
  private static final ClipSource CLIPS = new StochasticMovingMnist(Mnist.test(CACHE), 2, 16);
  private static final FrameWindow WINDOW = new FrameWindow(5, 5, 5, 1);
  private static final VideoProtocol PREDICTION =
      VideoProtocol.of("7.9").get(0).scaled(16, 5, 5, 7).with(3, 2, 4);

  /** Answers, whatever the noise, the last past frame for every current one. */
  private static final class LastPastFrame extends Composite {
    @Override
    public Dual apply(NDList theta, Dual x, NDArray t) {
      return Dual.of(x.value().get(":, 9:10").repeat(1, 5));
    }
  }

  /** A model that takes the network's answer as the frames, plus so much noise. */
  private static VideoModel model(double noise) {
    VideoSampler sampler =
        (network, sample, count, seeds, observer) -> {
          NDArray start = seeds.normal(sample, count);
          return network.predict(start, Tensors.ones(new Shape(count))).add(start.mul(noise));
        };
    return new VideoModel(
        new LastPastFrame(),
        new NDList(),
        WINDOW,
        16,
        new ForwardProcess(NoiseSchedule.ddpm()),
        StepCode.STEP,
        sampler);
  }

  /** A model that copies is the baseline that copies, in every metric, over two blocks. */
  @Test
  void modelThatCopies_isTheBaseline() {
    try (Scope scope = Scope.open()) {
      VideoQuality quality = new VideoQuality(PREDICTION, CLIPS, 3);
      VideoScore model = quality.of("copies", model(0));
      VideoScore baseline = quality.of(VideoBaseline.copyLast());
      assertEquals(
          List.of("PSNR", "SSIM", "SSIM unrounded", "MSE"), List.copyOf(model.frames().keySet()));
      baseline
          .values()
          .forEach((name, value) -> assertEquals(value, model.values().get(name), 1e-6, name));
      assertEquals(2, model.frames().get("PSNR").trajectories());
      assertEquals(1, baseline.frames().get("PSNR").trajectories());
      assertTrue(model.toString().contains("best of 2"), model.toString());
    }
  }

  /** By plain loops over pixels, from the definitions. */
  @Test
  void black_isMeasuredAsByHand() {
    try (Scope scope = Scope.open()) {
      VideoProtocol one = PREDICTION.with(2, 1, 1);
      VideoScore score = new VideoQuality(one, CLIPS, 3).of(VideoBaseline.black());
      float[] clip = Tensors.toFloats(CLIPS.batch(3, 0, 2, 12));
      double error = 0;
      double psnr = 0;
      for (int i = 0; i < 2; i++) {
        double sum = 0;
        for (int at = 5 * 256; at < 12 * 256; at++) {
          sum += Math.pow((clip[i * 12 * 256 + at] + 1) / 2, 2) / (7 * 256);
        }
        error += sum / 2;
        psnr += 10 * Math.log10(1 / sum) / 2;
      }
      assertEquals(error, score.values().get("MSE mean"), 1e-7);
      assertEquals(psnr, score.values().get("PSNR best"), 1e-5);
    }
  }

  @Test
  void moreClipsAndTrajectories_keepThoseThatAreThere() {
    try (Scope scope = Scope.open()) {
      VideoModel noisy = model(0.3);
      BestOf few = psnr(noisy, 1, 2);
      BestOf many = psnr(noisy, 1, 4);
      assertTrue(many.best().mean() >= few.best().mean());
      assertTrue(few.best().mean() > few.mean().mean());
      BestOf more = psnr(noisy, 34, 1);
      BestOf some = psnr(noisy, 32, 1);
      BestOf rest = psnr(noisy, 33, 1);
      double thirtyThird = 33 * rest.mean().mean() - 32 * some.mean().mean();
      double thirtyFourth = 34 * more.mean().mean() - 33 * rest.mean().mean();
      assertTrue(thirtyThird > 5 && thirtyThird < 30, "" + thirtyThird);
      assertTrue(thirtyFourth > 5 && thirtyFourth < 30, "" + thirtyFourth);
      assertTrue(Math.abs(thirtyFourth - thirtyThird) > 1e-6, "another clip");
      assertEquals(psnr(noisy, 1, 2).best().mean(), few.best().mean());
    }
  }

  private static BestOf psnr(VideoModel model, int clips, int trajectories) {
    VideoProtocol protocol = PREDICTION.with(clips, trajectories, 1);
    return new VideoQuality(protocol, CLIPS, 3).of("noisy", model).frames().get("PSNR");
  }

  /** Sees the whole clip through interpolation: linear interpolation has a place there only. */
  @Test
  void baselines_areThoseOfTheTask() {
    try (Scope scope = Scope.open()) {
      VideoProtocol between = VideoProtocol.of("7.8").get(1).scaled(16, 5, 5, 5).with(2, 1, 1);
      List<String> names =
          new VideoQuality(between, CLIPS, 3)
              .baselines(CLIPS).stream().map(VideoScore::method).toList();
      assertTrue(names.contains("linear interpolation"), names.toString());
      VideoQuality ahead = new VideoQuality(PREDICTION, CLIPS, 3);
      List<VideoScore> scores = ahead.baselines(CLIPS);
      assertEquals(names.size() - 1, scores.size());
      double others = ahead.others().values().get("PSNR mean");
      double copy = scores.get(0).values().get("PSNR mean");
      assertTrue(others < copy, others + " < " + copy);
    }
  }

  @Test
  void generation_hasNoTrueFrames() {
    try (Scope scope = Scope.open()) {
      VideoProtocol nothing = VideoProtocol.of("7.6").get(0).scaled(16, 5, 5, 6).with(2, 1, 1);
      VideoScore score = new VideoQuality(nothing, CLIPS, 3).of("model", model(1));
      assertEquals(Map.of(), score.values());
      assertFalse(nothing.hasTruth());
    }
  }

  @Test
  void observer_countsUpToAll() {
    List<String> seen = new ArrayList<>();
    try (Scope scope = Scope.open()) {
      new VideoQuality(PREDICTION.with(33, 2, 1), CLIPS, 3)
          .observer((done, all) -> seen.add(done + "/" + all))
          .of("copies", model(0));
    }
    assertEquals(List.of("32/66", "64/66", "65/66", "66/66"), seen);
  }

  @Test
  void modelOfAnotherWindow_isRefused() {
    VideoProtocol ten = VideoProtocol.of("7.4").get(0).scaled(16, 10, 5, 7).with(2, 1, 1);
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new VideoQuality(ten, CLIPS, 3).of("m", model(0)));
    assertTrue(e.getMessage().contains("must have the frames of the protocol"), e.getMessage());
    VideoProtocol large = PREDICTION.scaled(32, 5, 5, 7);
    assertThrows(IllegalArgumentException.class, () -> new VideoQuality(large, CLIPS, 3));
  }

  /** The generator's futures begin where the past ends, and the true one is none of them. */
  @Test
  void otherFutures_areNearerThanOtherClips() {
    try (Scope scope = Scope.open()) {
      StochasticMovingMnist source = (StochasticMovingMnist) CLIPS;
      VideoProtocol twenty = PREDICTION.scaled(16, 5, 5, 20).with(6, 3, 1);
      VideoQuality quality = new VideoQuality(twenty, CLIPS, 3);
      BestOf futures = quality.otherFutures(source).frames().get("MSE");
      BestOf others = quality.others().frames().get("MSE");
      assertEquals(3, futures.trajectories());
      assertTrue(futures.mean().mean() < others.mean().mean(), futures + " < " + others);
      assertTrue(futures.best().mean() > 0, "all futures touch a wall within 20 frames");
      ClipSource same = new StochasticMovingMnist(Mnist.test(CACHE), 2, 16);
      assertThrows(
          IllegalArgumentException.class, () -> quality.otherFutures((StochasticMovingMnist) same));
    }
  }

  /** By another route: the distance of all clips at once. */
  @Test
  void distance_isThatOfTheWholeSets() {
    try (Scope scope = Scope.open()) {
      ClipFeatures features =
          ClipFeatures.read(NotebookFiles.find("checkpoints/clip-features.safetensors"));
      FrechetVideo distance = new FrechetVideo(features);
      VideoProtocol many = PREDICTION.with(40, 1, 1);
      VideoScore score =
          new VideoQuality(many, CLIPS, 3).distance(distance).of(VideoBaseline.black());
      NDArray real = CLIPS.batch(3, 0, 40, 12);
      NDArray past = real.get(":, :5");
      NDArray made = past.concat(real.get(":, 5:").mul(0).sub(1), 1);
      assertEquals(
          distance.between(made, real),
          score.values().get("distance"),
          1e-3 * score.values().get("distance"));
    }
  }
}
