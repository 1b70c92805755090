package condgen.download;

import com.google.gson.annotations.SerializedName;
import java.io.IOException;
import java.nio.file.Path;

/** The formats that the downloader can make again from the same content in another form. */
public enum RecordFormat {
  /** CIFAR-10's binary records, from a PNG with an image in each row and labels in JSON. */
  @SerializedName("cifar-records")
  CIFAR_RECORDS {
    @Override
    void write(Path picture, Path labels, int first, int count, Path to) throws IOException {
      CifarRecords.write(picture, labels, first, count, to);
    }
  };

  /**
   * Makes a file.
   *
   * @param picture the picture; unchanged
   * @param labels the labels; unchanged
   * @param first the number of the first label that belongs to the picture
   * @param count how many records to make
   * @param to where the file goes; replaced
   * @throws StorageException when the file cannot be written
   * @throws FetchException when picture or labels are not what they should be
   */
  abstract void write(Path picture, Path labels, int first, int count, Path to) throws IOException;
}
