package condgen.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import condgen.fuzz.MutantReading;
import condgen.fuzz.Mutation;
import condgen.fuzz.MutationPlans;
import condgen.fuzz.ReaderSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Damages the sample of every format in many ways: each reader accepts what is left or throws an
 * {@link IOException} that names the file, in bounded memory and time, and leaves nothing behind.
 * The number of plans is a setting of the build; {@code -Pfuzz} tries thousands.
 */
class ReaderMutationTest {

  private static List<ReaderSample> samples;
  private static MutantReading reading;

  @BeforeContainer
  static void makeSamples() throws Exception {
    Path directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "samples");
    samples = ReaderSamples.all(Files.createDirectory(directory.resolve("samples")));
    MutantReading first = new MutantReading(directory);
    assertEquals(List.of(), first.read(samples, List.of()), "the samples as they are");
    assertEquals(
        samples.size(),
        first.credulous().size(),
        "good samples are not refused, names are different");
    reading = first;
  }

  @Property(
      seed = "20261124",
      edgeCases = EdgeCasesMode.NONE,
      afterFailure = AfterFailureMode.SAMPLE_FIRST)
  void read_damaged_isRefusedByNameOrAccepted(@ForAll("plans") List<Mutation> plan)
      throws IOException {
    assertEquals(List.of(), reading.read(samples, plan));
  }

  @Provide
  Arbitrary<List<Mutation>> plans() {
    return MutationPlans.all();
  }

  @AfterContainer
  static void report() throws IOException {
    if (reading != null) { // Or the samples as they are were at fault.
      reading.finish(Path.of("target", "mutants.txt"));
    }
  }
}
