package condgen.thesis.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import condgen.fixture.index.AnnotatedSample;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class EquationListenerTest {
  private static final String SAMPLE = "fixture.index.AnnotatedSample";
  @TempDir Path folder;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  private EquationListener listener(String build, Path file) {
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    return new EquationListener(build, file.toString(), out);
  }

  private void run(EquationListener listener, Class<?>... types) {
    LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
    for (Class<?> type : types) {
      request.selectors(selectClass(type));
    }
    LauncherDiscoveryRequest built = request.build();
    LauncherConfig alone =
        LauncherConfig.builder().enableTestExecutionListenerAutoRegistration(false).build();
    LauncherFactory.create(alone).execute(built, listener);
  }

  @Test
  void onlyTestsThatPassedEachTimeAreRecordedAsPassed() throws IOException {
    Path file = folder.resolve("tested.tsv");
    run(listener("this build", file), AnnotatedSample.class, AnnotatedSample.Whole.class);

    TestRecord record = TestRecord.read(file, "this build");
    assertEquals(
        Map.of(
            "2.1.9", Set.of(SAMPLE + "#passes"),
            "2.1.10", Set.of(SAMPLE + "#passes"),
            "2.1.11", Set.of(SAMPLE + ".Whole")),
        record.testsByNumber());
    assertEquals(
        Set.of(
            SAMPLE + "#passes",
            SAMPLE + "#fails",
            SAMPLE + "#isSkipped",
            SAMPLE + "#failsForOneOfItsValues",
            SAMPLE + ".Whole"),
        record.ran());
  }

  @Test
  void aSecondRunOfTheSameBuildAddsToTheRecord() throws IOException {
    Path file = folder.resolve("tested.tsv");
    run(listener("this build", file), AnnotatedSample.class);
    run(listener("this build", file), AnnotatedSample.Whole.class);
    assertEquals(5, TestRecord.read(file, "this build").ran().size());
    run(listener("next build", file), AnnotatedSample.Whole.class);
    assertEquals(Set.of(SAMPLE + ".Whole"), TestRecord.read(file, "next build").ran());
  }

  @Test
  void withoutTheNameOfABuildTheCountsArePrintedAndNothingIsWritten() {
    Path file = folder.resolve("tested.tsv");
    run(listener("", file), AnnotatedSample.class);
    assertFalse(Files.exists(file));
    assertTrue(printed.toString(StandardCharsets.UTF_8).contains("chapter 2: 2/117 equations"));
  }
}
