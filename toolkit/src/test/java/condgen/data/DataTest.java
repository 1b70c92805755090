package condgen.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import condgen.download.DataCache;
import condgen.download.Manifest;
import condgen.download.MissingDataException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataTest {
  @TempDir Path empty;

  private String missing(String set, String file) {
    DataCache cache = DataCache.at(empty);
    Parts<Path> parts =
        new Parts<>(set, () -> cache.require(set, file), () -> cache.require(set, file));
    assertFalse(parts.findTrain().isPresent());
    assertFalse(parts.findTest().isPresent());
    return assertThrows(MissingDataException.class, parts::train).getMessage();
  }

  @Test
  void whatIsMissingNamesTheCommand() {
    assertTrue(
        missing("mnist", "train-images-idx3-ubyte").contains("data-downloaders/fetch mnist"));
    assertTrue(
        missing("svhn", "extra_32x32.mat").contains("data-downloaders/fetch svhn/extra_32x32.mat"));
    assertTrue(
        missing("tiny-imagenet", "tiny-imagenet-200.zip")
            .contains("data-downloaders/fetch tiny-imagenet --accept"));
    assertTrue(
        missing("imagenet", "ILSVRC2012_img_val.tar")
            .contains("data-downloaders/fetch imagenet after you have obtained it yourself"));
  }

  @Test
  void aStandInIsOfferedUnderItsOwnName() {
    String message = missing("kth", "walking");
    assertTrue(message.contains("there is walking, which is not the same (real film"), message);
    assertTrue(message.endsWith("not KTH). Here that is Data.walking()"), message);
  }

  @Test
  void whatIsThereIsRead() {
    Parts<String> parts = new Parts<>("mnist", () -> "train", () -> "test");
    assertEquals("train", parts.train());
    assertEquals("test", parts.findTest().orElseThrow());
    assertEquals("mnist", parts.name());
  }

  /** Names are those of the manifest, and every stand-in is a method of Data. */
  @Test
  void namesAreThoseOfTheManifest() throws ReflectiveOperationException {
    List<String> ids = Manifest.standard().ids();
    List<String> methods = Arrays.stream(Data.class.getMethods()).map(Method::getName).toList();
    for (Method method : Data.class.getDeclaredMethods()) {
      if (Modifier.isPublic(method.getModifiers()) && method.getReturnType() == Parts.class) {
        Object[] arguments = method.getParameterCount() == 0 ? new Object[0] : new Object[] {32};
        Parts<?> parts = (Parts<?>) method.invoke(null, arguments);
        assertTrue(ids.contains(parts.name()), parts.name());
      }
    }
    Manifest.standard().all().stream()
        .filter(set -> set.standIn() != null && methods.contains(Parts.method(set.id())))
        .forEach(set -> assertTrue(methods.contains(Parts.method(set.standIn().id())), set.id()));
  }
}
