package condgen.nn;

import condgen.nn.VideoUNet.Architecture;
import condgen.nn.VideoUNet.Conditioning;
import condgen.thesis.TableRef;
import java.util.List;

/**
 * The networks of the video chapter's models by name, as Table 7.1 counts them. Masks change the
 * training, not the network; other numbers of frames change the layers that see the known frames
 * and the last one: {@link Architecture#withFrames}.
 *
 * <p>The published configuration files alone give other widths for the SPATIN model of KTH and for
 * BAIR, Cityscapes and UCF-101; here are those with which the printed numbers were reached.
 */
@TableRef("7.1")
public enum VideoArchitectures {
  /** SMMNIST concat. */
  SMMNIST_CONCAT(
      "SMMNIST concat",
      "27.9M",
      27_941_765L,
      new Architecture(64, 1, 5, 5, 0, 64, Levels.FOUR, 2, 64, Conditioning.CONCAT, 0),
      0.1),
  /** SMMNIST spatin. */
  SMMNIST_SPATIN(
      "SMMNIST spatin",
      "53.9M",
      53_953_989L,
      new Architecture(64, 1, 5, 5, 0, 64, Levels.FOUR, 2, 64, Conditioning.SPATIN, 128),
      0.1),
  /** KTH concat. */
  KTH_CONCAT(
      "KTH concat",
      "62.8M",
      62_831_141L,
      new Architecture(64, 1, 5, 10, 0, 96, Levels.FOUR, 2, 96, Conditioning.CONCAT, 0),
      0.1),
  /** KTH spatin. */
  KTH_SPATIN(
      "KTH spatin",
      "367.6M",
      367_650_437L,
      new Architecture(64, 1, 5, 10, 0, 192, Levels.FOUR, 2, 96, Conditioning.SPATIN, 192),
      0.1),
  /** BAIR concat. */
  BAIR_CONCAT(
      "BAIR concat",
      "251.2M",
      251_174_991L,
      new Architecture(64, 3, 5, 2, 0, 192, Levels.FOUR, 2, 192, Conditioning.CONCAT, 0),
      0.1),
  /** BAIR spatin. */
  BAIR_SPATIN(
      "BAIR spatin",
      "328.6M",
      328_604_367L,
      new Architecture(64, 3, 5, 2, 0, 192, Levels.FOUR, 2, 192, Conditioning.SPATIN, 128),
      0.1),
  /** Cityscapes concat. */
  CITYSCAPES_CONCAT(
      "Cityscapes concat",
      "262.1M",
      262_133_775L,
      new Architecture(128, 3, 5, 2, 0, 192, Levels.FIVE, 2, 192, Conditioning.CONCAT, 0),
      0),
  /** Cityscapes spatin. */
  CITYSCAPES_SPATIN(
      "Cityscapes spatin",
      "579.1M",
      579_159_695L,
      new Architecture(128, 3, 5, 2, 0, 256, Levels.FIVE, 2, 256, Conditioning.SPATIN, 128),
      0),
  /** UCF-101 concat. */
  UCF_CONCAT(
      "UCF-101 concat",
      "565.0M",
      564_990_060L,
      new Architecture(64, 3, 4, 4, 0, 288, Levels.FOUR, 2, 288, Conditioning.CONCAT, 0),
      0.1),
  /** UCF-101 spatin. */
  UCF_SPATIN(
      "UCF-101 spatin",
      "739.4M",
      739_438_572L,
      new Architecture(64, 3, 4, 4, 0, 288, Levels.FOUR, 2, 288, Conditioning.SPATIN, 192),
      0.1);

  private final String label;
  private final String printed;
  private final long released;
  private final Architecture architecture;

  VideoArchitectures(
      String label, String printed, long released, Architecture plain, double dropout) {
    this.label = label;
    this.printed = printed;
    this.released = released;
    this.architecture = plain.withDropout(dropout);
  }

  /** The model's name in Table 7.1. */
  public String label() {
    return label;
  }

  /** The number of parameters as Table 7.1 prints it, in millions: {@code 27.9M}. */
  public String printed() {
    return printed;
  }

  /** The number of parameters of the authors' own network. */
  public long released() {
    return released;
  }

  /** Shape of the network, with the dropout of its training. */
  public Architecture architecture() {
    return architecture;
  }

  /** The number of parameters of this library's network, counted without allocating any. */
  public long parameterCount() {
    return new VideoUNet(architecture).parameterCount();
  }

  private static class Levels {
    static final List<Integer> FOUR = List.of(1, 2, 3, 4);
    static final List<Integer> FIVE = List.of(1, 1, 2, 3, 4);
  }
}
