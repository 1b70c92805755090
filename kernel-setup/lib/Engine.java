import condgen.tensor.Devices;

/** What doctor asks of the built toolkit: do the natives load, and does the engine compute? */
class Engine {
  public static void main(String[] arguments) {
    try {
      Devices.selfTest();
      System.out.println(Devices.banner());
      System.exit(0);
    } catch (Throwable problem) {
      for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
        System.out.println(cause);
      }
      System.exit(1);
    }
  }
}
