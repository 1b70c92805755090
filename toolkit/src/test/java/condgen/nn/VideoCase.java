package condgen.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import condgen.tensor.Devices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One recorded case of the released network: its options, its arrays, and those of its kin. */
record VideoCase(Path file, JsonObject description, NDList arrays) {

  private static final Set<String> OFF =
      Set.of("gamma", "noise_in_cond", "output_all_frames", "spec_norm");

  static VideoCase read(Path json) throws IOException {
    return new VideoCase(
        json, JsonParser.parseString(Files.readString(json)).getAsJsonObject(), arraysOf(json));
  }

  private static NDList arraysOf(Path json) throws IOException {
    String name = json.getFileName().toString().replaceFirst("\\.json$", ".npz");
    return NDList.decode(Devices.root(), Files.readAllBytes(json.resolveSibling(name)));
  }

  /** The arrays of {@code NAME_SUFFIX.npz} beside this case, or null when there is none. */
  NDList kin(String suffix) throws IOException {
    String name = file.getFileName().toString().replaceFirst("\\.json$", "_" + suffix + ".json");
    return Files.exists(file.resolveSibling(name)) ? arraysOf(file.resolveSibling(name)) : null;
  }

  VideoUNet network() {
    JsonObject data = description.getAsJsonObject("config").getAsJsonObject("data");
    JsonObject model = description.getAsJsonObject("config").getAsJsonObject("model");
    for (String option : OFF) {
      assertTrue(!model.has(option) || !model.get(option).getAsBoolean(), option + " is not known");
    }
    boolean spatin = model.get("spade").getAsBoolean();
    VideoUNet.Architecture plain =
        new VideoUNet.Architecture(
            data.get("image_size").getAsInt(),
            data.get("channels").getAsInt(),
            data.get("num_frames").getAsInt(),
            data.get("num_frames_cond").getAsInt(),
            data.get("num_frames_future").getAsInt(),
            model.get("ngf").getAsInt(),
            numbers(model, "ch_mult"),
            model.get("num_res_blocks").getAsInt(),
            model.get("n_head_channels").getAsInt(),
            spatin ? VideoUNet.Conditioning.SPATIN : VideoUNet.Conditioning.CONCAT,
            model.get("spade_dim").getAsInt());
    VideoUNet.Architecture attending = plain.withAttention(numbers(model, "attn_resolutions"));
    return new VideoUNet(
        model.get("cond_emb").getAsBoolean() ? attending.withEmbeddedMask() : attending);
  }

  private static List<Integer> numbers(JsonObject model, String name) {
    List<Integer> numbers = new ArrayList<>();
    model.getAsJsonArray(name).forEach(number -> numbers.add(number.getAsInt()));
    return numbers;
  }

  /** The recorded parameters in the network's order; the names must be the same ones. */
  NDList theta(VideoUNet network) {
    List<String> recorded = new ArrayList<>();
    for (NDArray array : arrays) {
      if (array.getName().startsWith("param:unet.all_modules")) {
        recorded.add(array.getName().replace("param:unet.", ""));
      }
    }
    assertEquals(recorded, network.parameters().stream().map(Parameter::name).toList());
    NDList theta = new NDList();
    for (Parameter parameter : network.parameters()) {
      NDArray value = arrays.get("param:unet." + parameter.name());
      assertEquals(parameter.shape(), value.getShape(), parameter.name());
      theta.add(value);
    }
    return theta;
  }

  /** Current frames, then the known ones. */
  static NDArray input(NDArray current, NDArray known) {
    return known == null ? current : NDArrays.concat(new NDList(current, known), 1);
  }
}
