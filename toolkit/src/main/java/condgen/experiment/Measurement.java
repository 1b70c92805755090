package condgen.experiment;

import java.util.Map;

/**
 * What an {@link Ablation} computes in each of its rows. Make it a public class of its own with a
 * public constructor without arguments, so that a worker process can run it; the constructor should
 * do nothing, since the process that hands out the rows calls it too. One instance may measure many
 * rows, one after the other, and keep what they share.
 */
public interface Measurement {

  /**
   * The numbers of one row, by name. Everything random must come from the setting.
   *
   * @return finite numbers; any other is a failure of the row
   */
  Map<String, Double> measure(Setting setting);

  /**
   * The version of the code, which is part of a row's identity: change it whenever numbers change.
   * It is written by hand, because a hash of the classes would throw away hours of committed rows
   * for a change that alters no number, and with each compiler.
   */
  default String version() {
    return "1";
  }

  /**
   * What else the numbers come from, which is part of a row's identity: the data set, the hash of a
   * checkpoint. Quick to tell.
   */
  default String data(Setting setting) {
    return "";
  }
}
