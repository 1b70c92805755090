package condgen.download;

import com.google.gson.annotations.SerializedName;

/** What a person must do before a data set may be fetched. */
public enum Gate {
  /** Nothing; citation and terms are shown. */
  @SerializedName("none")
  NONE,
  /** Accept the terms with a flag. */
  @SerializedName("accept")
  ACCEPT,
  /** Give the name and password of an account for this one run. */
  @SerializedName("login")
  LOGIN,
  /** Obtain the files by hand and put them in a folder. */
  @SerializedName("manual")
  MANUAL
}
