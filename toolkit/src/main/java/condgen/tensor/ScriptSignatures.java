package condgen.tensor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** The names of the arguments of each {@code forward} in a TorchScript archive's code folder. */
final class ScriptSignatures {

  private static final Pattern FORWARD =
      Pattern.compile("def forward\\(\\s*self: [\\w.]+,([^)]*)\\)");

  private static final Pattern NAME = Pattern.compile("(\\w+):");

  /** More code than this is no network's. */
  private static final int LONGEST = 16 << 20;

  private ScriptSignatures() {}

  /** One list of names per {@code forward}, without {@code self}. */
  static List<List<String>> of(byte[] archive) throws IOException {
    List<List<String>> signatures = new ArrayList<>();
    try (ZipFile zip = ZipFile.builder().setByteArray(archive).get()) {
      for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
        if (entry.getName().contains("/code/") && entry.getName().endsWith(".py")) {
          try (InputStream code = zip.getInputStream(entry)) {
            add(new String(code.readNBytes(LONGEST), StandardCharsets.UTF_8), signatures);
          }
        }
      }
    }
    return signatures;
  }

  private static void add(String code, List<List<String>> signatures) {
    Matcher forward = FORWARD.matcher(code);
    while (forward.find()) {
      List<String> names = new ArrayList<>();
      Matcher name = NAME.matcher(forward.group(1));
      while (name.find()) {
        names.add(name.group(1));
      }
      signatures.add(names);
    }
  }
}
