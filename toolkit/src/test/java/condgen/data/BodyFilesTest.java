package condgen.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
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
 * printed by the same program.
 */
class BodyFilesTest {
  private static final Path SAMPLES = Path.of("src/test/resources/formats");

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"smpl.npz", "smpl.pkl", "smpl-csr.pkl"})
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
  void annotations_haveTheirPicturesAndFits() throws Exception {
    Map<String, Human36mBodies.Picture> pictures =
        Human36mBodies.read(SAMPLES.resolve("annots.npz"));
    assertEquals(List.of("S1_pic_1.jpg", "S9_pic_2.jpg"), List.copyOf(pictures.keySet()));
    for (Human36mBodies.Picture picture : pictures.values()) {
      assertEquals(2, picture.poses().size());
      assertEquals(72, picture.releasedPose().length);
      assertEquals(10, picture.betas().length);
    }
    assertEquals(0.16162315011024475, pictures.get("S1_pic_1.jpg").releasedPose()[71], 1e-7);
    assertEquals(-0.4141650528303293, pictures.get("S9_pic_2.jpg").releasedPose()[71], 0);
    assertArrayEquals(new double[] {1, 2, 3}, pictures.get("S9_pic_2.jpg").camera());
    assertEquals("female", Human36mBodies.gender("S5"));
    assertThrows(IllegalArgumentException.class, () -> Human36mBodies.gender("S2"));
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
