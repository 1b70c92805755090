package condgen.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import condgen.download.DataCache;
import condgen.download.MissingDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PerceptualWeightsTest {

  @TempDir Path directory;

  @Test
  void missingFiles_sayHowToFetchThem() {
    for (String set : List.of("alexnet", "lpips")) {
      String message =
          assertThrows(
                  MissingDataException.class,
                  () -> PerceptualWeights.file(DataCache.at(directory), set))
              .getMessage();
      assertTrue(message.endsWith("data-downloaders/fetch " + set), message);
    }
  }

  @Test
  void anotherFile_isRefused() throws IOException {
    Map<String, String> names = Map.of("alexnet", "alexnet-owt-7be5be79.pth", "lpips", "alex.pth");
    for (Map.Entry<String, String> name : names.entrySet()) {
      Path file = directory.resolve(name.getKey()).resolve(name.getValue());
      Files.createDirectories(file.getParent());
      Files.write(file, new byte[6009]);
      String message =
          assertThrows(
                  DamagedDataException.class,
                  () -> PerceptualWeights.file(DataCache.at(directory), name.getKey()))
              .getMessage();
      assertTrue(message.startsWith(file + ": expected SHA-256 "), message);
    }
  }

  /** A file of the kind that torchvision published: the old container, with a classifier. */
  @Test
  void theClassifier_isLeftOut() throws IOException {
    PickleBytes pickle = new PickleBytes().global("collections", "OrderedDict").op(')').op('R');
    pickle.op('(').text("features.0.bias");
    pickle.tensor("FloatStorage", "9", 2, 0, new int[] {2}, new int[] {1});
    pickle.text("classifier.1.bias");
    pickle.tensor("FloatStorage", "3", 1, 0, new int[] {1}, new int[] {1}).op('u');
    Path file = directory.resolve("some.pth");
    TorchFiles.legacy(
        file, pickle.end(), Map.of("9", TorchFiles.floats(5, 6), "3", TorchFiles.floats(7)), 4);
    Map<String, StoredArray> features = PerceptualWeights.alexnet(file);
    assertEquals(List.of("features.0.bias"), List.copyOf(features.keySet()));
    assertArrayEquals(new float[] {5, 6}, features.get("features.0.bias").floats());
  }
}
