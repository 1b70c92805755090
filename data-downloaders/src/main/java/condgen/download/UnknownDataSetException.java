package condgen.download;

import java.util.List;

/** A name that the manifest does not have; the message lists the names it has. */
public class UnknownDataSetException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  UnknownDataSetException(String name, List<String> known) {
    super("unknown data set '" + name + "'; known are: " + String.join(", ", known));
  }
}
