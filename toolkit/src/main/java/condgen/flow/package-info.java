/**
 * Continuous normalizing flows: thesis section 2.3.
 *
 * <p>{@link condgen.flow.Divergence} is the trace that the instantaneous change of variables needs,
 * exactly or by one random direction.
 */
package condgen.flow;
