package condgen.tensor;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;

/**
 * Two settings of the C library and of OpenMP that must be made before the engine is loaded, on
 * Linux with glibc.
 *
 * <p>Memory: glibc gives large blocks back to the kernel as soon as they are freed, so that each
 * activation of a network costs a fresh page per 4 kB. A training step asks for the same sizes
 * again and again; keeping them made a convolution with its backward pass about ten times faster on
 * a virtual machine.
 *
 * <p>Threads: between parallel regions OpenMP's threads spin, which stalls everything when other
 * programs (a browser, a Jupyter server) share the cores: a training step took five times as long.
 * But waking a sleeping thread costs more than a small operator: a solve of small arrays took three
 * times as long. So threads spin for a few microseconds, which bridges the gap to the next
 * operator, and then sleep. Values that the user set are left alone.
 */
final class NativeRuntime {

  private static final int M_TRIM_THRESHOLD = -1;
  private static final int M_TOP_PAD = -2;
  private static final int M_MMAP_THRESHOLD = -3;
  private static final int LARGEST = 512 << 20;

  /** What glibc before 2.35 takes at most. */
  private static final int LARGEST_OF_OLD = 32 << 20;

  private NativeRuntime() {}

  /** The functions of the C library that are called here. */
  interface Glibc extends Library {
    /** Returns 1 when the setting was taken. */
    int mallopt(int parameter, int value);

    /** Returns 0 when the variable is set. */
    int setenv(String name, String value, int overwrite);

    /** The variable's value, or null. */
    String getenv(String name);
  }

  /** Makes both settings, as far as the C library takes them; they change speed only. */
  static void prepare() {
    if (!Platform.isLinux()) {
      return;
    }
    try {
      Glibc glibc = Native.load("c", Glibc.class);
      glibc.setenv("OMP_WAIT_POLICY", "PASSIVE", 0);
      glibc.setenv("GOMP_SPINCOUNT", "1000", 0);
      if (glibc.mallopt(M_MMAP_THRESHOLD, LARGEST) != 1) {
        glibc.mallopt(M_MMAP_THRESHOLD, LARGEST_OF_OLD);
      }
      glibc.mallopt(M_TRIM_THRESHOLD, LARGEST);
      glibc.mallopt(M_TOP_PAD, 16 << 20);
    } catch (UnsatisfiedLinkError e) {
      // Another C library has other settings; everything works without them.
      return;
    }
  }
}
