package condgen.tensor;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;

/**
 * Lets the C library keep memory that tensors gave back, on Linux with glibc.
 *
 * <p>By default glibc maps every block above 32 MB at most, and usually above 128 kB, anew and
 * unmaps it when it is freed, so that each activation of a network costs the kernel a fresh page
 * per 4 kB. A training step frees and asks for the same sizes again and again; reusing them made a
 * convolution with its backward pass up to ten times faster on a virtual machine.
 */
final class NativeHeap {

  private static final int M_TRIM_THRESHOLD = -1;
  private static final int M_TOP_PAD = -2;
  private static final int M_MMAP_THRESHOLD = -3;
  private static final int LARGEST = 512 << 20;

  private NativeHeap() {}

  /** glibc's own settings of its heap. */
  interface Glibc extends Library {
    /** Returns 1 when the setting was taken. */
    int mallopt(int parameter, int value);
  }

  /** Keeps blocks of up to 512 MB for reuse; returns whether the C library took the setting. */
  static boolean keepFreedMemory() {
    if (!Platform.isLinux()) {
      return false;
    }
    try {
      Glibc glibc = Native.load("c", Glibc.class);
      return glibc.mallopt(M_MMAP_THRESHOLD, LARGEST) == 1
          && glibc.mallopt(M_TRIM_THRESHOLD, LARGEST) == 1
          && glibc.mallopt(M_TOP_PAD, 16 << 20) == 1;
    } catch (UnsatisfiedLinkError e) {
      return false;
    }
  }
}
