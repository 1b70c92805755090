package condgen.data;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A film in a file (AVI, MP4, MPEG, Matroska and others; FFmpeg decodes it) and how its frames are
 * wanted. Nothing is read before {@link #open}.
 *
 * <pre>{@code
 * try (VideoStream film = VideoFile.grey(path).resizedTo(64, 64).open()) {
 *   for (Optional<VideoFrame> f = film.next(); f.isPresent(); f = film.next()) { ... }
 * }
 * }</pre>
 *
 * @param path the file
 * @param colour whether frames have red, green and blue; otherwise they are grey
 * @param rows the height wanted, 0 for that of the film
 * @param columns the width wanted, 0 for that of the film
 */
public record VideoFile(Path path, boolean colour, int rows, int columns) {

  /** Checks the size. */
  public VideoFile {
    if (path == null) {
      throw new IllegalArgumentException("path must be a file, but is null");
    }
    if (rows < 0 || columns < 0 || (rows == 0) != (columns == 0)) {
      throw new IllegalArgumentException(
          "rows and columns must both be at least 1, or both 0 for the film's own size, but are "
              + rows
              + " and "
              + columns);
    }
  }

  /** A film in grey, at its own size. */
  public static VideoFile grey(Path path) {
    return new VideoFile(path, false, 0, 0);
  }

  /** A film in colour, at its own size. */
  public static VideoFile colour(Path path) {
    return new VideoFile(path, true, 0, 0);
  }

  /** The same film with every frame resized to this height and width, by areas. */
  public VideoFile resizedTo(int rows, int columns) {
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException(
          "rows and columns must be at least 1, but are " + rows + " and " + columns);
    }
    return new VideoFile(path, colour, rows, columns);
  }

  /**
   * Opens the film at its first frame.
   *
   * @throws IOException naming the file when it is missing, empty, damaged or no film
   */
  public VideoStream open() throws IOException {
    return VideoStream.open(this);
  }

  /**
   * Some frames in a row.
   *
   * @param first the number of the first one, from 0
   * @param frames how many, at least 1
   * @return (1, frames, C, rows, columns), float32 in [-1, 1]
   * @throws IOException as {@link #open}
   * @throws IllegalArgumentException when the film ends sooner
   */
  public NDArray clip(int first, int frames) throws IOException {
    if (first < 0 || frames < 1) {
      throw new IllegalArgumentException(
          "first must not be negative and frames at least 1, but are " + first + " and " + frames);
    }
    List<VideoFrame> clip = new ArrayList<>();
    try (VideoStream film = open()) {
      for (int i = 0; i < first + frames; i++) {
        int seen = i;
        VideoFrame frame = film.next().orElseThrow(() -> tooShort(first, frames, seen));
        if (i >= first) {
          clip.add(frame);
        }
      }
    }
    return VideoFrame.clip(clip);
  }

  private IllegalArgumentException tooShort(int first, int frames, int length) {
    return new IllegalArgumentException(
        "%d frames from number %d were asked for, but %s has only %d"
            .formatted(frames, first, path, length));
  }
}
