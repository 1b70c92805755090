package condgen.data;

import java.io.IOException;
import java.util.List;

/** Some of the videos of a set, in an order of choice. */
final class VideoSubset implements VideoSet {
  private final String name;
  private final VideoSet all;
  private final int[] videos;

  VideoSubset(String name, VideoSet all, int[] videos) {
    if (videos.length == 0) {
      throw new IllegalArgumentException("videos must name at least one video of " + all.name());
    }
    for (int video : videos) {
      VideoSets.requireVideo(all, video);
    }
    this.name = name;
    this.all = all;
    this.videos = videos.clone();
  }

  private int place(int video) {
    VideoSets.requireVideo(this, video);
    return videos[video];
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return videos.length;
  }

  @Override
  public String title(int video) {
    return all.title(place(video));
  }

  @Override
  public int label(int video) throws IOException {
    return all.label(place(video));
  }

  @Override
  public int length(int video) throws IOException {
    return all.length(place(video));
  }

  @Override
  public List<VideoFrame> frames(int video, int first, int count) throws IOException {
    return all.frames(place(video), first, count);
  }

  @Override
  public int channels() {
    return all.channels();
  }

  @Override
  public int rows() {
    return all.rows();
  }

  @Override
  public int columns() {
    return all.columns();
  }

  @Override
  public void close() throws IOException {
    all.close();
  }
}
