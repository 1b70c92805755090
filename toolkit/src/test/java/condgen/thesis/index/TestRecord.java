package condgen.thesis.index;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which tests that carry {@code @Equation} ran in one build, whether they passed, and the numbers
 * they carry. Several test runs of the same build add to one record; a record of another build is
 * dropped.
 */
final class TestRecord {
  private static final String BUILD = "build\t";

  private final Map<String, Set<String>> numbers = new TreeMap<>();
  private final Map<String, Boolean> passed = new LinkedHashMap<>();

  /** Adds one run of a test; a test that runs several times passed if it passed each time. */
  void add(String test, Set<String> carried, boolean ok) {
    numbers.computeIfAbsent(test, key -> new TreeSet<>()).addAll(carried);
    passed.merge(test, ok, Boolean::logicalAnd);
  }

  /** Adds the runs of another record. */
  void addAll(TestRecord other) {
    other.numbers.forEach((test, carried) -> add(test, carried, other.passed.get(test)));
  }

  /** The tests that ran, passed or not. */
  Set<String> ran() {
    return numbers.keySet();
  }

  /** For each number the tests that carry it and passed, in alphabetical order. */
  Map<String, Set<String>> testsByNumber() {
    Map<String, Set<String>> tests = new TreeMap<>();
    numbers.forEach(
        (test, carried) -> {
          if (passed.get(test)) {
            carried.forEach(n -> tests.computeIfAbsent(n, key -> new TreeSet<>()).add(test));
          }
        });
    return tests;
  }

  /** Reads the record of a build; empty if the file is absent or speaks of another build. */
  static TestRecord read(Path file, String build) throws IOException {
    TestRecord record = new TestRecord();
    if (!Files.exists(file)) {
      return record;
    }
    List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    if (lines.isEmpty() || !lines.get(0).equals(BUILD + build)) {
      return record;
    }
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split("\t", -1);
      record.add(cells[0], new TreeSet<>(List.of(cells[2].split(","))), cells[1].equals("passed"));
    }
    return record;
  }

  void write(Path file, String build) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(BUILD + build);
    numbers.forEach(
        (test, carried) ->
            lines.add(
                test
                    + "\t"
                    + (passed.get(test) ? "passed" : "not passed")
                    + "\t"
                    + String.join(",", carried)));
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, lines, StandardCharsets.UTF_8);
  }
}
