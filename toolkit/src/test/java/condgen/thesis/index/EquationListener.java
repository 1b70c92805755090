package condgen.thesis.index;

import condgen.thesis.Equation;
import condgen.thesis.Ledger;
import condgen.thesis.LedgerEntry;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Records the tests that carry {@code @Equation} and prints, at the end of the run, how many
 * equations of each chapter a passed test checks.
 *
 * <p>The system properties {@code condgen.build} and {@code condgen.equations.record}, set by the
 * Maven build, say which build this is and where the record goes; without them (in an IDE) only the
 * counts are printed.
 */
public final class EquationListener implements TestExecutionListener {
  private final TestRecord record = new TestRecord();
  private TestPlan plan;

  private final String build;
  private final String file;
  private final PrintStream out;

  /** Made by the JUnit platform, which finds the class through {@code META-INF/services}. */
  public EquationListener() {
    this(
        System.getProperty("condgen.build", ""),
        System.getProperty("condgen.equations.record", ""),
        System.out);
  }

  EquationListener(String build, String file, PrintStream out) {
    this.build = build;
    this.file = file;
    this.out = out;
  }

  @Override
  public void testPlanExecutionStarted(TestPlan started) {
    plan = started;
  }

  @Override
  public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (test.isTest()) {
      method(test)
          .ifPresent(m -> add(m, result.getStatus() == TestExecutionResult.Status.SUCCESSFUL));
    }
  }

  @Override
  public synchronized void executionSkipped(TestIdentifier test, String reason) {
    Optional<TestSource> source = test.getSource();
    if (source.isPresent() && source.get() instanceof ClassSource skipped) {
      for (Method method : skipped.getJavaClass().getDeclaredMethods()) {
        add(method, false);
      }
    } else {
      method(test).ifPresent(m -> add(m, false));
    }
  }

  @Override
  public synchronized void testPlanExecutionFinished(TestPlan finished) {
    TestRecord all = record;
    if (!build.isEmpty() && !file.isEmpty()) {
      try {
        all = TestRecord.read(Path.of(file), build);
        all.addAll(record);
        all.write(Path.of(file), build);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot write the record of tested equations " + file, e);
      }
    }
    print(all);
  }

  private Optional<Method> method(TestIdentifier test) {
    for (Optional<TestIdentifier> at = Optional.of(test);
        at.isPresent();
        at = plan.getParent(at.get())) {
      if (at.get().getSource().orElse(null) instanceof MethodSource source) {
        return Optional.of(source.getJavaMethod());
      }
    }
    return Optional.empty();
  }

  private void add(Method method, boolean ok) {
    Equation onMethod = method.getAnnotation(Equation.class);
    if (onMethod != null) {
      record.add(AnnotatedCode.name(method), numbers(onMethod), ok);
    }
    Equation onClass = method.getDeclaringClass().getAnnotation(Equation.class);
    if (onClass != null) {
      record.add(AnnotatedCode.name(method.getDeclaringClass().getName()), numbers(onClass), ok);
    }
  }

  private static Set<String> numbers(Equation equation) {
    return new TreeSet<>(List.of(equation.value()));
  }

  private void print(TestRecord record) {
    Ledger ledger = Ledger.thesis();
    Set<String> tested = record.testsByNumber().keySet();
    StringBuilder text = new StringBuilder("Equations of the thesis that a passed test checks:");
    for (int chapter : ledger.chapters()) {
      List<LedgerEntry> entries = List.copyOf(ledger.chapter(chapter));
      List<LedgerEntry> numbered = entries.stream().filter(LedgerEntry::isNumbered).toList();
      long all = count(entries, tested);
      long withNumber = count(numbered, tested);
      text.append(
          String.format(
              "%n  chapter %d: %d/%d equations with a number, %d/%d other claims",
              chapter,
              withNumber,
              numbered.size(),
              all - withNumber,
              entries.size() - numbered.size()));
    }
    out.println(text);
  }

  private static long count(List<LedgerEntry> entries, Set<String> tested) {
    return entries.stream().filter(entry -> tested.contains(entry.number())).count();
  }
}
