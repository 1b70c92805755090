package condgen.display;

import java.util.ArrayList;
import java.util.List;

/** Which images of which steps carry a coloured frame, and what it stands for. */
final class ImageMarks {

  private record Mark(int name, int image, int from, int to) {}

  private final String kind;
  private final List<String> names = new ArrayList<>();
  private final List<Mark> marks = new ArrayList<>();

  /** Makes an empty list; {@code kind} says in messages what a batch is: "step", "frame". */
  ImageMarks(String kind) {
    this.kind = kind;
  }

  /** Marks an image in the steps from (included) to (excluded); equal names share a colour. */
  void add(String name, int image, int from, int to) {
    Require.text(name, "name");
    if (image < 0 || from < 0 || to <= from) {
      throw new IllegalArgumentException(
          "mark '%s' needs image >= 0 and 0 <= from < to, but came image %d, from %d, to %d"
              .formatted(name, image, from, to));
    }
    if (!names.contains(name)) {
      names.add(name);
    }
    marks.add(new Mark(names.indexOf(name), image, from, to));
  }

  /** What the frames stand for, in the order of the colours. */
  List<String> names() {
    return List.copyOf(names);
  }

  /** Which name marks an image at a step, or -1; the last mark added counts. */
  int of(int image, int step) {
    int found = -1;
    for (Mark mark : marks) {
      if (mark.image == image && mark.from <= step && step < mark.to) {
        found = mark.name;
      }
    }
    return found;
  }

  /**
   * Refuses marks of images or steps that are not there.
   *
   * @throws IllegalArgumentException naming the mark
   */
  void requireWithin(int images, int steps) {
    for (Mark mark : marks) {
      if (mark.image >= images || mark.to > steps) {
        throw new IllegalArgumentException(
            "mark '%s' must lie within %d images and %d %ss, but is of image %d up to %s %d"
                .formatted(
                    names.get(mark.name), images, steps, kind, mark.image, kind, mark.to - 1));
      }
    }
  }

  /** In words, for the text alternative; empty if there are none. */
  String words() {
    return names.isEmpty() ? "" : " Framed: " + String.join(", ", names) + ".";
  }
}
