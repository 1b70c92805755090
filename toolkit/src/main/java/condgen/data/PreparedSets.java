package condgen.data;

/** Where the files lie that the authors of MCVD prepared and published. */
final class PreparedSets {
  /** The data set in the cache. */
  static final String DATA_SET = "mcvd-data";

  /** The same for Cityscapes, which stays behind its own licence. */
  static final String CITYSCAPES = "mcvd-cityscapes";

  private PreparedSets() {}
}
