package condgen.experiment;

import condgen.nn.VideoUNet.Conditioning;
import condgen.thesis.TableRef;
import condgen.video.FrameWindow;
import condgen.video.MaskDistribution;
import condgen.video.VideoTask;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The models that Tables 7.5 and 7.9 compare: how the known frames enter the network, and which of
 * them training hides half the time. A model whose future frames are never hidden has none, as in
 * the thesis: it could not predict without them.
 */
@TableRef({"7.5", "7.9"})
public enum MaskVariant {
  /** Known frames as channels, nothing hidden: prediction only. */
  CONCAT(Conditioning.CONCAT, MaskDistribution.NEVER),
  /** Known frames as channels, the past hidden: prediction and generation. */
  CONCAT_PAST_MASK(Conditioning.CONCAT, MaskDistribution.PAST),
  /** Known frames as channels, past and future hidden: all four tasks. */
  CONCAT_PAST_FUTURE_MASK(Conditioning.CONCAT, MaskDistribution.PAST_FUTURE),
  /** Known frames in the normalisations, nothing hidden. */
  SPATIN(Conditioning.SPATIN, MaskDistribution.NEVER),
  /** Known frames in the normalisations, the past hidden. */
  SPATIN_PAST_MASK(Conditioning.SPATIN, MaskDistribution.PAST),
  /** Known frames in the normalisations, the future hidden: prediction and interpolation. */
  SPATIN_FUTURE_MASK(Conditioning.SPATIN, MaskDistribution.FUTURE),
  /** Known frames in the normalisations, past and future hidden: all four tasks. */
  SPATIN_PAST_FUTURE_MASK(Conditioning.SPATIN, MaskDistribution.PAST_FUTURE);

  private final Conditioning conditioning;
  private final MaskDistribution masks;

  MaskVariant(Conditioning conditioning, MaskDistribution masks) {
    this.conditioning = conditioning;
    this.masks = masks;
  }

  /** How the known frames enter. */
  public Conditioning conditioning() {
    return conditioning;
  }

  /** How often past and future are hidden in training. */
  public MaskDistribution masks() {
    return masks;
  }

  /** Whether it knows frames after the current ones. */
  public boolean hasFuture() {
    return masks.future() > 0;
  }

  /** The five of Table 7.9, in its order. */
  public static List<MaskVariant> ofTable79() {
    return List.of(
        SPATIN_FUTURE_MASK, SPATIN_PAST_FUTURE_MASK, CONCAT, SPATIN, CONCAT_PAST_FUTURE_MASK);
  }

  /** The five of Table 7.5: without mask and with the past's, and the general model. */
  public static List<MaskVariant> ofTable75() {
    return List.of(CONCAT, CONCAT_PAST_MASK, CONCAT_PAST_FUTURE_MASK, SPATIN, SPATIN_PAST_MASK);
  }

  /** What a setting becomes as this variant; all else stays. */
  public VideoSetting of(VideoSetting setting) {
    FrameWindow w = setting.window();
    int future = hasFuture() ? w.current() : 0;
    return new VideoSetting(
        setting.footage(),
        setting.side(),
        setting.patch(),
        new FrameWindow(w.past(), w.current(), future, w.channels()),
        masks,
        conditioning,
        setting.width(),
        setting.multipliers(),
        setting.blocks(),
        setting.spadeWidth(),
        setting.batch(),
        setting.noise(),
        setting.output());
  }

  /** The tasks that it was trained for. */
  public List<VideoTask> tasks() {
    return Arrays.stream(VideoTask.values())
        .filter(t -> t.mask().past() || masks.past() > 0)
        .filter(t -> !t.mask().future() || hasFuture())
        .toList();
  }

  /** The thesis's name, such as {@code concat past-future-mask}. */
  @Override
  public String toString() {
    String[] words = name().toLowerCase(Locale.ROOT).split("_", 2);
    return words.length == 1 ? words[0] : words[0] + " " + words[1].replace('_', '-');
  }
}
