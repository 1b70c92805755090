package condgen.thesis;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The tables of the thesis that a method or type reproduces. (The name leaves {@code Table} to
 * Tablesaw.)
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.CONSTRUCTOR, ElementType.TYPE})
public @interface TableRef {
  /** Numbers as the thesis prints them, such as {@code "4.1"}. */
  String[] value();
}
