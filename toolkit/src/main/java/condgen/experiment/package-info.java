/**
 * How large a run is, rows of comparisons, and what they leave behind.
 *
 * <p>Start with {@link condgen.experiment.Preset}: one switch, read from the environment, that
 * chooses every size of a notebook. {@link condgen.experiment.Ablation} runs one {@link
 * condgen.experiment.Measurement} for many settings and seeds, here or in worker processes, and
 * stops and goes on at any row, because each leaves a {@link condgen.experiment.RunCard}.
 */
package condgen.experiment;
