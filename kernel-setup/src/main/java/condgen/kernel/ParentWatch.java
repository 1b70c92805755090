package condgen.kernel;

import java.util.Map;
import java.util.Optional;

/** Ends the kernel with the process that started it, so that no kernel outlives its server. */
final class ParentWatch {
  private static final boolean WINDOWS = java.io.File.separatorChar == '\\';

  private ParentWatch() {}

  /** Runs {@code atEnd} when the parent named by {@code JPY_PARENT_PID} has ended. */
  static void start(Map<String, String> environment, Runnable atEnd) {
    parent(environment).ifPresent(process -> process.onExit().thenRun(atEnd));
  }

  static Optional<ProcessHandle> parent(Map<String, String> environment) {
    String pid = environment.get("JPY_PARENT_PID");
    if (pid == null || pid.isBlank()) {
      return Optional.empty();
    }
    if (WINDOWS) {
      // There the variable holds a handle, which is no process id.
      return ProcessHandle.current().parent();
    }
    try {
      return ProcessHandle.of(Long.parseLong(pid.strip()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
