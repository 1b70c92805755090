package condgen.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The sample is the head and the first 12 frames of CMU's recording 01_01; the arrays beside it are
 * what NumPy read of it, the tree by the indentation of its lines. (Its header still says 2,752
 * frames. The data used in this project was obtained from mocap.cs.cmu.edu. The database was
 * created with funding from NSF EIA-0196217.)
 */
class BvhTest {
  private static final Path SAMPLES = Path.of("src/test/resources/data/motion");
  private static final Path SAMPLE = SAMPLES.resolve("cmu_01_01_excerpt.bvh");

  private static final String SMALL =
      """
      HIERARCHY
      ROOT Upper body {
        OFFSET 0 1.5 -2e-1
        CHANNELS 4 Yposition Zrotation Xrotation Yrotation
        JOINT Arm
        { OFFSET 1 0 0 CHANNELS 2 Xrotation Zrotation
          End Site { OFFSET 0 0 3 } }
        JOINT Leg { OFFSET 0 -1 0 CHANNELS 0 }
      }
      ROOT Ball { OFFSET 5 5 5 CHANNELS 1 Xposition }
      MOTION
      Frames: 9
      Frame Time: 0.01
      1 2 3 4 5 6 7

      -1 -2 -3 -4 -5 -6 -7
      """;

  @TempDir Path directory;

  private BvhMotion read(String text) throws IOException {
    return Bvh.read(Files.writeString(directory.resolve("a.bvh"), text));
  }

  @Test
  void sample_isWhatNumPyRead() throws IOException {
    BvhMotion motion = Bvh.read(SAMPLE);
    Map<String, StoredArray> expected = Npz.read(SAMPLES.resolve("cmu_01_01_excerpt.npz"));
    List<BvhJoint> joints = motion.skeleton().joints();
    double[] offsets = joints.stream().flatMapToDouble(j -> Arrays.stream(j.offset())).toArray();
    assertArrayEquals(expected.get("offsets").doubles(), offsets);
    assertArrayEquals(
        expected.get("parents").longs(), joints.stream().mapToLong(BvhJoint::parent).toArray());
    double[] values = expected.get("values").doubles();
    assertEquals(12, motion.frames());
    assertEquals(2752, motion.declaredFrames());
    for (int i = 0; i < 12; i++) {
      assertArrayEquals(Arrays.copyOfRange(values, 96 * i, 96 * i + 96), motion.frame(i));
    }
    assertEquals(values[96 + 4], motion.value(1, 4));
    assertEquals(0.0083333, motion.frameTime());
  }

  @Test
  void sample_hasTheJointsOfTheDatabase() throws IOException {
    BvhSkeleton skeleton = Bvh.read(SAMPLE).skeleton();
    assertEquals(31, skeleton.jointCount());
    assertEquals(7, skeleton.endCount());
    assertEquals(96, skeleton.channels());
    assertEquals(
        List.of(BvhChannel.X_POSITION, BvhChannel.Y_POSITION, BvhChannel.Z_POSITION),
        skeleton.joints().get(0).channels().subList(0, 3));
    for (BvhJoint joint : skeleton.joints()) {
      assertEquals(joint.isEnd() ? "" : "ZYX", joint.rotationOrder());
    }
    assertEquals(SmplJoints.names().size(), Map.copyOf(CmuJoints.toSmpl()).size());
    assertTrue(CmuJoints.toSmpl().values().containsAll(SmplJoints.names()));
    for (BvhJoint joint : skeleton.joints()) {
      boolean mapped = CmuJoints.toSmpl().containsKey(joint.name());
      boolean dropped = CmuJoints.dropped().contains(joint.name());
      assertTrue(joint.isEnd() || mapped != dropped, joint.name());
    }
    CmuJoints.dropped().forEach(name -> assertTrue(skeleton.find(name).isPresent(), name));
  }

  /** The joint above, as the map sees it, is the one that SMPL's own tree has above. */
  @Test
  void cmuJoints_keepTheTreeOfSmpl() throws IOException {
    BvhSkeleton skeleton = Bvh.read(SAMPLE).skeleton();
    for (BvhJoint joint : skeleton.joints()) {
      String smpl = CmuJoints.toSmpl().get(joint.name());
      if (smpl == null || joint.parent() < 0) {
        continue;
      }
      BvhJoint above = skeleton.joints().get(joint.parent());
      while (!CmuJoints.toSmpl().containsKey(above.name())) {
        above = skeleton.joints().get(above.parent());
      }
      int expected = SmplJoints.parents()[SmplJoints.names().indexOf(smpl)];
      assertEquals(
          SmplJoints.names().get(expected), CmuJoints.toSmpl().get(above.name()), joint.name());
    }
  }

  @Test
  void anyLayoutOfWords_isRead() throws IOException {
    for (String text : List.of(SMALL, SMALL.replace("\n", "\r\n"), SMALL.replace("\n", "\r"))) {
      BvhMotion motion = read(text);
      List<BvhJoint> joints = motion.skeleton().joints();
      assertEquals(
          List.of("Upper body", "Arm", "Arm_end", "Leg", "Ball"),
          joints.stream().map(BvhJoint::name).toList());
      assertArrayEquals(
          new int[] {-1, 0, 1, 0, -1}, joints.stream().mapToInt(BvhJoint::parent).toArray());
      assertArrayEquals(
          new int[] {0, 4, 6, 6, 6}, joints.stream().mapToInt(BvhJoint::firstChannel).toArray());
      assertEquals("ZXY", joints.get(0).rotationOrder());
      assertEquals("XZ", joints.get(1).rotationOrder());
      assertArrayEquals(new double[] {0, 1.5, -0.2}, joints.get(0).offset());
      assertEquals(9, motion.declaredFrames());
      assertEquals(2, motion.frames());
      assertArrayEquals(new double[] {-1, -2, -3, -4, -5, -6, -7}, motion.frame(1));
    }
  }

  @Test
  void written_isReadAgain() throws IOException {
    Path file = directory.resolve("out.bvh");
    double[] odd = {1e-30, -1.5e300, 1 / 3.0, 0, 123456789.125, -4e-7, 5e20};
    BvhSkeleton skeleton = read(SMALL).skeleton();
    for (BvhMotion motion :
        List.of(Bvh.read(SAMPLE), read(SMALL), new BvhMotion(skeleton, 1 / 24.0, 1, odd))) {
      Bvh.write(file, motion);
      BvhMotion again = Bvh.read(file);
      assertEquals(motion.skeleton(), again.skeleton());
      assertEquals(motion.frameTime(), again.frameTime());
      assertEquals(motion.frames(), again.declaredFrames());
      assertEquals(motion.frames(), again.frames());
      for (int i = 0; i < motion.frames(); i++) {
        for (int c = 0; c < skeleton.channels(); c++) {
          assertEquals(motion.value(i, c), again.value(i, c));
        }
      }
    }
  }

  @Test
  void resampled_takesTheNearestFrames() throws IOException {
    double[] values = new double[7 * 101];
    for (int i = 0; i < values.length; i++) {
      values[i] = i / 7;
    }
    BvhMotion motion = new BvhMotion(read(SMALL).skeleton(), .0083333, 101, values);
    BvhMotion slow = motion.resample(30);
    assertEquals(26, slow.frames());
    for (int i = 0; i < 26; i++) {
      assertEquals(4 * i, slow.value(i, 0));
    }
    BvhMotion hundred = new BvhMotion(motion.skeleton(), 0.01, 101, values);
    assertArrayEquals(new double[] {0, 3, 7, 10, 13, 17}, firsts(hundred.resample(30)));
    assertEquals(101, motion.resample(120).frames());
    assertThrows(IllegalArgumentException.class, () -> motion.resample(200));
    assertEquals(3, motion.range(3, 5).value(0, 6));
    assertThrows(IllegalArgumentException.class, () -> motion.range(3, 102));
  }

  private static double[] firsts(BvhMotion motion) {
    return IntStream.range(0, 6).mapToDouble(i -> motion.value(i, 0)).toArray();
  }

  @ParameterizedTest
  @CsvSource({
    "HIERARCHY, HIERARCY, must have HIERARCHY",
    "ROOT Ball, JOINT Ball, JOINT inside of another",
    "JOINT Arm, ROOT Arm, no ROOT inside of a joint",
    "OFFSET 1 0 0, OFFSET 1 0, 'a finite number, but has CHANNELS'",
    "OFFSET 1 0 0, OFFSET 1 0 NaN, must have a finite number",
    "OFFSET 1 0 0, OFFSET 1 0 0x1p3, must have a finite number",
    "OFFSET 1 0 0, OFFSET 1 0 1e999, must have a finite number",
    "OFFSET 1 0 0, OFFSET 1 0 1-2, must have a number",
    "CHANNELS 4, CHANNELS 5, must have a channel",
    "CHANNELS 4, CHANNELS 999999999, at most 6 channels",
    "CHANNELS 4, CHANNELS -1, must have a whole number",
    "CHANNELS 2 Xrotation, CHANNELS 2 Zrotation, once",
    "End Site, End, must have Site",
    "MOTION, } MOTION, no } without a joint",
    "CHANNELS 0 }, CHANNELS 0, no ROOT inside of a joint",
    "Xposition }, Xposition, 1 more } before MOTION",
    "Frames: 9, Frames: many, must have a whole number",
    "Time: 0.01, Time: 0, a positive frame time",
    "Time: 0.01, Time: 0.01 0.02, nothing after the frame time",
    "4 5 6 7, 4 5 6, 'line 14: must have 7 numbers in a row, but has 6'",
    "4 5 6 7, 4 5 6 7 8, 'line 14: must have 7 numbers in a row, but has 8'",
    "-5 -6 -7, -5 -6 x, 'line 16: must have a finite number, but has x'"
  })
  void damage_isToldByItsLine(String from, String to, String expected) {
    assertTrue(SMALL.contains(from));
    String text = SMALL.replace(from, to);
    String message = assertThrows(DamagedDataException.class, () -> read(text)).getMessage();
    assertTrue(message.contains("a.bvh, line ") && message.contains(expected), message);
  }

  @Test
  void whatEndsEarlyOrIsNoText_isDamaged() throws IOException {
    for (int length = 0; length < SMALL.indexOf("1 2 3 4 5 6 7") + 12; length++) {
      String text = SMALL.substring(0, length);
      assertThrows(DamagedDataException.class, () -> read(text), text);
    }
    Path file = directory.resolve("b.bvh");
    Files.write(file, new byte[3 << 20]);
    String message = assertThrows(DamagedDataException.class, () -> Bvh.read(file)).getMessage();
    assertTrue(message.contains("at most 1048576 bytes"), message);
    String deep = "HIERARCHY ROOT a { OFFSET 0 0 0 CHANNELS 1 Xposition ";
    String joint = "JOINT a { OFFSET 0 0 0 CHANNELS 0\n";
    String nested = deep + joint.repeat(1000);
    message = assertThrows(DamagedDataException.class, () -> read(nested)).getMessage();
    assertTrue(message.contains("at most 1000 deep"), message);
  }
}
