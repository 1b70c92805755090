package condgen.tensor;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.cuda.CudaUtils;
import java.util.Locale;

/**
 * The one device that everything lives on, chosen once per process.
 *
 * <p>{@code CONDGEN_DEVICE} is {@code cpu}, {@code cuda} or {@code cuda:1}; unset, it is the first
 * GPU that the engine can use, else the CPU. {@code CONDGEN_THREADS} pins the number of CPU
 * threads, because sums differ in their last bits between thread counts. The first call loads the
 * engine and runs a self-test.
 */
public final class Devices {

  private static Device device;
  private static volatile NDManager root;

  private Devices() {}

  /**
   * The device of this process.
   *
   * @throws IllegalArgumentException if CONDGEN_DEVICE or CONDGEN_THREADS asks for what is not
   *     there
   */
  public static Device device() {
    root();
    return device;
  }

  /**
   * The manager that owns every array which belongs to no {@link Scope}; it lives as long as the
   * process.
   */
  public static NDManager root() {
    NDManager started = root;
    return started == null
        ? start(System.getenv("CONDGEN_DEVICE"), System.getenv("CONDGEN_THREADS"))
        : started;
  }

  private static synchronized NDManager start(String deviceRequest, String threadsRequest) {
    if (root != null) {
      return root;
    }
    int threads = threads(threadsRequest, Runtime.getRuntime().availableProcessors());
    NativeRuntime.prepare();
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    Engine engine = Engine.getEngine("PyTorch");
    Device chosen = resolve(deviceRequest, engine.getGpuCount());
    NDManager manager = engine.newBaseManager(chosen);
    manager.setName("condgen");
    runSelfTest(manager, chosen);
    device = chosen;
    root = manager;
    return manager;
  }

  /** True when arrays live on a GPU. */
  public static boolean isGpu() {
    return device().isGpu();
  }

  /** Number of CPU threads that one operator may use. */
  public static int threads() {
    device();
    return JniUtils.getNumThreads();
  }

  /** The device's name, such as {@code cpu} or {@code cuda:0}. */
  public static String name() {
    return name(device());
  }

  /** Version of the engine, such as {@code 2.7.1}. */
  public static String engineVersion() {
    return Engine.getEngine("PyTorch").getVersion();
  }

  /** Version of the Deep Java Library, such as {@code 0.36.0}. */
  public static String libraryVersion() {
    return Engine.getDjlVersion();
  }

  /**
   * One line: device, engine and its version, threads; and a warning when a GPU is there but cannot
   * be used.
   */
  public static String banner() {
    Engine engine = Engine.getEngine("PyTorch");
    String line =
        String.format(
            Locale.ROOT,
            "device %s, PyTorch %s through DJL %s, %d threads",
            name(),
            engineVersion(),
            libraryVersion(),
            threads());
    return isGpu() ? line : line + unusedGpu(engine);
  }

  private static String unusedGpu(Engine engine) {
    if (engine.getGpuCount() > 0 || CudaUtils.getGpuCount() == 0) {
      return "";
    }
    return " (a GPU is present, but these natives are for the CPU: build with -Pgpu or -Pgpu-maven)";
  }

  /**
   * Allocates, multiplies and differentiates on the chosen device and compares with known numbers.
   *
   * @throws IllegalStateException naming the operation and the device when one of them fails
   */
  public static void selfTest() {
    runSelfTest(root(), device());
  }

  /**
   * Number of arrays alive in this process, in whatever manager; a step that leaks makes it grow.
   */
  public static int liveArrays() {
    return root().getParentManager().getManagedArrays().size();
  }

  private static void runSelfTest(NDManager manager, Device device) {
    boolean recording = JniUtils.isGradMode();
    String doing = "allocate";
    try (NDManager test = manager.newSubManager()) {
      NDArray a = test.create(new float[] {1, 2, 3, 4}, new Shape(2, 2));
      if (!a.getDevice().equals(device)) {
        throw new IllegalStateException("the array was made on " + name(a.getDevice()));
      }
      doing = "multiply";
      float[] product = a.matMul(a).toFloatArray();
      if (product[0] != 7 || product[3] != 22) {
        throw new IllegalStateException(
            "a 2x2 product came out as " + product[0] + ", " + product[3]);
      }
      doing = "differentiate";
      JniUtils.setGradMode(true);
      a.setRequiresGradient(true);
      NDArray sum = a.mul(a).sum();
      JniUtils.backward((PtNDArray) sum, (PtNDArray) test.ones(sum.getShape()), false, false);
      float[] gradient = a.getGradient().toFloatArray();
      if (gradient[3] != 8) {
        throw new IllegalStateException("d(x*x)/dx at 4 came out as " + gradient[3]);
      }
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "The start-up test could not " + doing + " on " + name(device) + ": " + e.getMessage(),
          e);
    } finally {
      JniUtils.setGradMode(recording);
    }
  }

  /** The device that a request names, given how many GPUs the engine can use. */
  static Device resolve(String request, int gpus) {
    if (request == null || request.isBlank()) {
      return gpus > 0 ? Device.gpu(0) : Device.cpu();
    }
    String wanted = request.strip().toLowerCase(Locale.ROOT);
    if (wanted.equals("cpu")) {
      return Device.cpu();
    }
    if (!wanted.matches("(cuda|gpu)(:\\d{1,3})?")) {
      throw new IllegalArgumentException(
          "CONDGEN_DEVICE must be cpu, cuda or cuda:N (N = 0, 1, ...), but is \"" + request + "\"");
    }
    int index =
        wanted.contains(":") ? Integer.parseInt(wanted.substring(wanted.indexOf(':') + 1)) : 0;
    if (index >= gpus) {
      throw new IllegalArgumentException(
          "CONDGEN_DEVICE asks for "
              + request
              + ", but the engine can use "
              + gpus
              + " GPUs. Build with -Pgpu or -Pgpu-maven on a machine with a CUDA driver, or set CONDGEN_DEVICE=cpu.");
    }
    return Device.gpu(index);
  }

  /** The number of threads that a request names. */
  static int threads(String request, int processors) {
    if (request == null || request.isBlank()) {
      return processors;
    }
    if (!request.strip().matches("[1-9]\\d{0,3}")) {
      throw new IllegalArgumentException(
          "CONDGEN_THREADS must be a whole number from 1 to 9999, but is \"" + request + "\"");
    }
    return Integer.parseInt(request.strip());
  }

  private static String name(Device device) {
    return device.isGpu() ? "cuda:" + device.getDeviceId() : "cpu";
  }
}
