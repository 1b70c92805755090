package condgen.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Videos as the released code of MCVD prepares and publishes them: HDF5 files in which {@code
 * len/i} is the number of frames of video i, {@code i/t} its frame t (rows x columns x channels of
 * bytes, or rows x columns when grey; compressed by LZF), and, where the set has them, {@code
 * target/i} its class and {@code person/i} who is seen. Several files in a folder are one set, in
 * the order of their names. Frames are read one by one.
 */
public final class PreparedVideos implements VideoSet {
  private static final int LARGEST = 1 << 22;

  private final Path path;
  private final List<Shard> shards;
  private final int size;
  private final int channels;
  private final int rows;
  private final int columns;

  /**
   * One file: where its groups are.
   *
   * @param first the number of its first video in the set
   */
  private record Shard(
      Hdf5File file,
      int first,
      long[] videos,
      Map<String, Long> lengths,
      Map<String, Long> targets,
      Map<String, Long> persons,
      Map<String, Long> others) {}

  private PreparedVideos(Path path, List<Shard> shards, int size) throws IOException {
    this.path = path;
    this.shards = shards;
    this.size = size;
    Hdf5File.Bytes frame = frame(shards.get(0), 0, 0, members(shards.get(0), 0));
    this.rows = frame.shape()[0];
    this.columns = frame.shape()[1];
    this.channels = frame.shape().length == 2 ? 1 : frame.shape()[2];
  }

  /**
   * Opens the videos; reads the list, and one frame for its size.
   *
   * @param path an HDF5 file, or a folder with such files ({@code *.hdf5}, {@code *.h5}) in it
   * @throws DamagedDataException naming the file when it is another one
   */
  public static PreparedVideos open(Path path) throws IOException {
    List<Shard> shards = new ArrayList<>();
    int total = 0;
    try {
      for (Path file : files(path)) {
        Shard shard = shard(Hdf5File.open(file), total);
        shards.add(shard);
        total = Math.addExact(total, shard.videos.length);
      }
      return new PreparedVideos(path, List.copyOf(shards), total);
    } catch (IOException | RuntimeException e) {
      for (Shard shard : shards) {
        shard.file.close();
      }
      throw e;
    }
  }

  private static List<Path> files(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> all = Files.list(path)) {
      List<Path> files =
          all.filter(Files::isRegularFile)
              .filter(PreparedVideos::isHdf5)
              .sorted(Comparator.comparing(file -> file.getFileName().toString()))
              .toList();
      if (files.isEmpty()) {
        throw new DamagedDataException(path + ": expected files *.hdf5 in it, found none");
      }
      return files;
    }
  }

  private static boolean isHdf5(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".hdf5") || name.endsWith(".h5");
  }

  private static Shard shard(Hdf5File file, int first) throws IOException {
    try {
      Map<String, Long> groups = file.members(file.root());
      Map<String, Long> lengths = group(file, groups, "len");
      long[] videos = new long[lengths.size()];
      for (int i = 0; i < videos.length; i++) {
        String name = Integer.toString(i);
        if (!lengths.containsKey(name) || !groups.containsKey(name)) {
          throw new DamagedDataException(
              "%s: expected the videos 0 to %d, but there is no group %s or no len/%s"
                  .formatted(file.path(), videos.length - 1, name, name));
        }
        videos[i] = groups.remove(name);
      }
      if (videos.length == 0) {
        throw new DamagedDataException(file.path() + ": expected videos, found an empty 'len'");
      }
      Map<String, Long> targets = group(file, groups, "target");
      Map<String, Long> persons = group(file, groups, "person");
      return new Shard(file, first, videos, lengths, targets, persons, groups);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static Map<String, Long> group(Hdf5File file, Map<String, Long> groups, String name)
      throws IOException {
    Long address = groups.get(name);
    return address == null ? new LinkedHashMap<>() : file.members(address);
  }

  private Shard shardOf(int video) {
    VideoSets.requireVideo(this, video);
    int k = shards.size() - 1;
    while (shards.get(k).first > video) {
      k--;
    }
    return shards.get(k);
  }

  private static Map<String, Long> members(Shard shard, int video) throws IOException {
    return shard.file.members(shard.videos[video - shard.first]);
  }

  private Hdf5File.Bytes frame(Shard shard, int video, int t, Map<String, Long> members)
      throws IOException {
    String name = (video - shard.first) + "/" + t;
    Long address = members.get(Integer.toString(t));
    if (address == null) {
      throw new DamagedDataException(shard.file.path() + ": expected a frame " + name);
    }
    Hdf5File.Bytes frame = shard.file.bytes(address, name, LARGEST);
    int[] shape = frame.shape();
    boolean colour = shape.length == 3 && (shape[2] == 1 || shape[2] == 3);
    if (shape.length != 2 && !colour) {
      throw new DamagedDataException(
          "%s, %s: expected rows x columns, or rows x columns x 1 or 3, found the sizes %s"
              .formatted(shard.file.path(), name, Arrays.toString(shape)));
    }
    return frame;
  }

  @Override
  public List<VideoFrame> frames(int video, int first, int count) throws IOException {
    VideoSets.requireFrames(this, video, first, count, length(video));
    Shard shard = shardOf(video);
    Map<String, Long> members = members(shard, video);
    List<VideoFrame> frames = new ArrayList<>();
    for (int t = first; t < first + count; t++) {
      Hdf5File.Bytes frame = frame(shard, video, t, members);
      int[] shape = frame.shape();
      int depth = shape.length == 2 ? 1 : shape[2];
      if (shape[0] != rows || shape[1] != columns || depth != channels) {
        throw new DamagedDataException(
            "%s: expected frames of %d x %d x %d, found %s in frame %d"
                .formatted(title(video), rows, columns, channels, Arrays.toString(shape), t));
      }
      frames.add(VideoFrame.ofMixed(channels, rows, columns, frame.values()));
    }
    return frames;
  }

  @Override
  public int length(int video) throws IOException {
    Shard shard = shardOf(video);
    String name = Integer.toString(video - shard.first);
    long length = shard.file.number(shard.lengths.get(name), "len/" + name);
    if (length < 1 || length > Integer.MAX_VALUE) {
      throw new DamagedDataException(
          "%s, len/%s: expected a number of frames, found %d"
              .formatted(shard.file.path(), name, length));
    }
    return (int) length;
  }

  /** {@inheritDoc} -1 when the file has no {@code target}. */
  @Override
  public int label(int video) throws IOException {
    return number(video, shardOf(video).targets, "target/");
  }

  /** Who is seen in a video, from 1; -1 when the file has no {@code person}. */
  public int person(int video) throws IOException {
    return number(video, shardOf(video).persons, "person/");
  }

  private int number(int video, Map<String, Long> group, String prefix) throws IOException {
    Shard shard = shardOf(video);
    String name = Integer.toString(video - shard.first);
    Long address = group.get(name);
    return address == null ? -1 : (int) shard.file.number(address, prefix + name);
  }

  /**
   * A number that belongs to the whole first file, such as {@code num_train}; empty when there is
   * none of that name.
   */
  public OptionalInt constant(String name) throws IOException {
    Shard shard = shards.get(0);
    Long address = shard.others.get(name);
    return address == null
        ? OptionalInt.empty()
        : OptionalInt.of((int) shard.file.number(address, name));
  }

  @Override
  public String name() {
    return "prepared videos of " + path.getFileName();
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public String title(int video) {
    Shard shard = shardOf(video);
    return shard.file.path() + ", video " + (video - shard.first);
  }

  @Override
  public int channels() {
    return channels;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public void close() throws IOException {
    for (Shard shard : shards) {
      shard.file.close();
    }
  }
}
