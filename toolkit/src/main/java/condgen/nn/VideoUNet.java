package condgen.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.tensor.Dual;
import condgen.tensor.Seeds;
import java.util.ArrayList;
import java.util.List;

/**
 * The released network of the video diffusion models: a U-Net that sees noisy current frames and
 * known past and future frames, all as channels, and predicts the noise of the current ones. The
 * known frames enter with the current ones (concat) or through every normalisation (SPATIN).
 *
 * <p>Parameters have the names of the released checkpoints without {@code unet.}.
 */
public final class VideoUNet extends Composite {

  /** How the known frames enter. */
  public enum Conditioning {
    /** As further channels of the input. */
    CONCAT,
    /** Through scale and shift maps of every normalisation. */
    SPATIN
  }

  /**
   * Shape of a network.
   *
   * @param side height and width of the frames, divisible by 2 as often as there are halvings
   * @param channels channels of a frame
   * @param current frames predicted at once, at least 1
   * @param past known frames before them
   * @param future known frames after them
   * @param width channels of the first level; features of the time have 4 times as many
   * @param multipliers of the width, one per level; sizes halve between levels
   * @param blocks residual blocks per level
   * @param headChannels channels of an attention head, -1 for one head
   * @param conditioning how the known frames enter
   * @param spadeWidth channels between the known frames and their maps (SPATIN only)
   * @param attention sides at which there is attention, besides that at the bottom
   * @param dropout share of the hidden features that training leaves out, in [0, 1)
   * @param embedsMask whether the network is told if the known frames are shown
   */
  public record Architecture(
      int side,
      int channels,
      int current,
      int past,
      int future,
      int width,
      List<Integer> multipliers,
      int blocks,
      int headChannels,
      Conditioning conditioning,
      int spadeWidth,
      List<Integer> attention,
      double dropout,
      boolean embedsMask) {

    /** Checks that the numbers fit together. */
    public Architecture {
      multipliers = List.copyOf(multipliers);
      attention = List.copyOf(attention);
      require(channels > 0 && current > 0, "channels, current", "positive", channels, current);
      require(past >= 0 && future >= 0, "past, future", "not negative", past, future);
      require(width >= 4 && blocks > 0, "width, blocks", "at least 4 and 1", width, blocks);
      require(dropout >= 0 && dropout < 1, "dropout", "in [0, 1)", dropout);
      boolean positive = multipliers.stream().allMatch(m -> m > 0);
      require(!multipliers.isEmpty() && positive, "multipliers", "some, positive", multipliers);
      int factor = 1 << (multipliers.size() - 1);
      require(side > 0 && side % factor == 0, "side", "positive, divisible by " + factor, side);
      if (conditioning == Conditioning.SPATIN) {
        require(past + future > 0, "past, future", "at least one frame for SPATIN", past, future);
        require(spadeWidth > 0, "spadeWidth", "positive", spadeWidth);
      }
    }

    /** A network with attention at sides 8, 16 and 32, no dropout, and no embedding of masks. */
    public Architecture(
        int side,
        int channels,
        int current,
        int past,
        int future,
        int width,
        List<Integer> multipliers,
        int blocks,
        int headChannels,
        Conditioning conditioning,
        int spadeWidth) {
      this(
          side,
          channels,
          current,
          past,
          future,
          width,
          multipliers,
          blocks,
          headChannels,
          conditioning,
          spadeWidth,
          List.of(8, 16, 32),
          0,
          false);
    }

    private static void require(boolean holds, String what, String range, Object... came) {
      if (!holds) {
        throw new IllegalArgumentException(
            what + " must be " + range + ", but came " + List.of(came));
      }
    }

    /** Other numbers of frames: current ones, and known ones before and after them. */
    public Architecture withFrames(int current, int past, int future) {
      return with(current, past, future, width, headChannels, spadeWidth);
    }

    /** Other widths: of the first level, of an attention head, and of the frames' maps. */
    public Architecture withWidths(int width, int headChannels, int spadeWidth) {
      return with(current, past, future, width, headChannels, spadeWidth);
    }

    private Architecture with(int now, int before, int after, int base, int head, int spade) {
      return new Architecture(
          side,
          channels,
          now,
          before,
          after,
          base,
          multipliers,
          blocks,
          head,
          conditioning,
          spade,
          attention,
          dropout,
          embedsMask);
    }

    /** Attention at other sides. */
    public Architecture withAttention(List<Integer> sides) {
      return with(sides, dropout, embedsMask);
    }

    /** Another share of features left out in training. */
    public Architecture withDropout(double share) {
      return with(attention, share, embedsMask);
    }

    /** A network that is told whether the known frames are shown. */
    public Architecture withEmbeddedMask() {
      return with(attention, dropout, true);
    }

    private Architecture with(List<Integer> sides, double share, boolean embeds) {
      return new Architecture(
          side,
          channels,
          current,
          past,
          future,
          width,
          multipliers,
          blocks,
          headChannels,
          conditioning,
          spadeWidth,
          sides,
          share,
          embeds);
    }

    /** Channels of the current frames together. */
    public int currentChannels() {
      return current * channels;
    }

    /** Channels of the known frames together. */
    public int knownChannels() {
      return (past + future) * channels;
    }

    /** Channels of the first convolution's input. */
    int firstChannels() {
      return currentChannels() + (conditioning == Conditioning.CONCAT ? knownChannels() : 0);
    }
  }

  private final Architecture architecture;
  private final List<VideoModule> modules;

  /**
   * Builds the network; nothing is allocated until {@link #initialize}.
   *
   * @throws IllegalArgumentException if the channels of a head do not divide those of an attention
   */
  public VideoUNet(Architecture architecture) {
    this.architecture = architecture;
    modules = new VideoWiring(architecture).modules();
    modules.forEach(m -> part("all_modules." + m.number(), m.layer()));
  }

  /** What this network was built from. */
  public Architecture architecture() {
    return architecture;
  }

  /** The modules in order; their numbers are those of the released checkpoints. */
  public List<VideoModule> modules() {
    return modules;
  }

  /** The parameters of one module. */
  public NDList ofModule(NDList theta, VideoModule module) {
    return own(module.layer(), theta);
  }

  /**
   * The noise of the current frames.
   *
   * @param x (B, (current + past + future) · channels, side, side): noisy current frames, past
   *     frames, future frames; those that are masked are 0
   * @param t (B), label of the noise level
   * @return (B, current · channels, side, side)
   */
  @Override
  public Dual apply(NDList theta, Dual x, NDArray t) {
    return new VideoPass(this, theta, t, null).run(x);
  }

  /**
   * The network that also knows whether its known frames are shown.
   *
   * @param shown (B), 1 where they are shown and 0 where they are masked; only a network that
   *     embeds the mask looks at it, and takes all as shown without it
   */
  public NDArray apply(NDList theta, NDArray x, NDArray t, NDArray shown) {
    return new VideoPass(this, theta, t, shown).run(Dual.of(x)).value();
  }

  /**
   * The outputs of all modules on the way.
   *
   * @return one array per module, in order; the last is the answer
   */
  public List<NDArray> trace(NDList theta, NDArray x, NDArray t, NDArray shown) {
    List<NDArray> outputs = new ArrayList<>();
    new VideoPass(this, theta, t, shown).watched(y -> outputs.add(y)).run(Dual.of(x));
    return outputs;
  }

  /**
   * The network in training: it leaves out a share of the hidden features, the same ones for the
   * same step.
   *
   * @param seeds seeds of the run
   * @param step of the training
   */
  public Layer withDropout(Seeds seeds, long step) {
    return new Layer() {
      @Override
      public List<Parameter> parameters() {
        return VideoUNet.this.parameters();
      }

      @Override
      public Dual apply(NDList theta, Dual x, NDArray t) {
        Dropout dropout = new Dropout(architecture.dropout(), seeds, step);
        return new VideoPass(VideoUNet.this, theta, t, null).dropping(dropout).run(x);
      }
    };
  }
}
