/** Placeholder. */
package condgen.tensor;
