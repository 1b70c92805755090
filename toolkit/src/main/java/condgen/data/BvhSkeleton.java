package condgen.data;

import java.util.List;
import java.util.Optional;

/**
 * The joints of a BVH file in its order, parents before children, ends of chains among them.
 *
 * @param joints at least one, each with a parent before it
 */
public record BvhSkeleton(List<BvhJoint> joints) {

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if it is empty, a parent does not come first, or the channels
   *     are not counted through
   */
  public BvhSkeleton {
    joints = List.copyOf(joints);
    if (joints.isEmpty()) {
      throw new IllegalArgumentException("joints must be at least one, but are none");
    }
    int channel = 0;
    for (int i = 0; i < joints.size(); i++) {
      BvhJoint joint = joints.get(i);
      if (joint.parent() < -1 || joint.parent() >= i) {
        throw new IllegalArgumentException(
            "parent of joint %d must come before it, but is %d".formatted(i, joint.parent()));
      }
      if (joint.firstChannel() != channel) {
        throw new IllegalArgumentException(
            "first channel of joint %d must be %d, but is %d"
                .formatted(i, channel, joint.firstChannel()));
      }
      channel += joint.channels().size();
    }
  }

  /** How many numbers a frame has. */
  public int channels() {
    BvhJoint last = joints.get(joints.size() - 1);
    return last.firstChannel() + last.channels().size();
  }

  /** How many joints there are, without the ends of chains. */
  public int jointCount() {
    return joints.size() - endCount();
  }

  /** How many ends of chains there are. */
  public int endCount() {
    return (int) joints.stream().filter(BvhJoint::isEnd).count();
  }

  /** The joint of this name, case-sensitive; the first if several have it. */
  public Optional<BvhJoint> find(String name) {
    return joints.stream().filter(j -> j.name().equals(name)).findFirst();
  }
}
