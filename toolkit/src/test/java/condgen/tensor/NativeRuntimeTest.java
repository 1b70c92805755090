package condgen.tensor;

import static org.junit.jupiter.api.Assertions.*;

import com.sun.jna.Platform;
import org.junit.jupiter.api.Test;

class NativeRuntimeTest {

  @Test
  void prepare_isTakenByLinux_andLeftAloneElsewhere() {
    assertEquals(Platform.isLinux(), NativeRuntime.prepare());
  }
}
