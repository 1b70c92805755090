package condgen.kernel;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import io.github.spencerpark.jupyter.kernel.history.HistoryEntry;
import io.github.spencerpark.jupyter.kernel.history.HistoryManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The cells of this session, kept in memory. There is one session: number 0. */
final class History implements HistoryManager {
  private static final int SESSION = 0;

  private final List<HistoryEntry> entries = new ArrayList<>();

  synchronized void add(int number, String code, DisplayData value) {
    Object text = value == null ? null : value.getData(MIMEType.TEXT_PLAIN);
    entries.add(new HistoryEntry(SESSION, number, code, text == null ? "" : text.toString()));
  }

  /** Cells {@code start} to {@code stop - 1} of this session; a stop of 0 means all after start. */
  @Override
  public synchronized List<HistoryEntry> lookupRange(
      int session, int start, int stop, Set<ResultFlag> flags) {
    if (session != SESSION) {
      return List.of();
    }
    int end = stop <= 0 ? Integer.MAX_VALUE : stop;
    return entries.stream()
        .filter(e -> e.getCellNumber() >= start && e.getCellNumber() < end)
        .map(e -> shown(e, flags))
        .toList();
  }

  @Override
  public List<HistoryEntry> lookupTail(int length, Set<ResultFlag> flags) {
    return search("*", length, flags);
  }

  @Override
  public synchronized List<HistoryEntry> search(String pattern, int length, Set<ResultFlag> flags) {
    Pattern wanted = glob(pattern == null || pattern.isEmpty() ? "*" : pattern);
    List<HistoryEntry> found =
        entries.stream().filter(e -> wanted.matcher(e.getInput()).matches()).toList();
    if (flags.contains(ResultFlag.UNIQUE)) {
      Map<String, HistoryEntry> latest = new LinkedHashMap<>();
      for (HistoryEntry e : found) {
        latest.remove(e.getInput());
        latest.put(e.getInput(), e);
      }
      found = List.copyOf(latest.values());
    }
    int from = length <= 0 ? 0 : Math.max(0, found.size() - length);
    return found.subList(from, found.size()).stream().map(e -> shown(e, flags)).toList();
  }

  private static HistoryEntry shown(HistoryEntry e, Set<ResultFlag> flags) {
    return flags.contains(ResultFlag.INCLUDE_OUTPUT)
        ? e
        : new HistoryEntry(e.getSession(), e.getCellNumber(), e.getInput());
  }

  /** {@code *}, {@code ?} and {@code [a-z]} with {@code ^} for "none of". */
  private static Pattern glob(String pattern) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      int close = c == '[' ? pattern.indexOf(']', i + 2) : -1;
      if (c == '*') {
        regex.append(".*");
      } else if (c == '?') {
        regex.append('.');
      } else if (close > 0) {
        String set = pattern.substring(i + 1, close).replace("\\", "\\\\").replace("[", "\\[");
        regex.append('[').append(set).append(']');
        i = close;
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }
}
