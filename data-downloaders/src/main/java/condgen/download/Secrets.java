package condgen.download;

import java.io.Console;
import java.util.function.UnaryOperator;

/** Where the name and password of an account come from. They are kept nowhere. */
@FunctionalInterface
interface Secrets {
  /**
   * A value for this run.
   *
   * @param variable the environment variable that may hold it
   * @param hidden whether it must not be seen while it is typed
   * @return the value; null when there is none
   */
  String get(String variable, boolean hidden);

  /**
   * The environment, then the user.
   *
   * @param environment the value of an environment variable, or null
   * @param console where the user can be asked; null when there is nobody
   */
  static Secrets of(UnaryOperator<String> environment, Console console) {
    return (variable, hidden) -> {
      String value = environment.apply(variable);
      if (value != null && !value.isBlank() || console == null) {
        return value;
      }
      if (!hidden) {
        return console.readLine("%s is not set; type it for this run: ", variable);
      }
      char[] typed = console.readPassword("%s, which is not shown: ", variable);
      return typed == null ? null : new String(typed);
    };
  }
}
