package condgen.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;

/**
 * An open film that gives one frame after the other; only one is in memory. For one thread. Bytes
 * do not depend on the kind of CPU: the decoder works with exact integer transforms.
 */
public final class VideoStream implements Closeable {
  /**
   * Containers of films. Other formats that FFmpeg knows (play lists, text as pictures) are not.
   */
  private static final String FORMATS =
      "avi,mov,mp4,matroska,webm,mpeg,mpegts,mpegvideo,m4v,asf,flv,ogg,gif,yuv4mpegpipe";

  static {
    // The engine's memory, which counts as this process's, is not the decoder's to limit.
    String limit = "org.bytedeco.javacpp.maxPhysicalBytes";
    if (System.getProperty(limit) == null) {
      System.setProperty(limit, "0");
    }
    avutil.av_log_set_level(avutil.AV_LOG_QUIET);
  }

  private final Path path;
  private final boolean colour;
  private final FFmpegFrameGrabber decoder;
  private final long promised;
  private int read;

  private VideoStream(VideoFile file, FFmpegFrameGrabber decoder, long promised) {
    this.path = file.path();
    this.colour = file.colour();
    this.decoder = decoder;
    this.promised = promised;
  }

  static VideoStream open(VideoFile file) throws IOException {
    requireContent(file.path());
    FFmpegFrameGrabber decoder =
        new FFmpegFrameGrabber("file:" + file.path().toAbsolutePath().normalize());
    decoder.setOption("protocol_whitelist", "file");
    decoder.setOption("format_whitelist", FORMATS);
    decoder.setVideoOption("threads", "1");
    decoder.setVideoOption("flags", "+bitexact");
    decoder.setVideoOption("idct", "simple");
    decoder.setImageMode(
        file.colour() ? FrameGrabber.ImageMode.COLOR : FrameGrabber.ImageMode.GRAY);
    decoder.setPixelFormat(file.colour() ? avutil.AV_PIX_FMT_RGB24 : avutil.AV_PIX_FMT_GRAY8);
    decoder.setImageHeight(file.rows());
    decoder.setImageWidth(file.columns());
    decoder.setImageScalingFlags(
        swscale.SWS_AREA | swscale.SWS_ACCURATE_RND | swscale.SWS_BITEXACT);
    try {
      decoder.start();
      if (decoder.getVideoStream() < 0) {
        throw new DamagedDataException("there are no pictures in it");
      }
      long promised = decoder.getFormatContext().streams(decoder.getVideoStream()).nb_frames();
      return new VideoStream(file, decoder, promised);
    } catch (IOException | RuntimeException e) {
      decoder.close();
      throw new DamagedDataException(
          file.path() + " cannot be read: it is no film, or it is damaged (" + e.getMessage() + ")",
          e);
    }
  }

  private static void requireContent(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new IOException(path + " cannot be read: there is no such file");
    }
    if (!Files.isReadable(path)) {
      throw new IOException(path + " cannot be read: permission is denied");
    }
    if (Files.size(path) == 0) {
      throw new DamagedDataException(path + " cannot be read: it is empty");
    }
  }

  /** The number of frames that the file's header promises; empty when it does not say. */
  public OptionalInt length() {
    return promised > 0 ? OptionalInt.of((int) promised) : OptionalInt.empty();
  }

  /** Frames per second. */
  public double frameRate() {
    return decoder.getFrameRate();
  }

  /** The height of the frames that come, pixels. */
  public int rows() {
    return decoder.getImageHeight();
  }

  /** The width of the frames that come, pixels. */
  public int columns() {
    return decoder.getImageWidth();
  }

  /** 1 for grey, 3 for red, green and blue. */
  public int channels() {
    return colour ? 3 : 1;
  }

  /**
   * The next frame; empty at the end.
   *
   * @throws IOException naming the file when it ends before the frames that its header promises, or
   *     has none
   */
  public Optional<VideoFrame> next() throws IOException {
    Frame frame;
    try {
      frame = decoder.grabImage();
    } catch (FrameGrabber.Exception e) {
      throw new DamagedDataException(
          path + " is damaged after frame " + read + ": " + e.getMessage(), e);
    }
    if (frame == null) {
      requireComplete();
      return Optional.empty();
    }
    read++;
    return Optional.of(
        new VideoFrame(channels(), frame.imageHeight, frame.imageWidth, planes(frame)));
  }

  /**
   * The next frame as lenient programs read films: empty at the end, and also where no more can be
   * decoded before it.
   */
  Optional<VideoFrame> nextThatDecodes() {
    try {
      Frame frame = decoder.grabImage();
      if (frame != null) {
        read++;
        return Optional.of(
            new VideoFrame(channels(), frame.imageHeight, frame.imageWidth, planes(frame)));
      }
    } catch (FrameGrabber.Exception e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  private void requireComplete() throws IOException {
    if (read == 0) {
      throw new DamagedDataException(path + " cannot be read: none of its frames could be decoded");
    }
    if (read < promised) {
      throw new DamagedDataException(
          "%s is damaged: its header promises %,d frames, but only %,d could be decoded"
              .formatted(path, promised, read));
    }
  }

  /** From rows of mixed channels with a gap at their end to channel after channel. */
  private byte[] planes(Frame frame) {
    ByteBuffer from = (ByteBuffer) frame.image[0];
    int channels = channels();
    int height = frame.imageHeight;
    int width = frame.imageWidth;
    byte[] row = new byte[width * channels];
    byte[] planes = new byte[height * width * channels];
    for (int r = 0; r < height; r++) {
      if (channels == 1) {
        from.get(r * frame.imageStride, planes, r * width, width);
        continue;
      }
      from.get(r * frame.imageStride, row);
      for (int k = 0; k < row.length; k++) {
        planes[(k % channels * height + r) * width + k / channels] = row[k];
      }
    }
    return planes;
  }

  /** Closes the file. */
  @Override
  public void close() throws IOException {
    decoder.close();
  }
}
