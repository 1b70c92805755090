package condgen.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a session knows before its first cell. */
final class Startup {
  /** The packages that IJava imports, and the functions of cells. */
  private static final String IMPORTS =
      """
      import java.util.*;
      import java.io.*;
      import java.math.*;
      import java.net.*;
      import java.util.concurrent.*;
      import java.util.prefs.*;
      import java.util.regex.*;
      import static condgen.kernel.Display.*;
      import static condgen.kernel.Kernel.*;
      import static condgen.kernel.Magic.*;
      """;

  private Startup() {}

  static void run(Session session, KernelSettings settings) throws CellException, IOException {
    CellRun run = new CellRun();
    evaluate(session, run, "Default imports", IMPORTS);
    // Loads the compiler while the reader still looks for the first cell.
    evaluate(session, run, "Warm-up", "1 + 1");
    for (Path script : settings.startupScripts()) {
      evaluate(session, run, script.toString(), Files.readString(script));
    }
    evaluate(session, run, "IJAVA_STARTUP_SCRIPT", settings.startupScript());
  }

  private static void evaluate(Session session, CellRun run, String label, String code)
      throws CellException {
    JavaKernel kernel = JavaKernel.current();
    session.evaluate(
        run,
        Origin.of(label, code),
        MagicSource.of(code, name -> kernel.magics().lineNames().contains(name)));
  }
}
