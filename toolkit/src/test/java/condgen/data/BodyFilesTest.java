package condgen.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import condgen.download.DataCache;
import condgen.download.MissingDataException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files of body models. The samples were written by NumPy 1.24, SciPy 1.10 and Python's pickle: a
 * body of 8 vertices and 4 joints in the authors' layout, with a class of chumpy's name in chumpy's
 * layout. Single numbers were printed by the same program. The two files called python2 hold texts
 * as Python 2 writes them (STRING in protocol 0, BINSTRING in protocol 2, whatever bytes are in
 * them) and were read again by Python 3 with the encoding latin1; the one called python3 is of
 * protocol 5 and has plain arrays.
 */
class BodyFilesTest {
  private static final Path SAMPLES = Path.of("src/test/resources/formats");

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "smpl.npz",
        "smpl.pkl",
        "smpl-csr.pkl",
        "smpl-python2.pkl",
        "smpl-python2-text.pkl",
        "smpl-python3.pkl"
      })
  void body_isTheSameInEachLayout(String name) throws Exception {
    SmplBody body = SmplBody.read(SAMPLES.resolve(name));
    assertEquals(8, body.vertices());
    assertEquals(4, body.joints());
    assertEquals(3, body.shapeDirections());
    assertArrayEquals(new int[] {-1, 0, 1, 1}, body.parents());
    assertEquals(-0.6264169111883692, body.template().doubles()[5], 0);
    assertEquals(0.14506321410352788, body.shapes().doubles()[(3 * 3 + 1) * 3 + 2], 0);
    assertEquals(0.6458623425689751, body.poses().doubles()[(7 * 3 + 2) * 27 + 26], 0);
    assertEquals(0.75, body.jointRegressor().doubles()[2 * 8 + 5], 0);
    assertEquals(0.1197645586711221, body.weights().doubles()[6 * 4 + 3], 0);
  }

  @Test
  void hostilePickle_isRefusedByTheNameOfWhatItAsksFor() {
    String message = refusal(SAMPLES.resolve("smpl-hostile.pkl"));
    assertTrue(message.contains("asks for numpy.random"), message);
    assertTrue(message.contains("Nothing of it was run"), message);
  }

  private static String refusal(Path file) {
    return assertThrows(DamagedDataException.class, () -> SmplBody.read(file)).getMessage();
  }

  /** One byte of the text of the pickle is changed where it names or counts something. */
  @ParameterizedTest
  @CsvSource({
    "v_template, v_templatX, has no v_template",
    "weights, weightz, has no weights",
    "indptr, indptX, an array indptr",
  })
  void missingPart_isNamed(String part, String other, String expected) throws Exception {
    byte[] bytes = Files.readAllBytes(SAMPLES.resolve("smpl.pkl"));
    String text = new String(bytes, StandardCharsets.ISO_8859_1).replace(part, other);
    Path file = directory.resolve("other.pkl");
    Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
    assertTrue(refusal(file).contains(expected), refusal(file));
  }

  @Test
  void truncatedPickle_isDamaged() throws Exception {
    byte[] bytes = Files.readAllBytes(SAMPLES.resolve("smpl.pkl"));
    Path file = directory.resolve("half.pkl");
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    assertTrue(refusal(file).contains("half.pkl"), refusal(file));
  }

  @Test
  void everyNumber_isTheSameInEachLayout() throws Exception {
    SmplBody expected = SmplBody.read(SAMPLES.resolve("smpl.npz"));
    for (String name :
        List.of("smpl-python2.pkl", "smpl-python2-text.pkl", "smpl-python3.pkl", "smpl.pkl")) {
      SmplBody body = SmplBody.read(SAMPLES.resolve(name));
      assertArrayEquals(expected.template().doubles(), body.template().doubles());
      assertArrayEquals(expected.shapes().doubles(), body.shapes().doubles());
      assertArrayEquals(expected.poses().doubles(), body.poses().doubles());
      assertArrayEquals(expected.jointRegressor().doubles(), body.jointRegressor().doubles());
      assertArrayEquals(expected.weights().doubles(), body.weights().doubles());
      assertArrayEquals(expected.faces().longs(), body.faces().longs());
    }
  }

  @Test
  void arrayThatChumpyComputes_isRefusedWithAdvice() {
    String message = refusal(SAMPLES.resolve("smpl-expression.pkl"));
    assertTrue(message.contains("asks for chumpy.reordering.Select"), message);
    assertTrue(message.contains("tools/clean_ch.py"), message);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "S'abc/., a quote after",
        "Sabc/., a quote before",
        "S'a'b/., the end of the line",
        "S'a\\xg0'/., two hexadecimal digits",
        "S'a\\q'/., an escape",
        "S'a, a quote after"
      })
  void damagedText_isTold(String text, String expected) {
    byte[] pickle = text.replace('/', '\n').getBytes(UTF_8);
    String message =
        assertThrows(DamagedDataException.class, () -> NumpyPickle.read(pickle, "a.pkl"))
            .getMessage();
    assertTrue(message.contains("a.pkl") && message.contains(expected), message);
  }

  private static SmplBody body(int vertices, int faces, int shapes) {
    return new SmplBody(
        StoredArray.ofDoubles("v_template", new double[3 * vertices], vertices, 3),
        StoredArray.ofFloats("shapedirs", new float[3 * vertices * shapes], vertices, 3, shapes),
        StoredArray.ofDoubles("posedirs", new double[0], 0, 3, 207),
        StoredArray.ofDoubles("J_regressor", new double[0], 24, 0),
        StoredArray.ofDoubles("weights", new double[0], 0, 24),
        StoredArray.ofLongs("f", new long[3 * faces], faces, 3),
        SmplJoints.parents());
  }

  @Test
  void aBodyOfSmpl_hasItsCounts() throws Exception {
    SmplBody smpl = body(6890, 13776, 10);
    assertEquals(smpl, SmplFiles.requireSmpl(smpl, "a.pkl"));
    for (SmplBody other :
        List.of(
            body(6889, 13776, 10),
            body(6890, 13775, 10),
            body(6890, 13776, 9),
            SmplBody.read(SAMPLES.resolve("smpl.npz")))) {
      assertThrows(DamagedDataException.class, () -> SmplFiles.requireSmpl(other, "a.pkl"));
    }
  }

  @Test
  void bodies_areFoundByGender() throws Exception {
    DataCache cache = DataCache.at(directory);
    String message =
        assertThrows(MissingDataException.class, () -> SmplFiles.find(cache, "male")).getMessage();
    assertTrue(message.contains("data-downloaders/fetch smpl"), message);
    Path models = Files.createDirectories(directory.resolve("smpl/v1.0.0/models"));
    Path female = Files.createFile(models.resolve("basicModel_f_lbs_10_207_0_v1.0.0.pkl"));
    Path male = Files.createFile(models.resolve("basicmodel_m_lbs_10_207_0_v1.0.0.pkl"));
    Files.createFile(models.resolve("._basicmodel_m_lbs_10_207_0_v1.0.0.pkl"));
    Path later = Files.createDirectories(directory.resolve("smpl/a"));
    Files.createFile(later.resolve("basicmodel_m_lbs_10_207_0_v1.1.0.pkl"));
    Path neutral = Files.createFile(later.resolve("SMPL_NEUTRAL.npz"));
    assertEquals(female, SmplFiles.find(cache, "female"));
    assertEquals(male, SmplFiles.find(cache, "male"));
    assertEquals(neutral, SmplFiles.find(cache, "neutral"));
    assertThrows(DamagedDataException.class, () -> SmplFiles.read(cache, "female"));
    assertThrows(IllegalArgumentException.class, () -> SmplFiles.find(cache, "other"));
  }

  @Test
  void aTypeWithoutItsOrder_isToldWithTheFile() {
    byte[] pickle =
        new PickleBytes()
            .global("numpy", "dtype")
            .op('(')
            .text("f8")
            .op('t')
            .op('R')
            .number(7)
            .op('b')
            .end();
    String message =
        assertThrows(DamagedDataException.class, () -> NumpyPickle.read(pickle, "a.pkl"))
            .getMessage();
    assertEquals("a.pkl: a NumPy type must have a tuple with the order of its bytes", message);
  }
}
