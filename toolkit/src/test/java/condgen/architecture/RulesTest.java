package condgen.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule finds the class that breaks it and spares the others. */
class RulesTest {
  private static final String ROOT = "condgen.fixture.layers";
  private static final JavaClasses FIXTURE = new ClassFileImporter().importPackages(ROOT);

  private List<String> violations(ArchRule rule) {
    return rule.allowEmptyShould(true).evaluate(FIXTURE).getFailureReport().getDetails();
  }

  private static void assertOnly(List<String> violations, String... offenders) {
    assertFalse(violations.isEmpty(), "the rule finds nothing");
    for (String violation : violations) {
      assertTrue(List.of(offenders).stream().anyMatch(violation::contains), violation);
    }
    for (String offender : offenders) {
      assertTrue(violations.stream().anyMatch(v -> v.contains(offender)), offender);
    }
  }

  @Test
  void layersFindsUpwardImportsAndUnknownPackages() {
    assertOnly(
        violations(Rules.layers(ROOT)),
        "tensor may not use ode",
        "diffusion may not use data",
        "Plot is in no package of the layers");
  }

  @ParameterizedTest
  @CsvSource({
    "video,diffusion,true",
    "video,flow,true",
    "diffusion,flow,true",
    "flow,diffusion,false",
    "diffusion,video,false",
    "pose,diffusion,false",
    "metrics,training,true",
    "metrics,data,true",
    "training,data,true",
    "data,training,false",
    "training,metrics,false",
    "diffusion,training,false",
    "training,diffusion,true",
    "tensor,thesis,true",
    "thesis,tensor,false",
    "ode,nn,false",
    "notebook,display,true",
    "display,notebook,false",
    "display,experiment,false",
    "data,download,true",
    "notebook,download,false"
  })
  void allowsFollowsTheTableOfTheDesign(String user, String used, boolean allowed) {
    assertEquals(allowed, Layers.allows(user, used));
  }

  @Test
  void noCyclesFindsTheCycle() {
    List<String> violations = violations(Rules.noCycles(ROOT));
    assertEquals(1, violations.size());
    assertTrue(violations.get(0).contains("Slice ode"), violations.get(0));
    assertTrue(violations.get(0).contains("Slice tensor"), violations.get(0));
  }

  @Test
  void engineOnlyInTensorFindsDeviceAndManager() {
    List<String> violations = violations(Rules.engineOnlyInTensor(ROOT));
    assertOnly(violations, "SamplerHelper.noise()");
    assertTrue(violations.stream().anyMatch(v -> v.contains("ai.djl.Device.cpu")));
    assertTrue(violations.stream().anyMatch(v -> v.contains("NDManager.newBaseManager")));
  }

  @Test
  void readBacksOnlyAtTheBordersSparesData() {
    List<String> violations = violations(Rules.readBacksOnlyAtTheBorders(ROOT));
    assertOnly(violations, "ode.Solver.first");
    assertTrue(violations.stream().anyMatch(v -> v.contains("getFloat")));
    assertTrue(violations.stream().anyMatch(v -> v.contains("toFloatArray")));
  }

  @Test
  void kernelOnlyInNotebookFindsTheKernel() {
    assertOnly(violations(Rules.kernelOnlyInNotebook(ROOT)), "plots.Plot");
  }

  @Test
  void namesSayIdeasFindsTheHelper() {
    assertOnly(violations(Rules.namesSayIdeas()), "SamplerHelper");
  }
}
