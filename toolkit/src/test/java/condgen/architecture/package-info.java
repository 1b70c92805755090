/**
 * The rules of the toolkit's architecture as code. {@code condgen.ArchitectureTest} applies them to
 * the library; the tests here show on the classes of {@code condgen.fixture} that each can fail.
 */
package condgen.architecture;
