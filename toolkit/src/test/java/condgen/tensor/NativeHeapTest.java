package condgen.tensor;

import static org.junit.jupiter.api.Assertions.*;

import com.sun.jna.Platform;
import org.junit.jupiter.api.Test;

class NativeHeapTest {

  @Test
  void keepFreedMemory_isTakenByLinux_andLeftAloneElsewhere() {
    assertEquals(Platform.isLinux(), NativeHeap.keepFreedMemory());
  }
}
