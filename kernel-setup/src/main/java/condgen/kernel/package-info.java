/** Placeholder. */
package condgen.kernel;
