package condgen.download;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what the user would have read. */
final class Notes implements FetchListener {
  final List<String> texts = new CopyOnWriteArrayList<>();

  @Override
  public void note(String text) {
    texts.add(text);
  }

  boolean mention(String part) {
    return texts.stream().anyMatch(t -> t.contains(part));
  }

  @Override
  public String toString() {
    return String.join("\n", texts);
  }
}
