package condgen.tensor;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import org.junit.jupiter.api.Test;

class NativeRuntimeTest {

  @Test
  void prepare_onLinux_leavesOpenMpAWaitPolicy_andDoesNothingElsewhere() {
    assertDoesNotThrow(NativeRuntime::prepare);
    if (Platform.isLinux()) {
      String wanted = System.getenv().getOrDefault("OMP_WAIT_POLICY", "PASSIVE");
      NativeRuntime.Glibc glibc = Native.load("c", NativeRuntime.Glibc.class);
      assertEquals(wanted, glibc.getenv("OMP_WAIT_POLICY"));
      String spins = System.getenv().getOrDefault("GOMP_SPINCOUNT", "1000");
      assertEquals(spins, glibc.getenv("GOMP_SPINCOUNT"));
    }
  }
}
