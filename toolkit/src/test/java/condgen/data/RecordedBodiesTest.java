package condgen.data;

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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Recordings of AMASS and fitted bodies of Human3.6M. The samples were written by NumPy 1.24:
 * recordings of 3 frames, annotations of two pictures; single numbers were printed by the same
 * program.
 */
class RecordedBodiesTest {

  private static final Path SAMPLES = Path.of("src/test/resources/formats");

  @TempDir Path directory;

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

  /** The text lies in the archive as it is; its sum is checked like that of an array. */
  @Test
  void changedText_isFoundByItsSum() throws Exception {
    byte[] bytes = Files.readAllBytes(SAMPLES.resolve("amass_bytes_poses.npz"));
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    assertTrue(text.contains("male"), "the sample is not packed");
    Path file = directory.resolve("x_poses.npz");
    Files.write(file, text.replace("male", "mule").getBytes(StandardCharsets.ISO_8859_1));
    String message =
        assertThrows(DamagedDataException.class, () -> AmassMotion.read(file)).getMessage();
    assertTrue(message.contains("gender.npy is damaged: its CRC-32"), message);
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
