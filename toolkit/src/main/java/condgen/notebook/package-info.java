/**
 * What a notebook calls by itself, and the only package that knows a kernel may be there.
 *
 * <p>Start with {@code Notebook.start("02")} in the second cell and {@code finish()} in the last:
 * device, seed, preset and versions are printed, pictures and arrays appear below their cells, and
 * at the end the memory is freed. {@link condgen.notebook.Check} states a claim with its measured
 * error and fails the cell if it does not hold; {@code Erratum} sets what the thesis prints beside
 * what is right.
 *
 * <p>Everything works in a plain JVM too: classes that need a kernel are loaded only where one
 * runs.
 */
package condgen.notebook;
