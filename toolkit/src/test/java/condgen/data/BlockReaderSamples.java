package condgen.data;

import condgen.fuzz.ReaderSample;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The samples of picture data read in blocks or by offset; see {@link ReaderSamples}. */
final class BlockReaderSamples {
  private BlockReaderSamples() {}

  static List<ReaderSample> all() throws IOException {
    byte[] rows = Files.readAllBytes(ImageSamples.file("imagenet-downsampled.zip"));
    byte[] clips;
    try (InputStream in =
        new GZIPInputStream(Files.newInputStream(ImageSamples.file("moving-mnist.npy.gz")))) {
      clips = in.readAllBytes();
    }
    return List.of(
        ReaderSample.of("ImageNet, downsampled", "rows.zip", rows, BlockReaderSamples::readBlocks)
            .slow(2),
        ReaderSample.of("Moving MNIST, fixed", "clips.npy", clips, BlockReaderSamples::readClips)
            .slow(2));
  }

  private static void readBlocks(Path file) throws IOException {
    try (ImageNetDownsampled set = ImageNetDownsampled.open("sample", List.of(file))) {
      while (set.next(3).isPresent()) {
        // The next block is read until there is none.
      }
    }
  }

  private static void readClips(Path file) throws IOException {
    FixedMovingMnist clips = FixedMovingMnist.open(file);
    try {
      clips.clip(clips.size() - 1, clips.frames()).close();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
