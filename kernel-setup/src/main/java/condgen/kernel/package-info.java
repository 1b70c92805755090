/**
 * A Java kernel for Jupyter, and a notebook runner that needs no Jupyter.
 *
 * <p>The kernel runs each cell with JShell inside its own process, on the library {@code
 * jupyter-jvm-basekernel} that the IJava kernel is made of, so that a notebook written for one runs
 * on the other.
 *
 * <p>Where to start reading:
 *
 * <ul>
 *   <li>{@link condgen.kernel.Launcher} is what Jupyter starts; {@link condgen.kernel.JavaKernel}
 *       answers its requests.
 *   <li>{@link condgen.kernel.Session} turns the text of a cell into values or a {@link
 *       condgen.kernel.CellException}; {@link condgen.kernel.CellThread} is the one thread it runs
 *       on, and what an interrupt does is told there and in {@link condgen.kernel.StopCheck}.
 *   <li>{@link condgen.kernel.IopubQueue} is everything on its way to the front end.
 *   <li>{@link condgen.kernel.Display}, {@link condgen.kernel.Kernel} and {@link
 *       condgen.kernel.Magic} are what a cell can call without an import.
 *   <li>{@link condgen.kernel.NotebookRun} executes a notebook file; {@link
 *       condgen.kernel.RunNotebook} is its command.
 *   <li>{@link condgen.kernel.Install} writes the kernel specification that Jupyter reads.
 * </ul>
 */
package condgen.kernel;
