package condgen.display;

import java.util.ArrayList;
import java.util.List;

/** Batches of equally many, equally large images, each under a label, in the order of adding. */
final class LabelledBatches {
  private final String kind;
  private final List<String> labels = new ArrayList<>();
  private final List<Pixels> batches = new ArrayList<>();

  /** Makes an empty list; {@code kind} says in messages what a batch is: "step", "frame". */
  LabelledBatches(String kind) {
    this.kind = kind;
  }

  /**
   * Adds a batch.
   *
   * @throws IllegalArgumentException if it differs from the first in number or size of its images
   */
  void add(String label, Pixels pixels) {
    Require.text(label, "label");
    Pixels first = batches.isEmpty() ? pixels : batches.get(0);
    if (first.count() != pixels.count()
        || first.width() != pixels.width()
        || first.height() != pixels.height()) {
      throw new IllegalArgumentException(
          "images of %s '%s' must be %d of %d by %d pixels like the first, but are %d of %d by %d"
              .formatted(
                  kind,
                  label,
                  first.count(),
                  first.width(),
                  first.height(),
                  pixels.count(),
                  pixels.width(),
                  pixels.height()));
    }
    labels.add(label);
    batches.add(pixels);
  }

  int size() {
    return batches.size();
  }

  Pixels get(int i) {
    return batches.get(i);
  }

  String label(int i) {
    return labels.get(i);
  }

  List<String> labels() {
    return List.copyOf(labels);
  }

  /** In words: "from FIRST to LAST". */
  String ends() {
    return "from %s to %s".formatted(labels.get(0), labels.get(labels.size() - 1));
  }
}
