package condgen.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;

/**
 * The BAIR robot pushing set, small version: a robot arm pushes things about; two cameras, 30
 * frames of 64 x 64 in colour, and what the arm was told. Read out of its tar as it was downloaded,
 * or out of the folder that it was unpacked to; one record is in memory at a time, and its check
 * sum is tested.
 *
 * <p>The frames are plain bytes of red, green and blue, though their name says {@code encoded}. The
 * published numbers use the camera {@code image_aux1} only. The list of videos is that of the
 * files' names, in the order of characters. F. Ebert, C. Finn, A. Lee, S. Levine: Self-supervised
 * visual planning with temporal skip connections, 2017.
 */
public final class BairVideos implements VideoSet {
  private static final int FRAMES = 30;
  private static final int SIDE = 64;
  private static final int AREA = SIDE * SIDE;
  private static final int ACTION = 4;
  private static final int POSITION = 3;
  private static final String ENDING = ".tfrecords";

  /** The two cameras. */
  public enum View {
    /** The camera of the published numbers. */
    AUX1("image_aux1"),
    /** The other one. */
    MAIN("image_main");

    private final String key;

    View(String key) {
      this.key = key;
    }
  }

  private final String part;
  private final View view;
  private final List<TfRecords> files;
  private final int[] ends;

  private BairVideos(String part, View view, List<TfRecords> files, int[] ends) {
    this.part = part;
    this.view = view;
    this.files = files;
    this.ends = ends;
  }

  /**
   * Finds the videos of a part; reads where records begin, not what they hold.
   *
   * @param data the tar, or a folder; in it {@code .../train/*.tfrecords} and {@code .../test/...}
   * @param part {@code train} (43,264 videos) or {@code test} (256)
   * @param view which camera
   * @throws DamagedDataException if there are none, or a record's length is wrong
   */
  public static BairVideos open(Path data, String part, View view) throws IOException {
    List<TfRecords> files = new ArrayList<>();
    for (Member member : Files.isDirectory(data) ? inFolder(data, part) : inTar(data, part)) {
      files.add(TfRecords.open(member.bytes, member.name));
    }
    int[] ends = new int[files.size()];
    int total = 0;
    for (int k = 0; k < ends.length; k++) {
      total += files.get(k).size();
      ends[k] = total;
    }
    if (total == 0) {
      throw new DamagedDataException(
          "%s: expected %s/*%s with videos in it, found none".formatted(data, part, ENDING));
    }
    return new BairVideos(part, view, List.copyOf(files), ends);
  }

  private record Member(String name, FileBytes bytes) {}

  private static boolean belongs(String name, String part) {
    return name.endsWith(ENDING) && ("/" + name).contains("/" + part + "/");
  }

  private static List<Member> inFolder(Path folder, String part) throws IOException {
    List<Path> paths;
    try (Stream<Path> all = Files.walk(folder)) {
      paths =
          all.filter(Files::isRegularFile)
              .filter(p -> belongs(folder.relativize(p).toString().replace('\\', '/'), part))
              .sorted(Comparator.comparing(p -> p.getFileName().toString()))
              .toList();
    }
    List<Member> members = new ArrayList<>();
    for (Path path : paths) {
      members.add(new Member(path.toString(), new FileBytes(path, 0, Files.size(path))));
    }
    return members;
  }

  private static List<Member> inTar(Path tar, String part) throws IOException {
    long length = Files.size(tar);
    List<Member> members = new ArrayList<>();
    try (TarFile file = new TarFile(tar)) {
      for (TarArchiveEntry entry : file.getEntries()) {
        if (!entry.isFile() || !belongs(entry.getName(), part)) {
          continue;
        }
        String name = tar + ", " + entry.getName();
        long at = entry.getDataOffset();
        if (at < 0 || entry.getSize() < 0 || entry.getSize() > length - at) {
          throw new DamagedDataException(
              "%s: expected %,d bytes at %,d, but the tar has only %,d"
                  .formatted(name, entry.getSize(), at, length));
        }
        members.add(new Member(name, new FileBytes(tar, at, entry.getSize())));
      }
    } catch (DamagedDataException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new DamagedDataException(tar + " is no tar, or is damaged: " + e.getMessage(), e);
    }
    members.sort(Comparator.comparing(Member::name));
    return members;
  }

  private TfExample read(int video, Predicate<String> wanted) throws IOException {
    VideoSets.requireVideo(this, video);
    int file = file(video);
    int record = video - (file == 0 ? 0 : ends[file - 1]);
    TfRecords records = files.get(file);
    return TfExample.read(records.read(record), records.name(record), wanted);
  }

  private int file(int video) {
    int file = 0;
    while (ends[file] <= video) {
      file++;
    }
    return file;
  }

  @Override
  public List<VideoFrame> frames(int video, int first, int count) throws IOException {
    VideoSets.requireVideo(this, video);
    VideoSets.requireFrames(this, video, first, count, FRAMES);
    String suffix = "/" + view.key + "/encoded";
    TfExample example = read(video, key -> key.endsWith(suffix));
    List<VideoFrame> frames = new ArrayList<>();
    for (int t = first; t < first + count; t++) {
      byte[] mixed = example.bytes(t + suffix, 3 * AREA);
      frames.add(VideoFrame.ofMixed(3, SIDE, SIDE, mixed));
    }
    return frames;
  }

  /**
   * What the arm was told at each frame: the step to take along three axes, and the gripper.
   *
   * @return (30, 4)
   */
  public float[][] actions(int video) throws IOException {
    return floats(video, "/action", ACTION);
  }

  /**
   * Where the arm's end was at each frame.
   *
   * @return (30, 3)
   */
  public float[][] positions(int video) throws IOException {
    return floats(video, "/endeffector_pos", POSITION);
  }

  private float[][] floats(int video, String suffix, int length) throws IOException {
    TfExample example = read(video, key -> key.endsWith(suffix));
    float[][] values = new float[FRAMES][];
    for (int t = 0; t < FRAMES; t++) {
      values[t] = example.floats(t + suffix, length);
    }
    return values;
  }

  @Override
  public String name() {
    return "BAIR robot pushing, " + part;
  }

  @Override
  public int size() {
    return ends[ends.length - 1];
  }

  @Override
  public String title(int video) {
    VideoSets.requireVideo(this, video);
    int file = file(video);
    return files.get(file).name(video - (file == 0 ? 0 : ends[file - 1]));
  }

  /** {@inheritDoc} Here always 30. */
  @Override
  public int length(int video) {
    VideoSets.requireVideo(this, video);
    return FRAMES;
  }

  @Override
  public int channels() {
    return 3;
  }

  @Override
  public int rows() {
    return SIDE;
  }

  @Override
  public int columns() {
    return SIDE;
  }
}
