package condgen.thesis.index;

import condgen.thesis.Equation;
import condgen.thesis.Ledger;
import condgen.thesis.LedgerEntry;
import condgen.thesis.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** For each entry of the ledger: the code that realises it, the tests that passed, the cells. */
final class EquationIndex {
  private final Ledger ledger;
  private final Map<String, Set<String>> code = new TreeMap<>();
  private final Map<String, Set<String>> tests = new TreeMap<>();
  private final Map<String, Set<String>> cells = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();

  EquationIndex(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Adds annotated code of the library. */
  void addCode(Collection<AnnotatedCode> places) {
    check(places);
    places.forEach(p -> p.numbers().forEach(n -> add(code, n, p.name())));
  }

  /** Adds annotated tests: {@code passed} has for each number the tests that passed. */
  void addTests(Collection<AnnotatedCode> places, Map<String, Set<String>> passed) {
    check(places);
    passed.forEach((number, names) -> names.forEach(name -> add(tests, number, name)));
  }

  /** Adds the tags of notebooks. */
  void addTags(Collection<NotebookTag> tags) {
    for (NotebookTag tag : tags) {
      if (!ledger.contains(tag.number())) {
        problems.add(tag.where() + ": \\tag{" + tag.number() + "} is not in the ledger");
      } else if (tag.cell().isEmpty()) {
        problems.add(tag.where() + ": no code cell follows \\tag{" + tag.number() + "}");
      } else {
        add(cells, tag.number(), tag.cell());
      }
    }
  }

  private void check(Collection<AnnotatedCode> places) {
    for (AnnotatedCode place : places) {
      if (place.numbers().isEmpty() || place.numbers().size() > Equation.LIMIT) {
        problems.add(
            place.name()
                + ": @Equation names "
                + place.numbers().size()
                + " numbers, between 1 and "
                + Equation.LIMIT
                + " are allowed");
      }
      for (String number : place.numbers()) {
        if (!ledger.contains(number)) {
          problems.add(place.name() + ": @Equation(\"" + number + "\") is not in the ledger");
        }
      }
    }
  }

  private static void add(Map<String, Set<String>> column, String number, String place) {
    column.computeIfAbsent(number, key -> new TreeSet<>()).add(place);
  }

  /** What is wrong with the annotations and tags, one line each; empty if nothing is. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  /** The whole text of {@code EQUATIONS.md}; the same for the same additions in any order. */
  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        # Equations

        Which method realises an equation of the thesis, which test checks it, and where a notebook derives it.
        This file is generated: `mvn -q verify -pl toolkit -am -Dequations.update` writes it anew. A test counts
        when it passed in that build; a notebook cell is the code cell after the equation's `\\tag`. Classes stand
        in `condgen`. What the verdicts mean, and the right form of each erratum, is in the ledger:
        `Ledger.thesis().entry("2.1.6")`.

        | chapter | entries | with code | with a passed test | in a notebook | errata | ambiguous |
        | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
        """);
    for (int chapter : ledger.chapters()) {
      text.append(counts(Integer.toString(chapter), ledger.chapter(chapter)));
    }
    text.append(counts("all", ledger.entries()));
    for (int chapter : ledger.chapters()) {
      text.append("\n## Chapter ").append(chapter).append("\n\n");
      text.append("| number | code | test | notebook cell | verdict |\n");
      text.append("| --- | --- | --- | --- | --- |\n");
      ledger.chapter(chapter).forEach(entry -> text.append(row(entry)));
    }
    return text.toString();
  }

  /**
   * The numbered equations that are executed: a passed test checks them, and a method realises them
   * or a cell of a notebook derives them; one line per chapter that has any.
   */
  String executed() {
    StringBuilder text = new StringBuilder();
    for (int chapter : ledger.chapters()) {
      List<LedgerEntry> numbered =
          ledger.chapter(chapter).stream().filter(LedgerEntry::isNumbered).toList();
      long done = count(numbered, e -> isExecuted(e.number()));
      if (done > 0) {
        text.append(
            String.format("%n  chapter %d: %d/%d executed", chapter, done, numbered.size()));
      }
    }
    return text.toString();
  }

  private boolean isExecuted(String number) {
    return tests.containsKey(number) && (code.containsKey(number) || cells.containsKey(number));
  }

  private String counts(String name, Collection<LedgerEntry> entries) {
    return "| "
        + name
        + " | "
        + entries.size()
        + " | "
        + count(entries, e -> code.containsKey(e.number()))
        + " | "
        + count(entries, e -> tests.containsKey(e.number()))
        + " | "
        + count(entries, e -> cells.containsKey(e.number()))
        + " | "
        + count(entries, e -> e.verdict() == Verdict.ERRATUM)
        + " | "
        + count(entries, e -> e.verdict() == Verdict.AMBIGUOUS)
        + " |\n";
  }

  private static long count(Collection<LedgerEntry> entries, Predicate<LedgerEntry> condition) {
    return entries.stream().filter(condition).count();
  }

  private String row(LedgerEntry entry) {
    String number = entry.number();
    return "| "
        + number
        + " | "
        + cell(code, number)
        + " | "
        + cell(tests, number)
        + " | "
        + cell(cells, number)
        + " | "
        + entry.verdict().label()
        + " |\n";
  }

  private static String cell(Map<String, Set<String>> column, String number) {
    return String.join(", ", column.getOrDefault(number, Set.of()));
  }
}
