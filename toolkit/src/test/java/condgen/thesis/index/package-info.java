/**
 * Makes {@code toolkit/EQUATIONS.md} and checks in each build that the committed file is up to
 * date.
 *
 * <p>{@link condgen.thesis.index.EquationListener} writes down which tests with {@code @Equation}
 * passed; after the tests {@link condgen.thesis.index.EquationIndexCheck} puts them beside the
 * annotated code and the tagged notebook cells. {@code mvn -q verify -pl toolkit -am
 * -Dequations.update} writes the file anew.
 */
package condgen.thesis.index;
