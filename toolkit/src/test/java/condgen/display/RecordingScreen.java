package condgen.display;

import java.util.ArrayList;
import java.util.List;

/** Remembers what it was asked to show. */
final class RecordingScreen implements Screen {
  /** One call: the id, and what was shown under it. */
  record Shown(String id, Picture picture, boolean update) {}

  private final List<Shown> all = new ArrayList<>();

  @Override
  public synchronized String show(Picture picture) {
    String id = "id-" + all.size();
    all.add(new Shown(id, picture, false));
    return id;
  }

  @Override
  public synchronized void update(String id, Picture picture) {
    all.add(new Shown(id, picture, true));
  }

  synchronized List<Shown> all() {
    return List.copyOf(all);
  }

  synchronized Picture last() {
    return all.get(all.size() - 1).picture();
  }
}
