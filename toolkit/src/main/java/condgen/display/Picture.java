package condgen.display;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A finished picture: the same content in one or more formats, its size on a page, and a text
 * alternative for those who cannot see it.
 *
 * <p>Formats are named by MIME type: {@code image/png}, {@code image/gif} (bytes), {@code
 * image/svg+xml}, {@code text/html}, {@code text/plain} (strings; plain text is the alternative).
 */
public final class Picture implements Drawable {
  private final byte[] png;
  private final byte[] gif;
  private final String svg;
  private final String html;
  private final int width;
  private final int height;
  private final String alt;
  private final boolean open;

  private Picture(
      byte[] png,
      byte[] gif,
      String svg,
      String html,
      int width,
      int height,
      String alt,
      boolean open) {
    if (alt == null || alt.isBlank()) {
      throw new IllegalArgumentException(
          "alt must say in words what the picture shows, but is empty");
    }
    this.png = png;
    this.gif = gif;
    this.svg = svg;
    this.html = html;
    this.width = width;
    this.height = height;
    this.alt = alt;
    this.open = open;
  }

  /** Makes a picture of PNG bytes shown {@code width} by {@code height} CSS pixels large. */
  public static Picture ofPng(byte[] png, int width, int height, String alt) {
    return new Picture(png.clone(), null, null, null, width, height, alt, false);
  }

  /** Makes an animation; {@code poster} is a PNG for places that show no animation. */
  public static Picture ofGif(byte[] gif, byte[] poster, int width, int height, String alt) {
    return new Picture(poster.clone(), gif.clone(), null, null, width, height, alt, false);
  }

  /** Makes a piece of HTML, such as a table, with the same in words. */
  public static Picture ofHtml(String html, String alt) {
    return new Picture(null, null, null, html, 0, 0, alt, false);
  }

  /** Makes a picture that has no image, only words. */
  public static Picture ofText(String alt) {
    return new Picture(null, null, null, null, 0, 0, alt, false);
  }

  Picture withSvg(String text) {
    return new Picture(png, gif, text, html, width, height, alt, open);
  }

  /** Marks a picture that will be replaced by an update. */
  Picture opened() {
    return new Picture(png, gif, svg, html, width, height, alt, true);
  }

  /** Whether this is a passing state, to be replaced by an update of the same id. */
  public boolean isOpen() {
    return open;
  }

  /** Width on the page in CSS pixels; the PNG has up to twice as many. 0 for HTML and text. */
  public int width() {
    return width;
  }

  /** Height on the page in CSS pixels; 0 for HTML and text. */
  public int height() {
    return height;
  }

  /** The text alternative; never empty. */
  public String alt() {
    return alt;
  }

  /** The PNG bytes, if there are any. */
  public Optional<byte[]> png() {
    return Optional.ofNullable(png).map(byte[]::clone);
  }

  /** The GIF bytes, if this is an animation. */
  public Optional<byte[]> gif() {
    return Optional.ofNullable(gif).map(byte[]::clone);
  }

  /** The SVG document, if it was asked for. */
  public Optional<String> svg() {
    return Optional.ofNullable(svg);
  }

  /**
   * The HTML form: of a table its markup; of an animation or an SVG an image element that holds it
   * whole. Notebook viewers show that alike, while some drop {@code image/gif} and {@code
   * image/svg+xml} outputs.
   */
  public Optional<String> html() {
    if (html != null || gif == null && svg == null) {
      return Optional.ofNullable(html);
    }
    byte[] content = gif != null ? gif : svg.getBytes(StandardCharsets.UTF_8);
    return Optional.of(
        "<img src=\"data:%s;base64,%s\" width=\"%d\" height=\"%d\" alt=\"%s\"/>"
            .formatted(
                gif != null ? "image/gif" : "image/svg+xml",
                Base64.getEncoder().encodeToString(content),
                width,
                height,
                Markup.attribute(alt)));
  }

  /** What a notebook should store, by MIME type: strings, or bytes for the PNG. */
  public Map<String, Object> bundle() {
    Map<String, Object> formats = new LinkedHashMap<>();
    html().ifPresent(text -> formats.put("text/html", text));
    png().ifPresent(bytes -> formats.put("image/png", bytes));
    formats.put("text/plain", alt);
    return formats;
  }

  /**
   * Writes the format that the file's ending names: png, gif, svg, html or txt. The file appears
   * whole or not at all.
   *
   * @return {@code file}
   * @throws IllegalArgumentException if the ending is another, or this picture lacks that format
   * @throws IOException if the file cannot be written
   */
  public Path save(Path file) throws IOException {
    PictureFile.write(this, file);
    return file;
  }

  @Override
  public Picture picture() {
    return this;
  }

  /** The text alternative. */
  @Override
  public String toString() {
    return alt;
  }
}
