package condgen.display;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Few colours for many: exact when the image has few enough, otherwise the most frequent colours
 * stay exact, more are found by median cut, and each colour becomes the nearest of these. Makes
 * PNGs of charts small and GIFs possible.
 */
final class Palette {
  private final int[] colours;
  private final Map<Integer, Integer> index;
  private final boolean exact;

  private Palette(int[] colours, Map<Integer, Integer> index, boolean exact) {
    this.colours = colours;
    this.index = index;
    this.exact = exact;
  }

  /** Chooses at most {@code max} (up to 256) colours for all the images together. */
  static Palette of(List<BufferedImage> images, int max) {
    Map<Integer, int[]> counts = new HashMap<>();
    for (BufferedImage image : images) {
      count(image, counts);
    }
    int[][] found = new int[counts.size()][];
    int n = 0;
    for (Map.Entry<Integer, int[]> entry : counts.entrySet()) {
      found[n++] = new int[] {entry.getKey(), entry.getValue()[0]};
    }
    Arrays.sort(
        found, (a, b) -> a[1] != b[1] ? Integer.compare(b[1], a[1]) : Integer.compare(a[0], b[0]));
    int exact = found.length <= max ? found.length : max / 2;
    List<Integer> colours = new ArrayList<>();
    Map<Integer, Integer> index = new HashMap<>();
    for (int i = 0; i < exact; i++) {
      index.put(found[i][0], i);
      colours.add(found[i][0]);
    }
    colours.addAll(MedianCut.colours(Arrays.copyOfRange(found, exact, found.length), max - exact));
    int[] chosen = colours.stream().mapToInt(Integer::intValue).toArray();
    for (int i = exact; i < found.length; i++) {
      index.put(found[i][0], nearest(found[i][0], chosen));
    }
    return new Palette(chosen, index, exact == found.length);
  }

  private static void count(BufferedImage image, Map<Integer, int[]> counts) {
    int width = image.getWidth();
    int[] row = new int[width];
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; ) {
        int start = x;
        while (x < width && row[x] == row[start]) {
          x++;
        }
        counts.computeIfAbsent(row[start] & 0xFFFFFF, key -> new int[1])[0] += x - start;
      }
    }
  }

  private static int nearest(int rgb, int[] colours) {
    int best = 0;
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < colours.length; i++) {
      int red = (rgb >> 16 & 0xFF) - (colours[i] >> 16 & 0xFF);
      int green = (rgb >> 8 & 0xFF) - (colours[i] >> 8 & 0xFF);
      int blue = (rgb & 0xFF) - (colours[i] & 0xFF);
      int distance = 2 * red * red + 4 * green * green + 3 * blue * blue;
      if (distance < least) {
        least = distance;
        best = i;
      }
    }
    return best;
  }

  /** Whether every colour of the images is in the palette itself. */
  boolean isExact() {
    return exact;
  }

  int size() {
    return colours.length;
  }

  /** The palette's number of a colour that occurs in the images it was made of. */
  int indexOf(int rgb) {
    return index.get(rgb & 0xFFFFFF);
  }

  /** A colour model with room for {@code reserved} further entries, the first one transparent. */
  IndexColorModel model(int reserved) {
    int size = colours.length + reserved;
    int bits = size <= 2 ? 1 : size <= 4 ? 2 : size <= 16 ? 4 : 8;
    int[] padded = Arrays.copyOf(colours, 1 << bits);
    return new IndexColorModel(
        bits,
        padded.length,
        padded,
        0,
        false,
        reserved > 0 ? colours.length : -1,
        DataBuffer.TYPE_BYTE);
  }

  /** Repaints {@code image} with this palette. */
  BufferedImage apply(BufferedImage image) {
    int width = image.getWidth();
    IndexColorModel model = model(0);
    BufferedImage indexed =
        new BufferedImage(
            width,
            image.getHeight(),
            model.getPixelSize() == 8
                ? BufferedImage.TYPE_BYTE_INDEXED
                : BufferedImage.TYPE_BYTE_BINARY,
            model);
    int[] row = new int[width];
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      int last = row[0];
      int lastIndex = indexOf(last);
      for (int x = 0; x < width; x++) {
        if (row[x] != last) {
          last = row[x];
          lastIndex = indexOf(last);
        }
        row[x] = lastIndex;
      }
      indexed.getRaster().setSamples(0, y, width, 1, 0, row);
    }
    return indexed;
  }
}
