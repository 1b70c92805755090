/** Placeholder. */
package condgen.data;
