package condgen.display;

import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Few colours that stand for many: a wide box of many colours is parted at its median until there
 * are enough boxes, and each gives its mean. Paul Heckbert, Color image quantization for frame
 * buffer display, SIGGRAPH 1982.
 */
final class MedianCut {
  private MedianCut() {}

  /**
   * Finds at most {@code max} colours.
   *
   * @param colours pairs of a colour (RGB) and how often it occurs; their order is lost
   */
  static List<Integer> colours(int[][] colours, int max) {
    PriorityQueue<Box> boxes =
        new PriorityQueue<>((a, b) -> Double.compare(b.weight(), a.weight()));
    if (colours.length > 0) {
      boxes.add(Box.of(colours));
    }
    while (boxes.size() < max && !boxes.isEmpty() && boxes.peek().weight() > 0) {
      Box box = boxes.poll();
      int shift = box.shift();
      int[][] all = box.colours();
      Arrays.sort(all, (a, b) -> Integer.compare(a[0] >> shift & 0xFF, b[0] >> shift & 0xFF));
      boxes.add(Box.of(Arrays.copyOfRange(all, 0, all.length / 2)));
      boxes.add(Box.of(Arrays.copyOfRange(all, all.length / 2, all.length)));
    }
    return boxes.stream().map(Box::mean).toList();
  }

  /** Colours that share a place in the palette, and along which channel to part them. */
  private record Box(int[][] colours, int shift, double weight) {
    static Box of(int[][] colours) {
      int widest = 0;
      int spread = -1;
      for (int shift = 0; shift <= 16; shift += 8) {
        int low = 255;
        int high = 0;
        for (int[] colour : colours) {
          low = Math.min(low, colour[0] >> shift & 0xFF);
          high = Math.max(high, colour[0] >> shift & 0xFF);
        }
        if (high - low > spread) {
          spread = high - low;
          widest = shift;
        }
      }
      return new Box(colours, widest, spread * Math.sqrt(colours.length));
    }

    int mean() {
      double[] sum = new double[3];
      double total = 0;
      for (int[] colour : colours) {
        for (int channel = 0; channel < 3; channel++) {
          sum[channel] += (double) (colour[0] >> 8 * channel & 0xFF) * colour[1];
        }
        total += colour[1];
      }
      int rgb = 0;
      for (int channel = 0; channel < 3; channel++) {
        rgb |= (int) Math.round(sum[channel] / total) << 8 * channel;
      }
      return rgb;
    }
  }
}
