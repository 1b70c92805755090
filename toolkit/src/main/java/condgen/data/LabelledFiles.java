package condgen.data;

import condgen.download.DataCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The files of an MNIST-like data set: one of images and one of labels for each part. */
final class LabelledFiles {
  private LabelledFiles() {}

  /**
   * Reads the two files of one part.
   *
   * @param part {@code train} or {@code t10k}, as the files are called
   * @throws UncheckedIOException when a file is damaged; its cause says it, too
   */
  static LabelledImages read(DataCache cache, String dataSet, String part, int classes) {
    try {
      return readChecked(cache, dataSet, part, classes);
    } catch (IOException e) {
      throw FetchAgain.after(e, dataSet);
    }
  }

  private static LabelledImages readChecked(
      DataCache cache, String dataSet, String part, int classes) throws IOException {
    Path imageFile = cache.require(dataSet, part + "-images-idx3-ubyte");
    Path labelFile = cache.require(dataSet, part + "-labels-idx1-ubyte");
    Idx images = Idx.readImages(imageFile);
    Idx labels = Idx.readLabels(labelFile);
    if (images.count() != labels.count()) {
      throw new DamagedDataException(
          String.format(
              "%s holds %d images, but %s holds %d labels",
              imageFile, images.count(), labelFile, labels.count()));
    }
    for (byte label : labels.values()) {
      if (Byte.toUnsignedInt(label) >= classes) {
        throw new DamagedDataException(
            String.format(
                "%s: expected labels 0 to %d, found %d",
                labelFile, classes - 1, Byte.toUnsignedInt(label)));
      }
    }
    return new LabelledImages(
        dataSet + " " + part,
        classes,
        1,
        images.header().dimensions().get(1),
        images.header().dimensions().get(2),
        images.values(),
        labels.values());
  }
}
