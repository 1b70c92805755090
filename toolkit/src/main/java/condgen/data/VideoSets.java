package condgen.data;

/** What every set of videos asks of its arguments. */
final class VideoSets {
  private VideoSets() {}

  static void requireVideo(VideoSet set, int video) {
    if (video < 0 || video >= set.size()) {
      throw new IllegalArgumentException(
          "video must be 0 to %d, but is %d".formatted(set.size() - 1, video));
    }
  }

  /**
   * Checks what frames are asked for.
   *
   * @param length how many the video has
   */
  static void requireFrames(VideoSet set, int video, int first, int count, int length) {
    if (first < 0 || count < 1) {
      throw new IllegalArgumentException(
          "first must not be negative and count at least 1, but are " + first + " and " + count);
    }
    if (first > length - count) {
      throw new IllegalArgumentException(
          "%d frames from number %d were asked for, but %s has only %d"
              .formatted(count, first, set.title(video), length));
    }
  }
}
