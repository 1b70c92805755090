package condgen.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A body model of SMPL as its file has it: J joints (24), V vertices (6,890), B shape directions
 * (10 or 300).
 *
 * @param template vertices of the mean body in metres, (V, 3)
 * @param shapes displacement per unit of each shape coefficient, (V, 3, B)
 * @param poses displacement per entry of the joints' rotations less the identity, (V, 3, 9 (J − 1))
 * @param jointRegressor weights of the vertices in each joint's place, (J, V); rows sum to 1
 * @param weights of the joints in each vertex's motion, (V, J); rows sum to 1
 * @param faces vertices of each triangle, (F, 3)
 * @param parents of the joints, −1 for the root
 */
public record SmplBody(
    StoredArray template,
    StoredArray shapes,
    StoredArray poses,
    StoredArray jointRegressor,
    StoredArray weights,
    StoredArray faces,
    int[] parents) {

  private static final long NO_PARENT = 4294967295L;
  private static final double SUM_TOLERANCE = 1e-3;

  /** Checks that the parts fit together. */
  public SmplBody {
    parents = parents.clone();
  }

  /** Number of vertices V. */
  public int vertices() {
    return (int) template.shape().getShape()[0];
  }

  /** Number of joints J. */
  public int joints() {
    return parents.length;
  }

  /** Number of shape directions B. */
  public int shapeDirections() {
    return (int) shapes.shape().getShape()[2];
  }

  /** Parents of the joints, −1 for the root; a copy. */
  @Override
  public int[] parents() {
    return parents.clone();
  }

  /**
   * Reads a user's own file: the pickle of the authors, also with chumpy's wrappers and SciPy's
   * sparse matrix, or an {@code .npz} of the same names. Nothing of a pickle is run.
   *
   * @throws DamagedDataException when a part is missing or of another shape, when the tree of
   *     joints is none, or when weights do not sum to 1; the message names the part
   * @throws IOException when it cannot be read
   */
  public static SmplBody read(Path file) throws IOException {
    boolean npz = file.toString().toLowerCase(Locale.ROOT).endsWith(".npz");
    return checked(npz ? ofArrays(file) : SmplPickle.read(file), file.toString());
  }

  private static Map<String, StoredArray> ofArrays(Path file) throws IOException {
    Map<String, StoredArray> parts = new LinkedHashMap<>();
    for (String name : Npz.names(file)) {
      if (SmplPickle.PARTS.contains(name)) {
        parts.putAll(Npz.read(file, name));
      }
    }
    return parts;
  }

  private static SmplBody checked(Map<String, StoredArray> parts, String file)
      throws DamagedDataException {
    for (String name : SmplPickle.PARTS) {
      if (!parts.containsKey(name)) {
        throw new DamagedDataException(
            file + " must hold " + SmplPickle.PARTS + ", but has no " + name);
      }
    }
    StoredArray template = parts.get("v_template");
    long v = requireShape(file, template, -1, 3)[0];
    StoredArray shapes = parts.get("shapedirs");
    requireShape(file, shapes, v, 3, -1);
    long joints = requireShape(file, parts.get("kintree_table"), 2, -1)[1];
    requireShape(file, parts.get("posedirs"), v, 3, 9 * (joints - 1));
    requireShape(file, parts.get("J_regressor"), joints, v);
    requireShape(file, parts.get("weights"), v, joints);
    requireShape(file, parts.get("f"), -1, 3);
    requireSums(file, parts.get("J_regressor"));
    requireSums(file, parts.get("weights"));
    requireVertices(file, parts.get("f"), v);
    return new SmplBody(
        template,
        shapes,
        parts.get("posedirs"),
        parts.get("J_regressor"),
        parts.get("weights"),
        parts.get("f"),
        parents(file, parts.get("kintree_table")));
  }

  private static long[] requireShape(String file, StoredArray array, long... expected)
      throws DamagedDataException {
    long[] shape = array.shape().getShape();
    boolean fits = shape.length == expected.length;
    for (int i = 0; fits && i < shape.length; i++) {
      fits = shape[i] >= 1 && (expected[i] == -1 || shape[i] == expected[i]);
    }
    if (!fits) {
      throw new DamagedDataException(
          String.format(
              "%s: %s must have shape %s (-1 for any), but has %s",
              file, array.name(), Arrays.toString(expected), Arrays.toString(shape)));
    }
    return shape;
  }

  private static void requireSums(String file, StoredArray rows) throws DamagedDataException {
    double[] values = SmplPickle.doubles(rows);
    int columns = (int) rows.shape().getShape()[1];
    for (int r = 0; r < rows.shape().getShape()[0]; r++) {
      double sum = 0;
      for (int c = 0; c < columns; c++) {
        sum += values[r * columns + c];
      }
      if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
        throw new DamagedDataException(
            String.format(
                Locale.ROOT,
                "%s: row %d of %s must sum to 1, but sums to %.6g",
                file,
                r,
                rows.name(),
                sum));
      }
    }
  }

  private static void requireVertices(String file, StoredArray faces, long v)
      throws DamagedDataException {
    for (long vertex : SmplPickle.wholes(faces, file)) {
      if (vertex < 0 || vertex >= v) {
        throw new DamagedDataException(
            file + ": f must name vertices below " + v + ", but names " + vertex);
      }
    }
  }

  private static int[] parents(String file, StoredArray tree) throws DamagedDataException {
    long[] table = SmplPickle.wholes(tree, file);
    int joints = table.length / 2;
    int[] parents = new int[joints];
    for (int j = 0; j < joints; j++) {
      long parent = table[j];
      boolean root = parent == NO_PARENT || parent == -1;
      if ((j == 0) != root || (!root && (parent < 0 || parent >= j)) || table[joints + j] != j) {
        throw new DamagedDataException(
            String.format(
                "%s: kintree_table must name an earlier parent for every joint but the first,"
                    + " but joint %d has %d",
                file, j, parent));
      }
      parents[j] = root ? -1 : (int) parent;
    }
    return parents;
  }
}
