package condgen.data;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * Videos in the order of a list. Nothing is in memory but what {@link #frames} returns; a video is
 * read when it is asked for. {@link VideoClips} cuts clips for training and testing out of it.
 */
public interface VideoSet extends Closeable {

  /** What the videos are, for texts: {@code KTH, persons 21 to 25}. */
  String name();

  /** How many videos there are, at least 1. */
  int size();

  /**
   * Where a video comes from: the name of its file, or its place in a larger one.
   *
   * @param video 0 to size - 1
   */
  String title(int video);

  /**
   * The class of a video, from 0; -1 when the data have no classes.
   *
   * @param video 0 to size - 1
   * @throws IOException when it has to be read and cannot be
   */
  default int label(int video) throws IOException {
    VideoSets.requireVideo(this, video);
    return -1;
  }

  /**
   * How many frames a video has, at least 1. May decode it.
   *
   * @param video 0 to size - 1
   * @throws DamagedDataException naming the file
   */
  int length(int video) throws IOException;

  /**
   * Frames in a row, all of {@link #channels} x {@link #rows} x {@link #columns}.
   *
   * @param video 0 to size - 1
   * @param first the number of the first frame, from 0
   * @param count how many, at least 1
   * @throws DamagedDataException naming the file
   * @throws IllegalArgumentException when the video ends sooner
   */
  List<VideoFrame> frames(int video, int first, int count) throws IOException;

  /** 1 for grey, 3 for red, green and blue. */
  int channels();

  /** The height of a frame, pixels. */
  int rows();

  /** The width of a frame, pixels. */
  int columns();

  /**
   * Some of the videos, in an order of choice.
   *
   * @param name what they are
   * @param videos their numbers here, at least one
   * @return videos that are read from this set; closing them closes it
   */
  default VideoSet only(String name, int[] videos) {
    return new VideoSubset(name, this, videos);
  }

  /** Closes what is open. */
  @Override
  default void close() throws IOException {}
}
