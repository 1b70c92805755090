package condgen.kernel;

import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The main class of the kernel process: {@code Launcher CONNECTION_FILE}. */
public final class Launcher {
  private static final long LAST_MESSAGES_MS = 150;
  private static final long EXIT_WITHIN_MS = 2000;

  private Launcher() {}

  /**
   * Serves the connection that the file describes until the front end asks for the end.
   *
   * @param arguments the path of the connection file that Jupyter has written
   */
  public static void main(String[] arguments) throws IOException, GeneralSecurityException {
    if (arguments.length != 1 || !Files.isReadable(Path.of(arguments[0]))) {
      System.err.println("usage: condgen.kernel.Launcher CONNECTION_FILE, a readable file");
      System.exit(2);
    }
    ParentWatch.start(System.getenv(), () -> Runtime.getRuntime().halt(1));
    quiet();
    KernelConnectionProperties address =
        KernelConnectionProperties.parse(Files.readString(Path.of(arguments[0])));
    JavaKernel kernel =
        new JavaKernel(
            KernelSettings.from(System.getProperty(ClassPaths.TOOLKIT), System.getenv()));
    KernelConnection connection = new KernelConnection(address);
    StandardStreams streams = new StandardStreams(kernel.getIO());
    kernel.becomeHandlerForConnection(connection);
    connection.connect();
    connection.waitUntilClose();
    streams.close();
    exit();
  }

  /** Libraries log warnings and errors only; a user's own settings go before. */
  static void quiet() {
    Logger.getLogger("").setLevel(Level.WARNING);
    System.getProperties().putIfAbsent("org.slf4j.simpleLogger.defaultLogLevel", "warn");
    // DJL warns of a missing GPU on every start; a device that was asked for is checked elsewhere.
    System.getProperties()
        .putIfAbsent("org.slf4j.simpleLogger.log.ai.djl.util.cuda.CudaUtils", "error");
    System.getProperties().putIfAbsent("java.awt.headless", "true");
  }

  private static void exit() {
    Thread hard =
        new Thread(
            () -> {
              pause(EXIT_WITHIN_MS);
              Runtime.getRuntime().halt(0);
            },
            "exit");
    hard.setDaemon(true);
    hard.start();
    pause(LAST_MESSAGES_MS);
    System.exit(0);
  }

  private static void pause(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
