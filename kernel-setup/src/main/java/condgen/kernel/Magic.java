package condgen.kernel;

import java.util.List;

/** The {@code %} and {@code %%} commands as methods, for cells; called without an import. */
public final class Magic {
  private Magic() {}

  /**
   * What a line {@code %name arguments} does.
   *
   * @throws Exception whatever the command throws
   */
  public static <T> T lineMagic(String name, List<String> arguments) throws Exception {
    return JavaKernel.current().magics().line(name, arguments);
  }

  /**
   * What a cell {@code %%name arguments} with the lines {@code body} does.
   *
   * @throws Exception whatever the command throws
   */
  public static <T> T cellMagic(String name, List<String> arguments, String body) throws Exception {
    return JavaKernel.current().magics().cell(name, arguments, body);
  }
}
