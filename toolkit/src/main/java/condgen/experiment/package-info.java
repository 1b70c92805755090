/**
 * How large a run is and what it leaves behind.
 *
 * <p>Start with {@link condgen.experiment.Preset}: one switch, read from the environment, that
 * chooses every size of a notebook.
 */
package condgen.experiment;
