package condgen.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Videos whose frames are picture files in a folder or an archive, a fixed number for each video.
 * Frames are decoded when they are asked for.
 */
public final class PictureVideos implements VideoSet {
  private final String name;
  private final Members members;
  private final int[] places;
  private final int length;
  private final FrameFit fit;

  /**
   * @param members where the files are; closed with this
   * @param places of the frames among them, video after video
   * @param length how many frames each video has
   */
  PictureVideos(String name, Members members, int[] places, int length, FrameFit fit) {
    if (places.length == 0 || places.length % length != 0) {
      throw new IllegalArgumentException(
          "places must be a multiple of %d, but are %d".formatted(length, places.length));
    }
    this.name = name;
    this.members = members;
    this.places = places;
    this.length = length;
    this.fit = fit;
  }

  @Override
  public List<VideoFrame> frames(int video, int first, int count) throws IOException {
    VideoSets.requireFrames(this, video, first, count, length(video));
    List<VideoFrame> frames = new ArrayList<>();
    for (int t = first; t < first + count; t++) {
      int place = places[video * length + t];
      PixelImage picture =
          PictureDecoder.decode(members.read(place), members.title(place)).colour();
      frames.add(fit.apply(new VideoFrame(3, picture.rows(), picture.columns(), picture.bytes())));
    }
    return frames;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return places.length / length;
  }

  /** {@inheritDoc} Here its first frame. */
  @Override
  public String title(int video) {
    VideoSets.requireVideo(this, video);
    return members.title(places[video * length]);
  }

  @Override
  public int length(int video) {
    VideoSets.requireVideo(this, video);
    return length;
  }

  @Override
  public int channels() {
    return 3;
  }

  @Override
  public int rows() {
    return fit.rows();
  }

  @Override
  public int columns() {
    return fit.columns();
  }

  @Override
  public void close() throws IOException {
    members.close();
  }
}
