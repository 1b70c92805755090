package condgen.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import condgen.download.DataCache;
import condgen.download.MissingDataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files of body models and motion. The samples were written by NumPy 1.24, SciPy 1.10 and Python's
 * pickle: a body of 8 vertices and 4 joints in the authors' layout, with a class of chumpy's name
 * in chumpy's layout; recordings of 3 frames; annotations of two pictures. Single numbers were
 * printed by the same program. The two files called python2 hold texts as Python 2 writes them
 * (STRING in protocol 0, BINSTRING in protocol 2, whatever bytes are in them) and were read again
 * by Python 3 with the encoding latin1; the one called python3 is of protocol 5 and has plain
 * arrays.
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

  @ParameterizedTest
  @CsvSource({"text, female", "bytes, male"})
  void recording_hasItsParts(String kind, String gender) throws Exception {
    AmassMotion motion = AmassMotion.read(SAMPLES.resolve("amass_" + kind + "_poses.npz"));
    assertEquals(3, motion.frames());
    assertEquals(gender, motion.gender());
    assertEquals(120, motion.frameRate(), 0);
    assertEquals(10, motion.smplBetas().length);
    double[] body = motion.bodyRotations();
    assertEquals(3 * 24 * 3, body.length);
    double[] all = motion.poses().doubles();
    for (int i = 0; i < 72; i++) {
      assertEquals(i < 66 ? all[156 + i] : 0, body[72 + i], 0);
    }
  }

  @Test
  void recordingOfAnotherLayout_isRefused() throws Exception {
    String message =
        assertThrows(
                DamagedDataException.class,
                () -> AmassMotion.read(SAMPLES.resolve("walk_stageii.npz")))
            .getMessage();
    assertTrue(message.contains("SMPL-X") && message.contains("SMPL+H G"), message);
    message =
        assertThrows(
                DamagedDataException.class, () -> AmassMotion.read(SAMPLES.resolve("smpl.npz")))
            .getMessage();
    assertTrue(message.contains("must hold trans, gender"), message);
  }

  @Test
  void recordings_areFoundBelowADirectory_andShapesLeftOut() throws Exception {
    Path person = Files.createDirectories(directory.resolve("KIT").resolve("3"));
    Files.createFile(person.resolve("walk_poses.npz"));
    Files.createFile(person.resolve("shape.npz"));
    assertEquals(List.of(person.resolve("walk_poses.npz")), AmassMotion.files(directory));
  }

  @ParameterizedTest
  @CsvSource({
    "HumanEva, VALIDATION", "MPI_HDM05, VALIDATION", "SFU, VALIDATION", "MPI_mosh, VALIDATION",
    "MoSh, VALIDATION", "Transitions_mocap, TEST", "SSM_synced, TEST", "Transitions, TEST",
    "KIT, TRAIN", "BioMotionLab_NTroje, TRAIN", "MPI_Limits, TRAIN",
  })
  void split_knowsOldAndNewNames(String folder, AmassSplit split) {
    assertEquals(split, AmassSplit.of(folder));
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
  void partsOfAmass_areFoundByTheirFolders() throws Exception {
    DataCache cache = DataCache.at(directory);
    String message =
        assertThrows(MissingDataException.class, () -> Amass.files(cache, AmassSplit.TEST))
            .getMessage();
    assertTrue(message.contains("data-downloaders/fetch amass"), message);
    Path walk = Files.createDirectories(directory.resolve("amass/SSM_synced/1"));
    Files.createFile(walk.resolve("shape.npz"));
    walk = Files.createFile(walk.resolve("walk_poses.npz"));
    Path run = Files.createDirectories(directory.resolve("amass/KIT/KIT/2"));
    run = Files.createFile(run.resolve("run_poses.npz"));
    assertEquals(List.of(walk), Amass.files(cache, AmassSplit.TEST));
    assertEquals(List.of(run), Amass.files(cache, AmassSplit.TRAIN));
    assertEquals(List.of("KIT", "SSM"), Amass.subsets(cache));
    assertThrows(MissingDataException.class, () -> Amass.files(cache, AmassSplit.VALIDATION));
  }

  @Test
  void annotations_haveTheirPicturesAndFits() throws Exception {
    Map<String, Human36mBodies.Picture> pictures =
        Human36mBodies.read(SAMPLES.resolve("annots.npz"));
    assertEquals(List.of("S1_pic_1.jpg", "S9_pic_2.jpg"), List.copyOf(pictures.keySet()));
    Human36mBodies.Picture list = pictures.get("S1_pic_1.jpg");
    assertEquals(3, list.poses().size());
    assertEquals(-0.6346524953842163, list.releasedPose()[71], 0);
    assertEquals(-0.93090048052683, list.releasedTranslation()[2], 0);
    assertEquals(-0.04978868431154955, list.betas()[9], 0);
    Human36mBodies.Picture rows = pictures.get("S9_pic_2.jpg");
    assertEquals(2, rows.poses().size());
    assertEquals(0.26153957389632215, rows.releasedPose()[71], 0);
    assertEquals(-0.4291899924545752, rows.releasedTranslation()[2], 0);
    assertArrayEquals(new double[] {3, 4, 5}, rows.cameras().get(1));
    assertEquals("female", Human36mBodies.gender("S5"));
    assertThrows(IllegalArgumentException.class, () -> Human36mBodies.gender("S2"));
  }

  @Test
  void partsOfHuman36m_areThoseOfTheLists() throws Exception {
    DataCache cache = DataCache.at(directory);
    String message =
        assertThrows(MissingDataException.class, () -> Human36mBodies.part(cache, "train"))
            .getMessage();
    assertTrue(message.contains("data-downloaders/fetch human36m"), message);
    Path files = Files.createDirectories(directory.resolve("human36m"));
    Files.copy(SAMPLES.resolve("annots.npz"), files.resolve("annots.npz"));
    Files.writeString(files.resolve("h36m_train.txt"), "S9_pic_2.jpg\n");
    Files.writeString(files.resolve("h36m_test.txt"), "S9_pic_2.jpg\nS11_pic_3.jpg\n");
    Map<String, Human36mBodies.Picture> train = Human36mBodies.part(cache, "train");
    assertEquals(List.of("S9_pic_2.jpg"), List.copyOf(train.keySet()));
    message =
        assertThrows(UncheckedIOException.class, () -> Human36mBodies.part(cache, "test"))
            .getMessage();
    assertTrue(message.contains("fits of S11_pic_3.jpg"), message);
  }

  @Test
  void listOfPictures_isOneNameALine() throws IOException {
    Path list = Files.writeString(directory.resolve("h36m_train.txt"), "a.jpg\nb.jpg\n\n");
    assertEquals(List.of("a.jpg", "b.jpg"), Human36mBodies.names(list));
    Path empty = Files.writeString(directory.resolve("h36m_test.txt"), "\n");
    assertThrows(DamagedDataException.class, () -> Human36mBodies.names(empty));
  }

  @Test
  void textOfAnArchive_isReadAndOtherTypesAreNot() throws Exception {
    assertEquals("female", Npz.text(SAMPLES.resolve("amass_text_poses.npz"), "gender"));
    assertThrows(
        DamagedDataException.class,
        () -> Npz.text(SAMPLES.resolve("amass_text_poses.npz"), "trans"));
    assertTrue(Npz.names(SAMPLES.resolve("smpl.npz")).contains("v_template"));
  }
}
