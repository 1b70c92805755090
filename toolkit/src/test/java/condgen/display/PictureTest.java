package condgen.display;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class PictureTest {
  @TempDir Path directory;

  @Test
  void saveWritesTheFormatOfTheEndingAndNothingElse() throws IOException {
    Picture picture = Gallery.line().picture();
    Path png = picture.save(directory.resolve("new/line.png"));
    Path svg = picture.save(directory.resolve("new/line.svg"));
    assertArrayEquals(picture.png().orElseThrow(), Files.readAllBytes(png));
    assertEquals(picture.svg().orElseThrow(), Files.readString(svg));
    try (Stream<Path> files = Files.list(directory.resolve("new"))) {
      assertEquals(2, files.count(), "no partial file stays");
    }
  }

  @Test
  void saveInAMissingFormatSaysWhatThereIs() {
    Picture picture = Gallery.scatter().picture();
    assertMessage("draw it with .svg()", () -> picture.save(directory.resolve("a.svg")));
    assertMessage(".png, .gif, .svg", () -> picture.save(directory.resolve("a.jpg")));
  }

  @Test
  void pictureWithoutWordsIsRefused() {
    assertMessage("alt must say in words", () -> Picture.ofPng(new byte[1], 1, 1, " "));
  }

  @Test
  void bundleOfAnAnimationIsHtmlWithTheGifAPosterAndWords() {
    Picture picture = Picture.ofGif(new byte[] {71}, new byte[] {80}, 4, 3, "\"a\" < b");
    assertEquals(
        List.of("text/html", "image/png", "text/plain"), List.copyOf(picture.bundle().keySet()));
    assertEquals(
        "<img src=\"data:image/gif;base64,Rw==\" width=\"4\" height=\"3\""
            + " alt=\"&quot;a&quot; &lt; b\"/>",
        picture.bundle().get("text/html"));
  }

  @Test
  void missingFontIsExplainedWithThePackagesToInstall() {
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class,
            () ->
                Theme.requireFont(
                    () -> {
                      throw new InternalError("Fontconfig head is null");
                    }));
    assertTrue(e.getMessage().contains("apt-get install fontconfig fonts-dejavu-core"));
  }

  private static void assertMessage(String part, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(part), message);
  }
}
