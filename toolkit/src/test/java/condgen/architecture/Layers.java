package condgen.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which package may use which: any of a lower layer; within a layer only what is listed.
 *
 * <p>Packages are named without their root, which is {@code condgen} for the library.
 */
final class Layers {
  private static final List<Set<String>> BOTTOM_UP =
      List.of(
          Set.of("tensor", "thesis"),
          Set.of("ode", "noise", "multires", "body", "nn"),
          Set.of("flow", "diffusion", "video", "pose"),
          Set.of("training", "metrics", "data"),
          Set.of("display", "experiment"),
          Set.of("notebook"));

  /** Within a layer: user, then what it may use. Annotations of the thesis may stand anywhere. */
  private static final Map<String, Set<String>> SIDEWAYS =
      Map.of(
          "tensor", Set.of("thesis"),
          "video", Set.of("diffusion", "flow"),
          "diffusion", Set.of("flow"),
          "metrics", Set.of("training", "data"),
          "training", Set.of("data"));

  /** The module below the toolkit, and the only package that may use it. */
  private static final String DOWNLOAD = "download";

  private static final String READER = "data";

  private static final Map<String, Integer> LAYER = new HashMap<>();

  static {
    for (int layer = 0; layer < BOTTOM_UP.size(); layer++) {
      for (String name : BOTTOM_UP.get(layer)) {
        LAYER.put(name, layer);
      }
    }
  }

  private Layers() {}

  /** Whether a class of package {@code user} may use one of package {@code used}. */
  static boolean allows(String user, String used) {
    if (used.equals(DOWNLOAD)) {
      return user.equals(READER);
    }
    if (user.equals(used)) {
      return true;
    }
    return LAYER.get(used) < LAYER.get(user)
        || SIDEWAYS.getOrDefault(user, Set.of()).contains(used);
  }

  /** The condition on classes below {@code root}: a known package, and only allowed imports. */
  static ArchCondition<JavaClass> usesOnlyWhatItsLayerAllows(String root) {
    return new ArchCondition<>("use only packages of lower layers") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        if (type.getSimpleName().equals("package-info")) {
          return;
        }
        String user = packageBelow(root, type);
        if (!LAYER.containsKey(user)) {
          violate(events, type, type.getName() + " is in no package of the layers");
          return;
        }
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
          JavaClass target = dependency.getTargetClass().getBaseComponentType();
          if (!target.getPackageName().startsWith(root + ".")) {
            continue;
          }
          String used = packageBelow(root, target);
          if (!LAYER.containsKey(used) && !used.equals(DOWNLOAD)) {
            violate(events, type, dependency.getDescription() + ": in no package of the layers");
          } else if (!allows(user, used)) {
            violate(
                events, type, user + " may not use " + used + ": " + dependency.getDescription());
          }
        }
      }
    };
  }

  private static void violate(ConditionEvents events, JavaClass type, String message) {
    events.add(SimpleConditionEvent.violated(type, message));
  }

  private static String packageBelow(String root, JavaClass type) {
    String name = type.getPackageName();
    return name.startsWith(root + ".") ? name.substring(root.length() + 1) : name;
  }
}
