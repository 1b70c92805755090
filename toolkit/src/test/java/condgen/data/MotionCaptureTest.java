package condgen.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import condgen.download.DataCache;
import condgen.download.MissingDataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recordings themselves, where they were fetched; sums are those that NumPy found. */
class MotionCaptureTest {

  @TempDir Path directory;

  private static void assumeFetched() {
    Path files = DataCache.standard().directory("mocap");
    assumeTrue(
        Stream.of("01_01.bvh", "01_03.bvh", "Boxing_Toes.bvh", "ThomasFechten.csm")
            .allMatch(name -> Files.exists(files.resolve(name))),
        "mocap was not fetched");
  }

  private static double sum(BvhMotion motion) {
    double sum = 0;
    for (int i = 0; i < motion.frames(); i++) {
      sum += Arrays.stream(motion.frame(i)).sum();
    }
    return sum;
  }

  @Test
  void recordings_haveTheirFacts() {
    assumeFetched();
    BvhMotion jumping = MotionCapture.jumping();
    assertEquals(2752, jumping.frames());
    assertEquals(-190403.354, sum(jumping), 1e-6);
    BvhMotion climbing = MotionCapture.climbing();
    assertEquals(4511, climbing.frames());
    assertEquals(709488.4266, sum(climbing), 1e-6);
    assertEquals(jumping.skeleton(), climbing.skeleton());
    assertEquals(120, 1 / climbing.frameTime(), 1e-3);
    BvhMotion boxing = MotionCapture.boxing();
    assertEquals(3070, boxing.frames());
    assertEquals(3069, boxing.declaredFrames());
    assertEquals(231607.600022, sum(boxing), 1e-6);
    assertEquals(100, 1 / boxing.frameTime(), 1e-9);
    assertEquals(21, boxing.skeleton().jointCount());
    assertEquals(5, boxing.skeleton().endCount());
    assertEquals(66, boxing.skeleton().channels());
    boxing.skeleton().joints().stream()
        .filter(j -> !j.isEnd())
        .forEach(j -> assertEquals("ZXY", j.rotationOrder()));
    MarkerMotion markers = MotionCapture.markers();
    assertEquals(2439, markers.frames());
    assertEquals(43, markers.markers().size());
    assertEquals(120, markers.rate());
    double sum = 0;
    for (int i = 0; i < markers.frames(); i++) {
      sum += Arrays.stream(markers.frame(i)).sum();
    }
    assertEquals(191296887.99848202, sum, 1e-4);
  }

  @Test
  void firstFramesOfCmu_areTheSamePose() {
    assumeFetched();
    BvhMotion jumping = MotionCapture.jumping();
    BvhMotion climbing = MotionCapture.climbing();
    double[] pose = Arrays.copyOfRange(jumping.frame(0), 3, 96);
    assertArrayEquals(pose, Arrays.copyOfRange(climbing.frame(0), 3, 96));
    double angles = Arrays.stream(pose).filter(a -> a != 0).count();
    assertTrue(angles < 10, "a T-pose has few angles, but has " + angles);
    assertTrue(Arrays.stream(jumping.frame(1)).filter(a -> a != 0).count() > 40);
  }

  @Test
  void split_leavesASecondBetween() {
    assumeFetched();
    BvhMotion climbing = MotionCapture.climbing();
    BvhMotion boxing = MotionCapture.boxing();
    List<BvhMotion> train = MotionCapture.train();
    List<BvhMotion> validation = MotionCapture.validation();
    assertEquals(875, train.get(0).frames());
    assertArrayEquals(climbing.frame(1), train.get(0).frame(0));
    assertArrayEquals(climbing.frame(1 + 4 * 874), train.get(0).frame(874));
    assertArrayEquals(climbing.frame(3501 + 120), validation.get(0).frame(0));
    assertArrayEquals(boxing.frame(0), train.get(1).frame(0));
    BvhMotion boxed = train.get(1);
    assertEquals(721, boxed.frames());
    assertArrayEquals(boxing.frame(2400), boxed.frame(720));
    assertArrayEquals(boxing.frame(2401 + 100), validation.get(1).frame(0));
    BvhMotion test = MotionCapture.test().get(0);
    assertEquals((2751 + 3) / 4, test.frames());
    assertArrayEquals(MotionCapture.jumping().frame(1), test.frame(0));
  }

  @Test
  void whatIsMissingOrDamaged_isTold() throws IOException {
    DataCache cache = DataCache.at(directory);
    String message =
        assertThrows(MissingDataException.class, () -> MotionCapture.train(cache)).getMessage();
    assertTrue(message.contains("data-downloaders/fetch mocap"), message);
    Files.createDirectories(directory.resolve("mocap"));
    Files.writeString(directory.resolve("mocap").resolve("ThomasFechten.csm"), "$Rate x");
    message =
        assertThrows(UncheckedIOException.class, () -> MotionCapture.markers(cache)).getMessage();
    assertTrue(message.contains("ThomasFechten.csm, line 1"), message);
  }
}
