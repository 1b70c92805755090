package condgen.display;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;

/** Writes a picture in the format that the ending of a file's name asks for. */
final class PictureFile {
  private PictureFile() {}

  /** Writes the file whole or not at all; see {@link Picture#save}. */
  static void write(Picture picture, Path file) throws IOException {
    byte[] bytes = bytes(picture, file);
    Path whole = file.toAbsolutePath();
    Path directory = Files.createDirectories(whole.getParent());
    Path part = Files.createTempFile(directory, whole.getFileName() + ".", ".part");
    try {
      Files.write(part, bytes);
      Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static byte[] bytes(Picture picture, Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    String ending = name.substring(name.lastIndexOf('.') + 1);
    Optional<byte[]> found =
        switch (ending) {
          case "png" -> picture.png();
          case "gif" -> picture.gif();
          case "svg" -> picture.svg().map(text -> text.getBytes(StandardCharsets.UTF_8));
          case "html" -> picture.html().map(text -> text.getBytes(StandardCharsets.UTF_8));
          case "txt" -> Optional.of((picture.alt() + "\n").getBytes(StandardCharsets.UTF_8));
          default ->
              throw new IllegalArgumentException(
                  "file must end in .png, .gif, .svg, .html or .txt, but is " + file);
        };
    return found.orElseThrow(
        () ->
            new IllegalArgumentException(
                "file asks for the format %s, but this picture has only %s%s"
                    .formatted(
                        ending,
                        picture.bundle().keySet(),
                        ending.equals("svg") ? "; draw it with .svg()" : "")));
  }
}
