package condgen.thesis;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The numbered equations of the thesis that a method realises, or that a test checks.
 *
 * <p>On code: {@code @Equation("6.2.21")}. On a test: the equations whose statement the test would
 * refute if it were wrong. At most {@value #LIMIT} numbers, each one that {@link Ledger} knows; the
 * build fails otherwise. {@code toolkit/EQUATIONS.md} is generated from these annotations.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.CONSTRUCTOR, ElementType.TYPE})
public @interface Equation {
  /** The most numbers that one annotation may carry. */
  int LIMIT = 4;

  /**
   * Numbers as the thesis prints them, such as {@code "2.1.9"}, or the ledger's name of an
   * unnumbered claim, such as {@code "2.1-text-flow"}.
   */
  String[] value();
}
