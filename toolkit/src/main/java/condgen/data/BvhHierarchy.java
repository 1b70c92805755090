package condgen.data;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** Reads the first part of a BVH file, up to and with the word MOTION. */
final class BvhHierarchy {

  private static final int MOST_CHANNELS = 6;
  private static final int MOST_JOINTS = 100_000;
  private static final int DEEPEST = 1000;

  private final TextLines text;
  private final List<BvhJoint> joints = new ArrayList<>();
  private final Deque<Integer> open = new ArrayDeque<>();
  private int channels;

  BvhHierarchy(TextLines text) {
    this.text = text;
  }

  BvhSkeleton read() throws IOException {
    text.expect("HIERARCHY");
    String word = text.word("ROOT");
    while (!isMotion(word)) {
      switch (word.toUpperCase(Locale.ROOT)) {
        case "ROOT" -> begin("ROOT", open.isEmpty());
        case "JOINT" -> begin("JOINT", !open.isEmpty());
        case "END" -> end();
        case "}" -> close();
        default -> throw text.damaged("ROOT, JOINT, End Site, } or MOTION, but has " + word);
      }
      word = text.word("} or MOTION");
    }
    return new BvhSkeleton(joints);
  }

  private boolean isMotion(String word) throws DamagedDataException {
    boolean motion = word.equalsIgnoreCase("MOTION");
    if (motion && !open.isEmpty()) {
      throw text.damaged(open.size() + " more } before MOTION");
    }
    if (motion && channels == 0) {
      throw text.damaged("a joint with channels before MOTION");
    }
    return motion;
  }

  private void begin(String kind, boolean mayBe) throws IOException {
    if (!mayBe || open.size() == DEEPEST) {
      throw text.damaged(
          kind.equals("ROOT")
              ? "no ROOT inside of a joint"
              : "JOINT inside of another, at most " + DEEPEST + " deep");
    }
    StringBuilder name = new StringBuilder();
    for (String word = text.word("a name"); !word.equals("{"); word = text.word("{")) {
      if (name.length() > 200) {
        throw text.damaged("{ after a name, but has " + name);
      }
      name.append(name.length() == 0 ? "" : " ").append(word);
    }
    int parent = open.isEmpty() ? -1 : open.peek();
    double[] offset = offset();
    text.expect("CHANNELS");
    int count = text.count(text.word("a number of channels"));
    if (count > MOST_CHANNELS) {
      throw text.damaged("at most " + MOST_CHANNELS + " channels, but has " + count);
    }
    List<BvhChannel> found = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String word = text.word("a channel");
      BvhChannel channel =
          BvhChannel.of(word).orElseThrow(() -> text.damaged("a channel, but has " + word));
      if (found.contains(channel)) {
        throw text.damaged("each channel of a joint once, but has " + word + " again");
      }
      found.add(channel);
    }
    open.push(joints.size());
    add(name.toString(), parent, offset, found, false);
  }

  private void end() throws IOException {
    text.expect("Site");
    text.expect("{");
    if (open.isEmpty()) {
      throw text.damaged("End Site inside of a joint");
    }
    int parent = open.peek();
    add(joints.get(parent).name() + "_end", parent, offset(), List.of(), true);
    text.expect("}");
  }

  private void close() throws DamagedDataException {
    if (open.isEmpty()) {
      throw text.damaged("no } without a joint");
    }
    open.pop();
  }

  private void add(String name, int parent, double[] o, List<BvhChannel> found, boolean isEnd)
      throws DamagedDataException {
    if (joints.size() == MOST_JOINTS) {
      throw text.damaged("at most " + MOST_JOINTS + " joints");
    }
    joints.add(new BvhJoint(name, parent, o[0], o[1], o[2], found, channels, isEnd));
    channels += found.size();
  }

  private double[] offset() throws IOException {
    text.expect("OFFSET");
    double[] offset = new double[3];
    for (int i = 0; i < 3; i++) {
      offset[i] = text.number(text.word("a number"));
    }
    return offset;
  }
}
