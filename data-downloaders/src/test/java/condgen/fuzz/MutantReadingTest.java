package condgen.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mutation tests notice every kind of misbehaviour of a reader. */
class MutantReadingTest {
  @TempDir Path directory;

  private List<String> read(ReaderSample.FileReader reader) throws IOException {
    MutantReading reading = new MutantReading(Files.createTempDirectory(directory, "m"));
    return reading.read(List.of(ReaderSample.of("s", "x", new byte[10], reader)), List.of());
  }

  private String fault(ReaderSample.FileReader reader) throws IOException {
    List<String> faults = read(reader);
    assertEquals(1, faults.size());
    return faults.get(0);
  }

  @Test
  void refusalThatNamesTheFile_isFine() throws IOException {
    assertEquals(List.of(), read(file -> Files.size(file)));
    assertEquals(
        List.of(),
        read(
            file -> {
              throw new IOException(file + " is damaged");
            }));
  }

  @Test
  void otherExceptions_areFaults() throws IOException {
    String nameless =
        fault(
            file -> {
              throw new IOException("damaged");
            });
    assertTrue(nameless.contains("threw java.io.IOException: damaged"), nameless);
    String unchecked =
        fault(
            file -> {
              throw new IllegalStateException(file.toString());
            });
    assertTrue(unchecked.contains("threw java.lang.IllegalStateException"), unchecked);
    String error =
        fault(
            file -> {
              throw new OutOfMemoryError(file.toString());
            });
    assertTrue(error.contains("threw java.lang.OutOfMemoryError"), error);
  }

  @Test
  void muchMemory_isAFault() throws IOException {
    String fault = fault(file -> assertEquals(100 << 20, (new byte[100 << 20]).length));
    assertTrue(fault.contains("allocated 100 MB"), fault);
  }

  @Test
  void whatIsLeftOrChanged_isAFault() throws IOException {
    assertTrue(fault(f -> Files.createFile(f.resolveSibling("x.part"))).contains("left "));
    assertTrue(fault(f -> Files.createDirectory(f.resolveSibling("d"))).contains("left "));
    assertTrue(fault(f -> Files.write(f, new byte[3])).contains("changed x"));
    assertTrue(fault(Files::delete).contains("changed x"));
  }

  @Test
  void readerThatLooksAtNothing_isTold() throws IOException {
    MutantReading reading = new MutantReading(Files.createDirectory(directory.resolve("m")));
    reading.read(List.of(ReaderSample.of("idle", "x", new byte[10], file -> {})), List.of());
    Path report = directory.resolve("report");
    AssertionError error = assertThrows(AssertionError.class, () -> reading.finish(report));
    assertTrue(error.getMessage().contains("idle"), error.getMessage());
    assertTrue(Files.readString(report).startsWith("1 mutants"), Files.readString(report));
  }

  private static String applied(Mutation.Kind kind, double at, double other, int value) {
    byte[] content = "0123456789abc".getBytes(StandardCharsets.US_ASCII);
    byte[] donor = "ABCDEFGHIJ".getBytes(StandardCharsets.US_ASCII);
    Mutation mutation = new Mutation(kind, at, Mutation.Zone.ALL, other, value);
    return new String(mutation.apply(content, donor), StandardCharsets.ISO_8859_1);
  }

  @Test
  void mutations_changeWhatTheySay() {
    assertEquals("0123457789abc", applied(Mutation.Kind.FLIP, 0.5, 0, 0));
    assertEquals("012345x789abc", applied(Mutation.Kind.BYTE, 0.5, 0, 'x'));
    assertEquals("012345", applied(Mutation.Kind.TRUNCATE, 0.5, 0, 0));
    assertEquals("012345789abc", applied(Mutation.Kind.DELETE, 0.5, 0, 1));
    assertEquals("01234566789abc", applied(Mutation.Kind.DUPLICATE, 0.5, 0, 1));
    assertEquals("012345\0\0" + "6789abc", applied(Mutation.Kind.INSERT, 0.5, 0, 1));
    assertEquals("6723450189abc", applied(Mutation.Kind.SWAP, 0.5, 0, 1));
    assertEquals("012345FGHIJ", applied(Mutation.Kind.SPLICE, 0.5, 0.5, 0));
    assertEquals("012345-1abc", applied(Mutation.Kind.DIGITS, 0.5, 0, 1));
    assertEquals("0123456788abc", applied(Mutation.Kind.DIGITS, 0.5, 0, -2));
    assertEquals("012345\u00ff\u00ff89abc", applied(Mutation.Kind.EXTREME, 0.5, 0, 2 << 8));
  }

  @Test
  void anEmptyFile_becomesTheOther() {
    Mutation mutation = new Mutation(Mutation.Kind.FLIP, 0.5, Mutation.Zone.HEAD, 0, 0);
    assertArrayEquals(new byte[] {1, 2}, mutation.apply(new byte[0], new byte[] {1, 2}));
  }
}
