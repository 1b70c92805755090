package condgen.thesis.index;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestRecordTest {
  @TempDir Path folder;

  @Test
  void aTestThatOnceDidNotPassDoesNotCount() {
    TestRecord record = new TestRecord();
    record.add("a#x", Set.of("2.1.9"), true);
    record.add("a#x", Set.of("2.1.9"), false);
    record.add("a#x", Set.of("2.1.9"), true);
    record.add("a#y", Set.of("2.1.9", "2.1.15"), true);
    assertEquals(Map.of("2.1.9", Set.of("a#y"), "2.1.15", Set.of("a#y")), record.testsByNumber());
    assertEquals(Set.of("a#x", "a#y"), record.ran());
  }

  @Test
  void readGivesBackWhatWasWrittenInTheSameBuildAndNothingOfAnother() throws IOException {
    TestRecord record = new TestRecord();
    record.add("a#x", Set.of("2.1.9", "2.1.15"), true);
    record.add("a#y", Set.of("2.1.9"), false);
    Path file = folder.resolve("target/tested.tsv");
    record.write(file, "monday");

    TestRecord same = TestRecord.read(file, "monday");
    assertEquals(record.testsByNumber(), same.testsByNumber());
    assertEquals(record.ran(), same.ran());
    assertEquals(Set.of(), TestRecord.read(file, "tuesday").ran());
    assertEquals(Set.of(), TestRecord.read(folder.resolve("absent"), "monday").ran());
  }

  @Test
  void addAllKeepsFailuresOfBoth() {
    TestRecord first = new TestRecord();
    first.add("a#x", Set.of("2.1.9"), true);
    TestRecord second = new TestRecord();
    second.add("a#x", Set.of("2.1.9"), false);
    second.add("a#z", Set.of("2.2.1"), true);
    first.addAll(second);
    assertEquals(Map.of("2.2.1", Set.of("a#z")), first.testsByNumber());
  }
}
