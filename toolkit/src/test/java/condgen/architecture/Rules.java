package condgen.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.tngtech.archunit.lang.ArchRule;

/** The rules that compiled classes obey; {@code root} is {@code condgen} for the library. */
public final class Rules {
  private static final String READ_BACK =
      "to(Type)?(Array|(Float|Double|Int|Long|Byte|Uint8|Boolean|String)Array|ByteBuffer|DebugString)"
          + "|get(Float|Double|Int|Long|Byte|Uint8|Boolean|String|Array)(Array)?"
          + "|encode|contentEquals";

  private Rules() {}

  /** Imports go to a lower layer, or within one as the design lists. */
  public static ArchRule layers(String root) {
    return classes()
        .should(Layers.usesOnlyWhatItsLayerAllows(root))
        .because("a reader who knows the lower layers can read the next one");
  }

  /** No two packages use each other, directly or around corners. */
  public static ArchRule noCycles(String root) {
    return slices().matching(root + ".(*)..").should().beFreeOfCycles();
  }

  /** Devices, managers and recording are handled in one place. */
  public static ArchRule engineOnlyInTensor(String root) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(root + ".tensor..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("ai.djl.pytorch..", "ai.djl.training..", "ai.djl.engine..")
                .or(type(Device.class))
                .or(type(NDManager.class))
                .or(type(Model.class)))
        .because("condgen.tensor hides the engine: make arrays with Tensors");
  }

  /** Numbers leave the device in few places. */
  public static ArchRule readBacksOnlyAtTheBorders(String root) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(root + ".tensor..", root + ".data..", root + ".display..")
        .should()
        .callMethodWhere(target(owner(type(NDArray.class))).and(target(nameMatching(READ_BACK))))
        .because("each read-back waits for the device: use Tensors.toDoubles, toFloats or item");
  }

  /** Only the notebook package may know a kernel. */
  public static ArchRule kernelOnlyInNotebook(String root) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(root + ".notebook..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.github.spencerpark..", "condgen.kernel..")
        .because("the library runs without a notebook");
  }

  /** A name says an idea. */
  public static ArchRule namesSayIdeas() {
    return noClasses()
        .should()
        .haveNameMatching(".*\\.[^.]*(Util|Helper|Manager|Chapter)[^.]*")
        .because("one class per idea, named by the idea");
  }
}
