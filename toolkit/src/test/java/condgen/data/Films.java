package condgen.data;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;

/** Small films for tests. */
final class Films {
  private Films() {}

  /** Writes grey frames without loss; the end of the name gives the container. */
  static Path lossless(Path path, int rows, int columns, List<byte[]> frames) throws Exception {
    write(path, rows, columns, avcodec.AV_CODEC_ID_FFV1, avutil.AV_PIX_FMT_GRAY8, frames);
    return path;
  }

  /** Writes frames of red, green and blue bytes in turn, without loss. */
  static Path colour(Path path, int rows, int columns, List<byte[]> frames) throws Exception {
    write(path, rows, columns, avcodec.AV_CODEC_ID_FFV1, avutil.AV_PIX_FMT_0RGB32, frames);
    return path;
  }

  /** Writes grey frames as MPEG-4, with loss. */
  static Path mpeg4(Path path, int rows, int columns, List<byte[]> frames) throws Exception {
    write(path, rows, columns, avcodec.AV_CODEC_ID_MPEG4, avutil.AV_PIX_FMT_YUV420P, frames);
    return path;
  }

  private static void write(
      Path path, int rows, int columns, int codec, int format, List<byte[]> frames)
      throws Exception {
    avutil.av_log_set_level(avutil.AV_LOG_QUIET);
    int channels = frames.get(0).length / (rows * columns);
    int given = channels == 3 ? avutil.AV_PIX_FMT_RGB24 : avutil.AV_PIX_FMT_GRAY8;
    try (FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(path.toFile(), columns, rows)) {
      recorder.setVideoCodec(codec);
      recorder.setPixelFormat(format);
      recorder.setFrameRate(10);
      recorder.setVideoQuality(1);
      recorder.start();
      for (byte[] frame : frames) {
        ByteBuffer image = ByteBuffer.allocateDirect(frame.length).put(0, frame);
        recorder.recordImage(
            columns, rows, Frame.DEPTH_UBYTE, channels, columns * channels, given, image);
      }
    }
  }
}
