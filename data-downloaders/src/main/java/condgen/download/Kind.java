package condgen.download;

import com.google.gson.annotations.SerializedName;

/** What a data set is made of; lists are in this order. */
public enum Kind {
  /** Pictures. */
  @SerializedName("images")
  IMAGES,
  /** Films, and arrays of their frames. */
  @SerializedName("video")
  VIDEO,
  /** Recorded movement and bodies. */
  @SerializedName("motion")
  MOTION,
  /** The numbers of trained networks. */
  @SerializedName("weights")
  WEIGHTS,
  /** Anything else. */
  @SerializedName("other")
  OTHER
}
