package condgen.video;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import condgen.diffusion.ForwardProcess;
import condgen.diffusion.NoiseSchedule;
import condgen.diffusion.ReleasedSampling;
import condgen.diffusion.ReleasedSchedule;
import condgen.diffusion.SamplerObserver;
import condgen.nn.Layer;
import condgen.nn.Parameter;
import condgen.noise.GaussianFreeField;
import condgen.tensor.Dual;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VideoModelTest {

  private static final FrameWindow WINDOW = new FrameWindow(2, 3, 2, 1);
  private static final ForwardProcess PROCESS = new ForwardProcess(NoiseSchedule.ddpm());

  /** Says which labels it was told, and predicts a share of its input's first channels. */
  private record Recorder(List<Double> labels) implements Layer {
    @Override
    public List<Parameter> parameters() {
      return List.of();
    }

    @Override
    public Dual apply(NDList theta, Dual x, NDArray t) {
      labels.add(Tensors.toDoubles(t)[0]);
      return Dual.of(Scalars.scale(x.value().get(":, 0:3"), 0.9));
    }
  }

  private static VideoModel model(List<Double> labels, ForwardProcess process, int steps) {
    return new VideoModel(
        new Recorder(labels),
        new NDList(),
        WINDOW,
        4,
        process,
        StepCode.RELEASED_INDEX,
        VideoSampler.ddpm(process, steps));
  }

  @Test
  void eachTask_isOneCall() {
    try (Scope scope = Scope.open()) {
      VideoModel model = model(new ArrayList<>(), PROCESS, 5);
      NDArray clip = Seeds.of(1).normal(0, new Shape(2, 7, 1, 4, 4));
      for (VideoTask task : VideoTask.of(WINDOW)) {
        NDArray made = model.perform(task, clip, Seeds.of(4));
        assertEquals(new Shape(2, 3, 1, 4, 4), made.getShape(), task.toString());
      }
      assertEquals(new Shape(3, 8, 1, 4, 4), model.generate(3, 8, Seeds.of(4)).getShape());
      NDArray past = clip.get(":, 0:2");
      assertArrayEquals(
          Tensors.toDoubles(model.perform(VideoTask.PREDICTION, clip, Seeds.of(4))),
          Tensors.toDoubles(model.predict(past, 3, Seeds.of(4))));
      assertEquals(VideoTask.INTERPOLATION, VideoTask.of(FrameMask.INTERPOLATION));
      assertEquals(
          List.of(VideoTask.PREDICTION, VideoTask.GENERATION),
          VideoTask.of(new FrameWindow(2, 3, 0, 1)));
    }
  }

  @Test
  void networkOfTheReleasedCode_isToldTheIndex() {
    try (Scope scope = Scope.open()) {
      List<Double> labels = new ArrayList<>();
      model(labels, PROCESS, 4).generate(1, 3, Seeds.of(1));
      assertEquals(List.of(0.0, 250.0, 500.0, 750.0), labels);
      NDArray t = Tensors.of(1, 500, 1000);
      assertArrayEquals(
          new double[] {1, 500, 1000}, Tensors.toDoubles(StepCode.STEP.label(t, 1000)));
      assertArrayEquals(
          new double[] {0.001, 0.5, 1}, Tensors.toDoubles(StepCode.UNIT_TIME.label(t, 1000)), 1e-7);
    }
  }

  @Test
  void releasedSampler_isDdpm_withOneMoreStep_ifItIsNotLeftOut() {
    try (Scope scope = Scope.open()) {
      List<Double> labels = new ArrayList<>();
      ReleasedSchedule schedule = ReleasedSchedule.linear(1000, 0.02, 1e-4);
      VideoModel model = model(labels, PROCESS, 10);
      NDArray plain = model.generate(2, 3, Seeds.of(1));
      labels.clear();
      ReleasedSampling same =
          new ReleasedSampling(schedule, ReleasedSampling.Method.DDPM, 10, true, false, false, 0);
      NDArray released = model.with(VideoSampler.released(same)).generate(2, 3, Seeds.of(1));
      assertArrayEquals(Tensors.toDoubles(plain), Tensors.toDoubles(released), 1e-4);
      ReleasedSampling more = new ReleasedSampling(schedule, ReleasedSampling.Method.DDPM, 10);
      labels.clear();
      List<Double> levels = new ArrayList<>();
      model
          .with(VideoSampler.released(more))
          .rollout(
              new RolloutObserver() {
                @Override
                public void observe(int block, int blocks, NDArray conditioning, NDArray frames) {}

                @Override
                public SamplerObserver stepsOf(int block, int blocks) {
                  return (step, level, x, clean) -> levels.add(level);
                }
              })
          .generate(2, 3, 4, 4, Seeds.of(1));
      assertEquals(11, labels.size());
      assertEquals(9, labels.get(10), "as released: the number of levels less one");
      assertEquals(List.of(1000.0, 900.0), levels.subList(0, 2));
      ReleasedSampling fromData =
          new ReleasedSampling(schedule, ReleasedSampling.Method.DDPM, 10, true, true, false, 0.5);
      assertThrows(IllegalArgumentException.class, () -> VideoSampler.released(fromData));
    }
  }

  @Test
  void anyNoise_startsTheSampler() {
    try (Scope scope = Scope.open()) {
      GaussianFreeField field = new GaussianFreeField(1);
      ForwardProcess process = new ForwardProcess(NoiseSchedule.ddpm(), field);
      double[] products = new double[2];
      VideoSampler.ddpm(process, 1)
          .sample(
              (x, t) -> {
                NDArray next = x.get(":, :, :, 1:").mul(x.get(":, :, :, :-1"));
                products[0] = Tensors.item(next.mean());
                products[1] = Tensors.item(x.get(":, 0").mul(x.get(":, 1")).mean());
                return Tensors.zerosLike(x);
              },
              WINDOW.sample(32, 32),
              200,
              Seeds.of(3),
              SamplerObserver.NONE);
      assertTrue(products[0] > 0.3, "neighbouring pixels resemble each other");
      assertEquals(0, products[1], 0.05, "frames are independent");
    }
  }

  @Test
  void trajectories_areConsecutive() {
    try (Scope scope = Scope.open()) {
      NDArray clips = Tensors.of(1, 2, 3).reshape(3, 1);
      Trajectories two = new Trajectories(2);
      NDArray repeated = two.repeat(clips);
      assertArrayEquals(new double[] {1, 1, 2, 2, 3, 3}, Tensors.toDoubles(repeated));
      assertArrayEquals(new double[] {2, 2}, Tensors.toDoubles(two.byClip(repeated).get(1)));
      assertEquals(new Shape(3, 2, 1), two.byClip(repeated).getShape());
      assertThrows(IllegalArgumentException.class, () -> new Trajectories(4).byClip(repeated));
    }
  }

  @Test
  void wrongSideAndTask_areNamed() {
    try (Scope scope = Scope.open()) {
      VideoModel model = model(new ArrayList<>(), PROCESS, 5);
      NDArray past = Tensors.zeros(new Shape(1, 2, 1, 8, 8));
      String text =
          assertThrows(IllegalArgumentException.class, () -> model.predict(past, 3, Seeds.of(1)))
              .getMessage();
      assertTrue(text.contains("past must have shape (any, any, 1, 4, 4)"), text);
      VideoModel forward =
          new VideoModel(
              new Recorder(new ArrayList<>()),
              new NDList(),
              new FrameWindow(2, 3, 0, 1),
              4,
              PROCESS,
              StepCode.STEP,
              10);
      NDArray clip = Tensors.zeros(new Shape(1, 5, 1, 4, 4));
      text =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> forward.perform(VideoTask.INTERPOLATION, clip, Seeds.of(1)))
              .getMessage();
      assertTrue(text.contains("lacks frames for interpolation"), text);
    }
  }
}
