package condgen.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import condgen.multires.PatchSplit;
import condgen.multires.ResolutionNoise;
import condgen.ode.Gradient;
import condgen.ode.ThreeEighthsRule;
import condgen.tensor.Devices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * A recorded pass of a multi-resolution flow through the released code: options from the .json,
 * arrays from the .npz beside it. Its scales are numbered from the coarsest, 0; here s = 1 is the
 * finest.
 */
record MultiResolutionCase(String name, JsonObject options, NDList arrays) {

  static List<Path> all() throws IOException {
    Path directory = Path.of(System.getProperty("condgen.golden", "src/test/resources/golden"));
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().matches("(mrcnf|wavelet)_.*\\.json"))
          .sorted()
          .toList();
    }
  }

  static MultiResolutionCase read(Path json) throws IOException {
    String file = json.getFileName().toString();
    String name = file.substring(0, file.length() - ".json".length());
    JsonObject options = JsonParser.parseString(Files.readString(json)).getAsJsonObject();
    byte[] bytes = Files.readAllBytes(json.resolveSibling(name + ".npz"));
    return new MultiResolutionCase(name, options, NDList.decode(Devices.root(), bytes));
  }

  NDArray array(String key) {
    return arrays.get(key);
  }

  int scales() {
    return options.get("max_scales").getAsInt();
  }

  /** The recorded code's number of the scale that is s here. */
  int scale(int s) {
    return scales() - s;
  }

  boolean isHaar() {
    return options.get("mode").getAsString().equals("wavelet");
  }

  PatchSplit split() {
    return isHaar() ? PatchSplit.HAAR : PatchSplit.UNIMODULAR;
  }

  MultiResolutionFlow flow() {
    List<Integer> blocks = new ArrayList<>();
    options.getAsJsonArray("num_blocks").forEach(n -> blocks.add(n.getAsInt()));
    Collections.reverse(blocks);
    List<Integer> hidden =
        Arrays.stream(options.get("dims").getAsString().split(",")).map(Integer::valueOf).toList();
    return new MultiResolutionArchitecture(
            options.get("im_ch").getAsInt(),
            options.get("im_size").getAsInt(),
            split(),
            blocks,
            hidden,
            options.get("alpha").getAsDouble(),
            ResolutionNoise.RELEASED_UNIT,
            true,
            List.of())
        .build();
  }

  double deviation(int s) {
    JsonArray deviations = options.getAsJsonArray("z_stds");
    return deviations.get(scale(s)).getAsDouble();
  }

  double temperature() {
    return options.get("gen_temperature").getAsDouble();
  }

  /** The recorded noise in the order of use; the middle of each level when there is none. */
  List<ResolutionInput> inputs() {
    NDArray image = array("image_uint8").toType(array("z.0").getDataType(), false);
    if (!options.get("noisy").getAsBoolean()) {
      return Dequantization.MIDPOINT.inputs(image, 8, scales(), split(), (Shape s) -> null);
    }
    int[] next = {0};
    return Dequantization.RELEASED.inputs(
        image, 8, scales(), split(), (Shape s) -> array("uniform." + next[0]++));
  }

  /** The recorded directions of the blocks of resolution s. */
  NDList probes(MultiResolutionFlow flow, int s) {
    int before = 0;
    for (int coarser = scales(); coarser > s; coarser--) {
      before += flow.flows().get(coarser - 1).parts().blocks();
    }
    NDList probes = new NDList();
    for (int j = 0; j < flow.flows().get(s - 1).parts().blocks(); j++) {
      probes.add(array("e." + (before + j)));
    }
    return probes;
  }

  /** Recorded parameters or gradients of resolution s, in the order of the flow's. */
  NDList of(String kind, int s) {
    String prefix = kind + ":scale_models." + scale(s) + ".";
    NDList found = new NDList();
    arrays.stream().filter(a -> a.getName().startsWith(prefix)).forEach(found::add);
    return found;
  }

  FlowNumerics numerics() {
    double step = options.getAsJsonObject("solver_options").get("step_size").getAsDouble();
    return FlowNumerics.released(1e-3)
        .with(ThreeEighthsRule.stepSize(step))
        .with(Gradient.adjoint());
  }
}
