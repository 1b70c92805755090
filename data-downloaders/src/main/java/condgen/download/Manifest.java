package condgen.download;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The data sets this project knows, one JSON resource each; {@code data-sets.txt} lists them. */
public final class Manifest {
  private static final Gson GSON = new GsonBuilder().create();

  private final Map<String, DataSet> sets = new LinkedHashMap<>();

  private Manifest(List<DataSet> all) {
    all.forEach(set -> sets.put(set.id(), set));
  }

  /** The data sets of this project. */
  public static Manifest standard() {
    return new Manifest(
        resource("data-sets.txt")
            .lines()
            .filter(line -> !line.isBlank())
            .map(Manifest::load)
            .toList());
  }

  static Manifest of(DataSet... sets) {
    return new Manifest(List.of(sets));
  }

  /** Reads one entry. */
  static DataSet parse(Reader json) {
    return GSON.fromJson(json, DataSet.class);
  }

  /** The names of all data sets. */
  public List<String> ids() {
    return List.copyOf(sets.keySet());
  }

  /** All data sets. */
  public List<DataSet> all() {
    return List.copyOf(sets.values());
  }

  /**
   * The entry of one data set.
   *
   * @throws UnknownDataSetException listing the known names when there is none
   */
  public DataSet get(String id) {
    DataSet set = sets.get(id);
    if (set == null) {
      throw new UnknownDataSetException(id, ids());
    }
    return set;
  }

  private static DataSet load(String id) {
    return parse(new StringReader(resource(id + ".json")));
  }

  private static String resource(String name) {
    try (InputStream in = Manifest.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("resource " + name + " of the manifest is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the manifest resource " + name, e);
    }
  }
}
