package condgen.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import condgen.diffusion.ReleasedSchedule;
import condgen.nn.VideoArchitectures;
import condgen.nn.VideoUNet;
import condgen.nn.VideoUNet.Architecture;
import condgen.nn.VideoUNet.Conditioning;
import condgen.nn.VideoVariants;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import condgen.video.StepCode;
import condgen.video.VideoModel;
import condgen.video.VideoSampler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checkpoints of the authors' code, from the file to samples. */
class PublishedVideoModelTest {

  private static final Path GOLDEN =
      Path.of(System.getProperty("condgen.golden", "src/test/resources/golden"));

  @TempDir Path directory;

  static List<Path> stateDicts() throws IOException {
    try (Stream<Path> files = Files.list(GOLDEN)) {
      return files
          .filter(f -> f.getFileName().toString().matches("mcvd_(concat|spatin)_.*\\.pt"))
          .sorted()
          .toList();
    }
  }

  /** The recorded network's answer comes out of the file, through model and predictor. */
  @ParameterizedTest
  @MethodSource("stateDicts")
  void aReadModel_predictsTheRecordedNoise(Path file) throws IOException {
    String name = file.toString().replaceFirst("\\.pt$", "");
    JsonObject config =
        JsonParser.parseString(Files.readString(Path.of(name + ".json")))
            .getAsJsonObject()
            .getAsJsonObject("config");
    Map<String, StoredArray> recorded = Npz.read(Path.of(name + ".npz"));
    try (Scope scope = Scope.open()) {
      VideoModel model = PublishedVideoModel.read(file, architecture(config));
      assertEquals(StepCode.RELEASED_INDEX, model.code());
      int steps = model.process().schedule().steps();
      assertEquals(config.getAsJsonObject("model").get("num_classes").getAsInt(), steps);
      double[] label = recorded.get("input.t").doubles();
      double[] t = new double[label.length];
      for (int i = 0; i < t.length; i++) {
        t[i] = steps - label[i];
      }
      NDArray x = recorded.get("input.x").toArray();
      NDArray known = recorded.get("input.cond").toArray();
      StoredArray shown = recorded.get("input.cond_mask");
      NDArray answer =
          shown == null
              ? model.predictor().predict(x, known, Tensors.of(t))
              : ((VideoUNet) model.network())
                  .apply(
                      model.theta(),
                      x.concat(known, 1),
                      recorded.get("input.t").toArray().toType(DataType.FLOAT32, false),
                      shown.toArray());
      float[] expected = recorded.get("output").floats();
      float[] found = Tensors.toFloats(answer);
      double largest = 0;
      double error = 0;
      for (int i = 0; i < expected.length; i++) {
        largest = Math.max(largest, Math.abs(expected[i]));
        error = Math.max(error, Math.abs(expected[i] - found[i]));
      }
      assertTrue(error < 1e-5 * largest, error + " of " + largest);
    }
  }

  private static Architecture architecture(JsonObject config) {
    JsonObject data = config.getAsJsonObject("data");
    JsonObject model = config.getAsJsonObject("model");
    Architecture plain =
        new Architecture(
            data.get("image_size").getAsInt(),
            data.get("channels").getAsInt(),
            data.get("num_frames").getAsInt(),
            data.get("num_frames_cond").getAsInt(),
            data.get("num_frames_future").getAsInt(),
            model.get("ngf").getAsInt(),
            numbers(model.getAsJsonArray("ch_mult")),
            model.get("num_res_blocks").getAsInt(),
            model.get("n_head_channels").getAsInt(),
            model.get("spade").getAsBoolean() ? Conditioning.SPATIN : Conditioning.CONCAT,
            model.get("spade_dim").getAsInt());
    Architecture attending = plain.withAttention(numbers(model.getAsJsonArray("attn_resolutions")));
    return model.get("cond_emb").getAsBoolean() ? attending.withEmbeddedMask() : attending;
  }

  private static List<Integer> numbers(JsonArray array) {
    List<Integer> numbers = new ArrayList<>();
    array.forEach(number -> numbers.add(number.getAsInt()));
    return numbers;
  }

  private static final Architecture SMALL =
      new Architecture(16, 1, 1, 1, 0, 4, List.of(1, 2), 1, 8, Conditioning.CONCAT, 0)
          .withAttention(List.of(8));

  private static final Path LIST = Path.of("src/test/resources/golden/mcvd_ckpt_list.pt");

  @Test
  void aTrainingCheckpoint_isReadWithItsAveragesAndSampledByOneCall() throws IOException {
    Map<String, StoredArray> recorded =
        Npz.read(Path.of("src/test/resources/golden/mcvd_ckpt_list.npz"));
    try (Scope scope = Scope.open()) {
      VideoModel model = PublishedVideoModel.read(LIST, SMALL);
      for (int i = 0; i < 6; i++) {
        String name = model.network().parameters().get(i).name();
        float[] expected = recorded.get("ema:unet." + name).floats();
        assertArrayEquals(expected, Tensors.toFloats(model.theta().get(i)), name);
      }
      VideoModel quick = model.with(VideoSampler.ddpm(model.process(), 4));
      NDArray past = Seeds.of(5).normal(0, new Shape(2, 1, 1, 16, 16)).clip(-1, 1);
      NDArray future = quick.predict(past, 3, Seeds.of(7));
      assertEquals(new Shape(2, 3, 1, 16, 16), future.getShape());
      assertTrue(Tensors.isFinite(future));
      assertArrayEquals(
          Tensors.toFloats(future), Tensors.toFloats(quick.predict(past, 3, Seeds.of(7))));
      assertTrue(Tensors.isFinite(model.predict(past, 1, Seeds.of(8))));
    }
  }

  @Test
  void theScheduleOfTheFile_isTheModels() throws IOException {
    Map<String, StoredArray> state = TorchCheckpoint.read(LIST).evaluation();
    try (Scope scope = Scope.open()) {
      VideoModel model = PublishedVideoModel.read(LIST, SMALL);
      double[] alphas = state.get("alphas").doubles();
      int steps = model.process().schedule().steps();
      assertEquals(alphas.length, steps);
      for (int i = 0; i < steps; i++) {
        assertEquals(alphas[i], model.process().schedule().alphaBar(steps - i), 1e-5 * alphas[i]);
      }
      assertEquals(1e-4, ReleasedSchedule.linear(1000, 0.02, 1e-4).beta(999), 1e-9);
    }
  }

  @Test
  void anotherArchitecture_isRefusedByItsKeys() {
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> PublishedVideoModel.SMMNIST_CONCAT.read(LIST))
            .getMessage();
    assertTrue(message.contains("of VideoUNet"), message);
    assertTrue(message.contains("all_modules.42.weight") || message.contains("more)"), message);
    assertTrue(message.contains("all_modules.0.weight (16, 4) instead of (256, 64)"), message);
  }

  @Test
  void anotherSchedule_isRefused() throws IOException {
    PickleBytes pickle = new PickleBytes().op('}').op('(').text("betas");
    pickle.tensor("FloatStorage", "b", 3, 0, new int[] {3}, new int[] {1});
    List<StoredArray> parameters = List.copyOf(TorchCheckpoint.read(LIST).average().values());
    int total = parameters.stream().mapToInt(a -> (int) a.byteCount() / 4).sum();
    byte[] zeros = new byte[4 * total];
    for (StoredArray array : parameters) {
      long[] shape = array.shape().getShape();
      int[] sizes = Arrays.stream(shape).mapToInt(side -> (int) side).toArray();
      pickle.text(array.name());
      pickle.tensor("FloatStorage", "z", total, 0, sizes, rowMajor(sizes));
    }
    Path file = directory.resolve("other.pt");
    byte[] betas = TorchFiles.floats(0.9f, 0.1f, 0.2f);
    TorchFiles.archive(file, pickle.op('u').end(), Map.of("b", betas, "z", zeros));
    String message =
        assertThrows(IllegalArgumentException.class, () -> PublishedVideoModel.read(file, SMALL))
            .getMessage();
    assertTrue(message.contains("betas that fall linearly"), message);
  }

  private static int[] rowMajor(int[] sizes) {
    int[] strides = new int[sizes.length];
    int next = 1;
    for (int i = sizes.length - 1; i >= 0; i--) {
      strides[i] = next;
      next *= sizes[i];
    }
    return strides;
  }

  @Test
  void everyNameOfTable71_hasItsArchitecture() {
    assertEquals(VideoArchitectures.values().length, PublishedVideoModel.values().length);
    for (PublishedVideoModel model : PublishedVideoModel.values()) {
      assertEquals(
          VideoArchitectures.valueOf(model.name()).released(),
          new VideoUNet(model.architecture()).parameterCount());
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> PublishedVideoModel.read(LIST, VideoVariants.SMMNIST_CONCAT_PAST_FUTURE));
  }
}
