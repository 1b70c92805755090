package condgen.thesis.index;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import condgen.thesis.Equation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;

/**
 * A class, method or constructor that carries {@code @Equation}.
 *
 * @param name {@code ode.Euler}, {@code ode.Euler#step} or {@code ode.Euler#new}, without the
 *     leading {@code condgen.}
 * @param numbers as written in the annotation
 */
record AnnotatedCode(String name, List<String> numbers) {
  private static final String ROOT = "condgen.";

  /** All annotated places of some classes. */
  static List<AnnotatedCode> in(JavaClasses classes) {
    List<AnnotatedCode> places = new ArrayList<>();
    for (JavaClass type : classes) {
      String typeName = name(type.getName());
      if (type.isAnnotatedWith(Equation.class)) {
        places.add(new AnnotatedCode(typeName, type.getAnnotationOfType(Equation.class)));
      }
      for (JavaCodeUnit unit : type.getCodeUnits()) {
        if (unit.isAnnotatedWith(Equation.class)) {
          String member = unit.isConstructor() ? "new" : unit.getName();
          places.add(
              new AnnotatedCode(typeName + "#" + member, unit.getAnnotationOfType(Equation.class)));
        }
      }
    }
    return places;
  }

  private AnnotatedCode(String name, Equation equation) {
    this(name, List.of(equation.value()));
  }

  /** How the index writes a method. */
  static String name(Method method) {
    return name(method.getDeclaringClass().getName()) + "#" + method.getName();
  }

  /** How the index writes a class, nested classes joined by dots. */
  static String name(String className) {
    String plain = className.replace('$', '.');
    return plain.startsWith(ROOT) ? plain.substring(ROOT.length()) : plain;
  }
}
