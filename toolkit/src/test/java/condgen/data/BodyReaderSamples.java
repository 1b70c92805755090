package condgen.data;

import condgen.fuzz.ReaderSample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The samples of recorded motion and of body models; see {@link ReaderSamples}. */
final class BodyReaderSamples {

  private static final Path MOTION = Path.of("src", "test", "resources", "data", "motion");
  private static final Path FORMATS = Path.of("src", "test", "resources", "formats");

  private BodyReaderSamples() {}

  static List<ReaderSample> all() throws IOException {
    List<ReaderSample> all = new ArrayList<>();
    all.add(of("BVH", MOTION.resolve("cmu_01_01_excerpt.bvh"), Bvh::read));
    all.add(of("marker file", MOTION.resolve("markers_excerpt.csm"), MarkerMotion::read));
    for (String name : List.of("smpl.npz", "smpl.pkl", "smpl-csr.pkl", "smpl-python2-text.pkl")) {
      all.add(of("SMPL, " + name, FORMATS.resolve(name), SmplBody::read).slow(4));
    }
    for (String name : List.of("amass_text_poses.npz", "amass_bytes_poses.npz")) {
      all.add(of("AMASS, " + name, FORMATS.resolve(name), AmassMotion::read));
    }
    all.add(of("Human3.6M", FORMATS.resolve("annots.npz"), Human36mBodies::read));
    byte[] list = "S1/a.jpg\nS5/b.jpg\n".getBytes(StandardCharsets.UTF_8);
    all.add(ReaderSample.of("Human3.6M list", "list.txt", list, Human36mBodies::names));
    return all;
  }

  private static ReaderSample of(String name, Path file, ReaderSample.FileReader reader)
      throws IOException {
    String plain = file.getFileName().toString();
    return ReaderSample.of(name, plain, Files.readAllBytes(file), reader);
  }
}
