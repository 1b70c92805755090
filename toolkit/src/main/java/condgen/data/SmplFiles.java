package condgen.data;

import condgen.download.DataCache;
import condgen.download.MissingDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The body models of SMPL in the user's cache, which the user has obtained under SMPL's licence:
 * {@code data-downloaders/fetch smpl} says how and takes them in. In every release a file is called
 * after its gender: {@code basicmodel_m_lbs_10_207_0_v1.0.0.pkl} (also spelt {@code basicModel}),
 * {@code f}, {@code neutral}; a user's own export may be an npz of that name, or called {@code
 * SMPL_MALE} and so on.
 */
public final class SmplFiles {

  private static final String DATA_SET = "smpl";

  /** What a file of SMPL has, of any gender and release. */
  static final int VERTICES = 6890;

  /** Triangles of the mesh. */
  static final int FACES = 13776;

  private SmplFiles() {}

  /**
   * The body model of one gender: release 1.0.0, which the thesis used, before 1.1.0.
   *
   * @param gender female, male or neutral
   * @throws MissingDataException when the user has put none there
   * @throws DamagedDataException when the file is none, or no body model of SMPL
   * @throws IOException when it cannot be read
   */
  public static SmplBody read(String gender) throws IOException {
    return read(DataCache.standard(), gender);
  }

  static SmplBody read(DataCache cache, String gender) throws IOException {
    Path file = find(cache, gender);
    return requireSmpl(SmplBody.read(file), file);
  }

  /** The file that {@link #read(String)} reads. */
  static Path find(DataCache cache, String gender) throws IOException {
    Pattern name = names(gender);
    Path directory = cache.directory(DATA_SET);
    List<Path> found = List.of();
    if (Files.isDirectory(directory)) {
      try (Stream<Path> all = Files.walk(directory)) {
        found =
            all.filter(f -> name.matcher(f.getFileName().toString()).matches())
                .filter(Files::isRegularFile)
                .sorted(
                    Comparator.comparing(
                            (Path f) -> f.getFileName().toString().toLowerCase(Locale.ROOT))
                        .thenComparing(f -> f))
                .toList();
      }
    }
    if (found.isEmpty()) {
      throw new MissingDataException(
          "the "
              + gender
              + " body model of SMPL is missing: looked for "
              + name
              + " below "
              + directory
              + ". How to obtain it, and to put it there: data-downloaders/fetch smpl");
    }
    return found.get(0);
  }

  private static Pattern names(String gender) {
    String letter =
        switch (gender) {
          case "female" -> "f";
          case "male" -> "m";
          case "neutral" -> "neutral";
          default ->
              throw new IllegalArgumentException(
                  "gender must be female, male or neutral, but is " + gender);
        };
    return Pattern.compile(
        "(basicmodel_" + letter + "_lbs_10_207_0_v1\\.[01]\\.0|smpl_" + gender + ")\\.(pkl|npz)",
        Pattern.CASE_INSENSITIVE);
  }

  /**
   * Checks what is the same in every body model of SMPL: 6,890 vertices, 13,776 triangles, the tree
   * of 24 joints, at least ten shapes.
   *
   * @param file what to call it
   * @throws DamagedDataException if something else was found
   */
  static SmplBody requireSmpl(SmplBody body, Object file) throws DamagedDataException {
    long faces = body.faces().shape().getShape()[0];
    if (body.vertices() != VERTICES || faces != FACES || body.shapeDirections() < 10) {
      throw new DamagedDataException(
          String.format(
              "%s must have %d vertices, %d triangles and at least 10 shapes,"
                  + " but has %d, %d and %d",
              file, VERTICES, FACES, body.vertices(), faces, body.shapeDirections()));
    }
    if (!Arrays.equals(body.parents(), SmplJoints.parents())) {
      throw new DamagedDataException(
          String.format(
              "%s must have the tree of SMPL's 24 joints, %s, but has %s",
              file, Arrays.toString(SmplJoints.parents()), Arrays.toString(body.parents())));
    }
    return body;
  }
}
