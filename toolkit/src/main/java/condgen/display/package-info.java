/**
 * Pictures for lessons: charts, image grids, film strips, animations, tables, progress and live
 * loss. Each is one call that returns a {@link condgen.display.Picture}: bytes drawn without a
 * screen and without a network, with a title, axis labels, a legend beside the data and a text
 * alternative.
 *
 * <p>Start with {@link condgen.display.Charts} (lines, scatter, log-log, vector fields, histograms,
 * heat maps), {@link condgen.display.Images} (grids, film strips, animations), {@link
 * condgen.display.Tables}, {@link condgen.display.Progress} and {@link condgen.display.LiveLoss}.
 * Colours, fonts and strokes of all of them are those of {@link condgen.display.Theme}.
 *
 * <p>Nothing here knows a notebook. Whoever can show things implements {@link
 * condgen.display.Screen}; without one, pictures are described in words on standard output.
 */
package condgen.display;
