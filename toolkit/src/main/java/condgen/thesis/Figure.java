package condgen.thesis;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The figures of the thesis that a method or type draws or makes the numbers for. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.CONSTRUCTOR, ElementType.TYPE})
public @interface Figure {
  /** Numbers as the thesis prints them, such as {@code "2.1"}. */
  String[] value();
}
