package condgen.data;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the sub-sets of AMASS are for in chapter 5. */
public enum AmassSplit {
  /** Everything that is not in the other two. */
  TRAIN,
  /** HumanEva, HDM05, SFU, MoSh. */
  VALIDATION,
  /** Transitions, SSM. */
  TEST;

  /** The names of folders in older releases, and what they are called now. */
  private static final Map<String, String> NOW =
      Map.ofEntries(
          Map.entry("biomotionlab_ntroje", "BMLrub"),
          Map.entry("dfaust_67", "DFaust"),
          Map.entry("eyes_japan_dataset", "EyesJapanDataset"),
          Map.entry("mpi_hdm05", "HDM05"),
          Map.entry("mpi_mosh", "MoSh"),
          Map.entry("mpi_limits", "PosePrior"),
          Map.entry("ssm_synced", "SSM"),
          Map.entry("tcd_handmocap", "TCDHands"),
          Map.entry("transitions_mocap", "Transitions"));

  private static final Set<String> FOR_VALIDATION = Set.of("humaneva", "hdm05", "sfu", "mosh");
  private static final Set<String> FOR_TEST = Set.of("transitions", "ssm");

  /** Today's name of a sub-set, whose folder may have an older one. */
  public static String name(String folder) {
    return NOW.getOrDefault(folder.toLowerCase(Locale.ROOT), folder);
  }

  /** The part that a sub-set belongs to, by its name or an older one. */
  public static AmassSplit of(String folder) {
    String name = name(folder).toLowerCase(Locale.ROOT);
    return FOR_VALIDATION.contains(name) ? VALIDATION : FOR_TEST.contains(name) ? TEST : TRAIN;
  }
}
