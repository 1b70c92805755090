package condgen.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.download.DataCache;
import condgen.download.MissingDataException;
import condgen.tensor.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real films: what was counted in the files of the packages. Skipped where they are not. */
class FetchedFilmsTest {
  private static final FrameFit FIT = FrameFit.middle(64, ImageResize.LANCZOS);

  @TempDir Path empty;

  @Test
  void shortFilms_haveTheirFrames() throws IOException {
    assumeTrue(Files.exists(DataCache.standard().directory("video-clips").resolve("cup.mp4")));
    FilmVideos films = FilmVideos.fetched("video-clips", FIT);
    assertEquals(3, films.size());
    assertTrue(films.title(0).endsWith("box.mp4"), films.title(0));
    assertEquals(217, films.length(1), "cup.mp4");
    assertEquals(68, films.length(2), "tree.avi");
    try (Scope scope = Scope.open();
        VideoClips clips =
            VideoClips.testing(films.only("tree and cup", new int[] {2, 1})).items(2)) {
      NDArray batch = clips.batch(1, 0, 2, 10);
      assertEquals(new Shape(2, 10, 3, 64, 64), batch.getShape());
      double spread = batch.sub(batch.mean()).square().mean().getFloat();
      assertTrue(spread > 0.01, "pictures are no flat grey, but vary by " + spread);
      NDArray steps = batch.get(":, 1:").sub(batch.get(":, :-1")).abs().mean();
      assertTrue(steps.getFloat() > 0 && steps.getFloat() < 0.2, "neighbours are alike");
    }
  }

  @Test
  void withoutTheFilms_theCommandIsNamed() {
    String message =
        assertThrows(
                MissingDataException.class,
                () -> FilmVideos.fetched(DataCache.at(empty), "video-clips", FIT))
            .getMessage();
    assertTrue(message.contains("data-downloaders/fetch video-clips"), message);
  }
}
