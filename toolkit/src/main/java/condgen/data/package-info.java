/**
 * Data sets as arrays.
 *
 * <p>Start with {@link condgen.data.Mnist}: {@code Mnist.train()} gives {@link
 * condgen.data.LabelledImages}, which cuts reproducible minibatches. Nothing here downloads; when a
 * file is missing, the error names the command that fetches it. {@link condgen.data.Idx} reads the
 * files.
 */
package condgen.data;
