package condgen.experiment;

import condgen.tensor.Devices;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** Versions of what computes a number. */
public final class Versions {

  private static final String JAR_PROPERTIES =
      "/META-INF/maven/io.github.condgen/condgen-toolkit/pom.properties";

  private Versions() {}

  /** The version that Maven wrote into the jar; a kernel's class loader may hide the manifest. */
  public static String condgen() {
    Properties properties = new Properties();
    try (InputStream stream = Versions.class.getResourceAsStream(JAR_PROPERTIES)) {
      if (stream != null) {
        properties.load(stream);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + JAR_PROPERTIES, e);
    }
    return properties.getProperty("version", "(unpackaged)");
  }

  /** Versions of condgen, DJL, PyTorch and Java. */
  public static Map<String, String> all() {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("condgen", condgen());
    versions.put("DJL", Devices.libraryVersion());
    versions.put("PyTorch", Devices.engineVersion());
    versions.put("Java", System.getProperty("java.version"));
    return versions;
  }
}
