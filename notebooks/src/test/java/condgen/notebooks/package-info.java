/** Tests that execute the notebooks, each in a process of its own, without Jupyter. */
package condgen.notebooks;
