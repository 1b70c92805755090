/**
 * What the thesis says, as data: which equation a method realises and what is known about it.
 *
 * <p>Start with {@link condgen.thesis.Equation}: methods and tests carry it, and the generated
 * {@code toolkit/EQUATIONS.md} lists for each number the method, the test that passed and the
 * notebook cell. {@code Ledger} holds one row for each numbered equation and each unnumbered claim
 * with a verdict; {@code Errata} are the rows where the thesis's form does not hold.
 *
 * <p>This package stands at the bottom: it uses no other package of the toolkit.
 */
package condgen.thesis;
