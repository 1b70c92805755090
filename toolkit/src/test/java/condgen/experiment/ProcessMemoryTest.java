package condgen.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProcessMemoryTest {
  @Test
  void peakMemoryIsReadFromTheSystemOrTheHeap() {
    assertEquals(
        OptionalLong.of(2048 * 1024),
        ProcessMemory.resident(List.of("VmPeak:\t 9999 kB", "VmHWM:\t    2048 kB")));
    assertEquals(OptionalLong.empty(), ProcessMemory.resident(List.of("VmPeak:\t 9999 kB")));
    assertTrue(ProcessMemory.heap() > 0);
    assertTrue(ProcessMemory.peak().matches("[1-9]\\d* MB.*"), ProcessMemory.peak());
  }
}
