package condgen.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What the joints of the CMU recordings (in B. Hahne's conversion to BVH) are in the body model
 * SMPL: our own suggestion. The neck is the product of the rotations of {@code Neck} and {@code
 * Neck1}.
 */
public final class CmuJoints {

  /**
   * Metres of the recordings' unit of length, about: the documentation of the conversion says so,
   * nobody here has checked it.
   */
  public static final double METRES = 0.0564;

  private static final Map<String, String> SMPL = smpl();

  /** Joints of the recordings that SMPL does not have. */
  private static final Set<String> DROPPED =
      Set.of("LHipJoint", "RHipJoint", "Neck1", "LThumb", "RThumb", "LFingers", "RFingers");

  private CmuJoints() {}

  private static Map<String, String> smpl() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("Hips", "pelvis");
    names.put("LowerBack", "spine1");
    names.put("Spine", "spine2");
    names.put("Spine1", "spine3");
    names.put("Neck", "neck");
    names.put("Head", "head");
    for (String side : new String[] {"Left", "Right"}) {
      String of = side.equals("Left") ? "left_" : "right_";
      names.put(side + "UpLeg", of + "hip");
      names.put(side + "Leg", of + "knee");
      names.put(side + "Foot", of + "ankle");
      names.put(side + "ToeBase", of + "foot");
      names.put(side + "Shoulder", of + "collar");
      names.put(side + "Arm", of + "shoulder");
      names.put(side + "ForeArm", of + "elbow");
      names.put(side + "Hand", of + "wrist");
      names.put(side + "FingerBase", of + "hand");
    }
    return Collections.unmodifiableMap(names);
  }

  /** Names of SMPL by those of the recordings: all 24 joints of {@link SmplJoints}. */
  public static Map<String, String> toSmpl() {
    return SMPL;
  }

  /** Joints of the recordings that have no counterpart, {@code Neck1} among them. */
  public static Set<String> dropped() {
    return DROPPED;
  }
}
