package condgen.tensor;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.Device;
import org.junit.jupiter.api.Test;

class DevicesTest {

  @Test
  void resolve_withoutRequest_takesTheFirstGpuElseTheCpu() {
    assertEquals(Device.cpu(), Devices.resolve(null, 0));
    assertEquals(Device.gpu(0), Devices.resolve("  ", 2));
  }

  @Test
  void resolve_ofNamedDevice_takesIt() {
    assertEquals(Device.cpu(), Devices.resolve("cpu", 4));
    assertEquals(Device.gpu(1), Devices.resolve("CUDA:1", 2));
  }

  @Test
  void resolve_ofCudaWithoutGpu_isAnErrorAndNoFallBack() {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> Devices.resolve("cuda", 0));
    assertTrue(error.getMessage().contains("the engine can use 0 GPUs"));
    assertTrue(error.getMessage().contains("-Pgpu"));
  }

  @Test
  void resolve_ofUnknownDevice_listsTheKnown() {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> Devices.resolve("tpu", 1));
    assertTrue(error.getMessage().contains("cpu, cuda or cuda:N"));
    assertTrue(error.getMessage().contains("tpu"));
  }

  @Test
  void threads_refusesWhatIsNoPositiveNumber() {
    assertEquals(2, Devices.threads("2", 8));
    assertEquals(8, Devices.threads(null, 8));
    assertThrows(IllegalArgumentException.class, () -> Devices.threads("0", 8));
    assertThrows(IllegalArgumentException.class, () -> Devices.threads("two", 8));
  }

  @Test
  void banner_namesDeviceEngineAndThreads() {
    String banner = Devices.banner();
    assertTrue(banner.contains(Devices.isGpu() ? "device cuda" : "device cpu"), banner);
    assertTrue(banner.matches(".*PyTorch \\d+\\.\\d+.*DJL \\d+.*\\d+ threads.*"), banner);
  }

  @Test
  void selfTest_leavesNothingBehind() {
    int before = Devices.liveArrays();
    Devices.selfTest();
    assertEquals(before, Devices.liveArrays());
  }
}
