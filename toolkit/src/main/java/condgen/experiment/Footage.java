package condgen.experiment;

import condgen.data.ClipSource;
import condgen.data.Mnist;
import condgen.data.StochasticMovingMnist;
import condgen.data.WalkingClips;

/** What the video models of the notebooks are trained on, and what is held out from them. */
public enum Footage {
  /** Stochastic Moving MNIST of two digits. */
  SMMNIST {
    @Override
    public ClipSource train(int side) {
      return new StochasticMovingMnist(Mnist.train(), DIGITS, side);
    }

    @Override
    public ClipSource heldOut(int side) {
      return new StochasticMovingMnist(Mnist.test(), DIGITS, side);
    }
  },
  /** Grey clips of walking people, seen by one fixed camera. */
  WALKING {
    @Override
    public ClipSource train(int side) {
      return WalkingClips.train(side);
    }

    @Override
    public ClipSource heldOut(int side) {
      return WalkingClips.test(side);
    }
  };

  private static final int DIGITS = 2;

  /**
   * Clips for training.
   *
   * @param side height and width of a frame in pixels
   * @throws condgen.download.MissingDataException when the data were not fetched
   */
  public abstract ClipSource train(int side);

  /** Clips of digits, or of seconds, that training never sees; see {@link #train}. */
  public abstract ClipSource heldOut(int side);
}
