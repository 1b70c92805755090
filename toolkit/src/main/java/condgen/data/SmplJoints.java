package condgen.data;

import java.util.List;

/** The 24 joints of the body model SMPL in its order, and the tree they make. */
public final class SmplJoints {

  private static final List<String> NAMES =
      List.of(
          "pelvis",
          "left_hip",
          "right_hip",
          "spine1",
          "left_knee",
          "right_knee",
          "spine2",
          "left_ankle",
          "right_ankle",
          "spine3",
          "left_foot",
          "right_foot",
          "neck",
          "left_collar",
          "right_collar",
          "head",
          "left_shoulder",
          "right_shoulder",
          "left_elbow",
          "right_elbow",
          "left_wrist",
          "right_wrist",
          "left_hand",
          "right_hand");

  private static final int[] PARENTS = {
    -1, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 12, 13, 14, 16, 17, 18, 19, 20, 21
  };

  /** How many there are. */
  public static final int COUNT = 24;

  private SmplJoints() {}

  /** Their names. */
  public static List<String> names() {
    return NAMES;
  }

  /** The number of each joint's parent, -1 for the pelvis. */
  public static int[] parents() {
    return PARENTS.clone();
  }
}
