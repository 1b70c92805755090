package condgen.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.history.HistoryEntry;
import io.github.spencerpark.jupyter.kernel.history.HistoryManager.ResultFlag;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private final History history = new History();

  @BeforeEach
  void fill() {
    history.add(1, "int a = 1;", null);
    history.add(2, "a + 1", new DisplayData("2"));
    history.add(3, "int a = 1;", null);
    history.add(4, "b[0]", null);
  }

  private static List<Integer> numbers(List<HistoryEntry> entries) {
    return entries.stream().map(HistoryEntry::getCellNumber).toList();
  }

  @Test
  void lookupTail_givesTheLast() {
    assertEquals(List.of(3, 4), numbers(history.lookupTail(2, Set.of())));
    assertEquals(List.of(1, 2, 3, 4), numbers(history.lookupTail(9, Set.of())));
  }

  @Test
  void lookupRange_endIsExclusive() {
    assertEquals(List.of(2, 3), numbers(history.lookupRange(0, 2, 4, Set.of())));
    assertEquals(List.of(3, 4), numbers(history.lookupRange(0, 3, 0, Set.of())));
    assertEquals(List.of(), numbers(history.lookupRange(-1, 1, 4, Set.of())));
  }

  @Test
  void search_glob_matchesWholeCells() {
    assertEquals(List.of(1, 3), numbers(history.search("int *", 9, Set.of())));
    assertEquals(List.of(3), numbers(history.search("int *", 9, Set.of(ResultFlag.UNIQUE))));
    assertEquals(List.of(2), numbers(history.search("? + [0-9]", 9, Set.of())));
    assertEquals(List.of(2), numbers(history.search("[^bi]*", 9, Set.of())));
    assertEquals(List.of(4), numbers(history.search("b[[]0]", 9, Set.of())));
  }

  @Test
  void output_onlyWhenAskedFor() {
    assertEquals(null, history.lookupRange(0, 2, 3, Set.of()).get(0).getOutput());
    Set<ResultFlag> output = Set.of(ResultFlag.INCLUDE_OUTPUT);
    assertEquals("2", history.lookupRange(0, 2, 3, output).get(0).getOutput());
    assertEquals("", history.lookupRange(0, 1, 2, output).get(0).getOutput());
  }
}
