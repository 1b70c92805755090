package condgen.nn;

import condgen.nn.VideoUNet.Architecture;

/**
 * Networks of the video chapter beside the ten of {@link VideoArchitectures}: with other numbers of
 * frames, for models that also interpolate, and those that the published configuration files give
 * when no further option is set.
 */
public enum VideoVariants {
  /** SMMNIST concat for all tasks: 5 frames from 5 past and 5 future ones. */
  SMMNIST_CONCAT_PAST_FUTURE(27_944_645L, frames(VideoArchitectures.SMMNIST_CONCAT, 5, 5, 5)),
  /** SMMNIST concat for interpolation: 10 frames from 5 past and 5 future ones. */
  SMMNIST_CONCAT_TEN(27_950_410L, frames(VideoArchitectures.SMMNIST_CONCAT, 10, 5, 5)),
  /** SMMNIST SPATIN for all tasks. */
  SMMNIST_SPATIN_PAST_FUTURE(54_282_309L, frames(VideoArchitectures.SMMNIST_SPATIN, 5, 5, 5)),
  /** KTH concat for all tasks: as many known frames as for prediction. */
  KTH_CONCAT_PAST_FUTURE(62_831_141L, frames(VideoArchitectures.KTH_CONCAT, 5, 5, 5)),
  /** KTH SPATIN as the published configuration has it. */
  KTH_SPATIN_SMALL(
      102_005_669L, frames(VideoArchitectures.KTH_SPATIN, 5, 10, 0).withWidths(96, 96, 128)),
  /** KTH SPATIN for all tasks. */
  KTH_SPATIN_SMALL_PAST_FUTURE(
      102_005_669L, frames(VideoArchitectures.KTH_SPATIN, 5, 5, 5).withWidths(96, 96, 128)),
  /** KTH SPATIN for interpolation: 10 frames from 10 past and 5 future ones. */
  KTH_SPATIN_SMALL_TEN(
      102_342_634L, frames(VideoArchitectures.KTH_SPATIN, 10, 10, 5).withWidths(96, 96, 128)),
  /** BAIR concat from one past frame. */
  BAIR_CONCAT_ONE_PAST(251_169_807L, frames(VideoArchitectures.BAIR_CONCAT, 5, 1, 0)),
  /** BAIR SPATIN from one past frame. */
  BAIR_SPATIN_ONE_PAST(328_407_375L, frames(VideoArchitectures.BAIR_SPATIN, 5, 1, 0)),
  /** BAIR concat for all tasks. */
  BAIR_CONCAT_PAST_FUTURE(251_185_359L, frames(VideoArchitectures.BAIR_CONCAT, 5, 2, 2)),
  /** Cityscapes SPATIN for all tasks. */
  CITYSCAPES_SPATIN_PAST_FUTURE(
      579_650_447L, frames(VideoArchitectures.CITYSCAPES_SPATIN, 5, 2, 2)),
  /** UCF-101 SPATIN for all tasks. */
  UCF_SPATIN_PAST_FUTURE(740_620_524L, frames(VideoArchitectures.UCF_SPATIN, 4, 4, 4)),
  /** BAIR concat as the published configuration alone has it. */
  BAIR_CONCAT_CONFIGURED(
      62_844_975L, frames(VideoArchitectures.BAIR_CONCAT, 5, 2, 0).withWidths(96, 96, 0)),
  /** BAIR SPATIN as the published configuration alone has it. */
  BAIR_SPATIN_CONFIGURED(
      101_760_303L, frames(VideoArchitectures.BAIR_SPATIN, 5, 2, 0).withWidths(96, 96, 128)),
  /** Cityscapes concat as the published configuration alone has it. */
  CITYSCAPES_CONCAT_CONFIGURED(
      116_551_695L, frames(VideoArchitectures.CITYSCAPES_CONCAT, 5, 2, 0).withWidths(128, 128, 0)),
  /** Cityscapes SPATIN as the published configuration alone has it. */
  CITYSCAPES_SPATIN_CONFIGURED(
      432_180_623L,
      frames(VideoArchitectures.CITYSCAPES_SPATIN, 5, 2, 0).withWidths(192, 192, 256)),
  /** UCF-101 concat as the published configuration alone has it. */
  UCF_CONCAT_CONFIGURED(
      251_174_988L, frames(VideoArchitectures.UCF_CONCAT, 4, 4, 0).withWidths(192, 192, 0));

  private final long released;
  private final Architecture architecture;

  VideoVariants(long released, Architecture architecture) {
    this.released = released;
    this.architecture = architecture;
  }

  private static Architecture frames(VideoArchitectures of, int current, int past, int future) {
    return of.architecture().withFrames(current, past, future);
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
}
