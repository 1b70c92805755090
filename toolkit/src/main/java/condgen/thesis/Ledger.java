package condgen.thesis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Every numbered equation of the thesis and some sixty claims without a number, in the thesis's
 * order, each with a verdict.
 *
 * <p>The data is the resource {@code equations.tsv} beside this class: one header line, then one
 * row per entry with the columns number, section, statement, verdict, note and weight, separated by
 * tabs.
 */
public final class Ledger {
  private static final String RESOURCE = "equations.tsv";
  private static final String HEADER = "number\tsection\tstatement\tverdict\tnote\tweight";

  private final Map<String, LedgerEntry> entries;

  private Ledger(Map<String, LedgerEntry> entries) {
    this.entries = Collections.unmodifiableMap(entries);
  }

  /** The ledger of the thesis, read once. */
  public static Ledger thesis() {
    return Loaded.THESIS;
  }

  /**
   * Reads a ledger.
   *
   * @param text rows as described at the class
   * @param name what to call the text in messages
   * @throws IllegalArgumentException if a row is malformed or a number occurs twice; the message
   *     names the line
   * @throws UncheckedIOException if the text cannot be read
   */
  static Ledger read(Reader text, String name) {
    Map<String, LedgerEntry> entries = new LinkedHashMap<>();
    try (BufferedReader reader = new BufferedReader(text)) {
      String header = reader.readLine();
      if (!HEADER.equals(header)) {
        throw new IllegalArgumentException(
            name + ": expected the header '" + HEADER + "', found '" + header + "'");
      }
      int number = 1;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        LedgerEntry entry = parse(line, name + " line " + number);
        if (entries.put(entry.number(), entry) != null) {
          throw new IllegalArgumentException(
              name + " line " + number + ": " + entry.number() + " occurs twice");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
    return new Ledger(entries);
  }

  private static LedgerEntry parse(String line, String where) {
    String[] cells = line.split("\t", -1);
    if (cells.length != 6) {
      throw new IllegalArgumentException(where + ": expected 6 columns, found " + cells.length);
    }
    try {
      return new LedgerEntry(
          cells[0], cells[1], cells[2], Verdict.of(cells[3]), cells[4], Weight.of(cells[5]));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
    }
  }

  /** All entries in the thesis's order. */
  public Collection<LedgerEntry> entries() {
    return entries.values();
  }

  /** Whether there is an entry of this number. */
  public boolean contains(String number) {
    return entries.containsKey(number);
  }

  /**
   * The entry of a number.
   *
   * @param number such as {@code "2.1.9"} or {@code "2.1-text-flow"}
   * @throws IllegalArgumentException if the ledger has no such number; the message lists the
   *     numbers of the same section
   */
  public LedgerEntry entry(String number) {
    LedgerEntry entry = entries.get(number);
    if (entry == null) {
      throw new IllegalArgumentException(
          "the thesis has no equation '" + number + "'" + near(number));
    }
    return entry;
  }

  private String near(String number) {
    int dot = number.lastIndexOf('.');
    String start = dot > 0 ? number.substring(0, dot + 1) : number + ".";
    List<String> same = entries.keySet().stream().filter(n -> n.startsWith(start)).toList();
    return same.isEmpty()
        ? "; numbers look like 2.1.9, unnumbered claims like 2.1-text-flow or tab4.1"
        : "; known there: " + String.join(", ", same);
  }

  /** The chapters that have entries, in order. */
  public SortedSet<Integer> chapters() {
    SortedSet<Integer> chapters = new TreeSet<>();
    entries.values().forEach(entry -> chapters.add(entry.chapter()));
    return chapters;
  }

  /** The entries of a chapter in the thesis's order; none for a chapter without equations. */
  public List<LedgerEntry> chapter(int chapter) {
    return where(entry -> entry.chapter() == chapter);
  }

  /** The entries with a verdict, in the thesis's order. */
  public List<LedgerEntry> with(Verdict verdict) {
    return where(entry -> entry.verdict() == verdict);
  }

  private List<LedgerEntry> where(Predicate<LedgerEntry> condition) {
    return entries.values().stream().filter(condition).toList();
  }

  private static final class Loaded {
    static final Ledger THESIS = load();

    private static Ledger load() {
      InputStream stream = Ledger.class.getResourceAsStream(RESOURCE);
      if (stream == null) {
        throw new IllegalStateException("the resource " + RESOURCE + " is missing from the jar");
      }
      return read(new InputStreamReader(stream, StandardCharsets.UTF_8), RESOURCE);
    }
  }
}
