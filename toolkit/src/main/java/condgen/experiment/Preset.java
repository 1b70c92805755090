package condgen.experiment;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How large a run is. A notebook writes each size once, as {@code preset.choose(100, 2_000,
 * 800_000)}, and the environment variable {@code CONDGEN_PRESET} chooses among the three.
 */
public enum Preset {
  /** A whole notebook within a minute on two cores: everything runs, nothing is learned well. */
  SMOKE,
  /** The thesis's conclusion within minutes on a laptop's CPU. The default. */
  LECTURE,
  /** The thesis's own setting; meant for a GPU. */
  PAPER;

  /** The environment variable that chooses the preset. */
  public static final String VARIABLE = "CONDGEN_PRESET";

  /**
   * The preset that the environment names; {@link #LECTURE} if it names none.
   *
   * @throws IllegalArgumentException if it names an unknown one
   */
  public static Preset current() {
    return parse(System.getenv(VARIABLE));
  }

  /**
   * The preset of a name in any case; {@link #LECTURE} for an absent or blank one.
   *
   * @throws IllegalArgumentException for any other name; the message lists the three
   */
  static Preset parse(String name) {
    if (name == null || name.isBlank()) {
      return LECTURE;
    }
    for (Preset preset : values()) {
      if (preset.label().equals(name.strip().toLowerCase(Locale.ROOT))) {
        return preset;
      }
    }
    String known = Arrays.stream(values()).map(Preset::label).collect(Collectors.joining(", "));
    throw new IllegalArgumentException(
        VARIABLE + " must be one of " + known + ", but is \"" + name + "\"");
  }

  /** The name in the environment: {@code smoke}, {@code lecture} or {@code paper}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The value of this preset among three. */
  public <T> T choose(T smoke, T lecture, T paper) {
    return switch (this) {
      case SMOKE -> smoke;
      case LECTURE -> lecture;
      case PAPER -> paper;
    };
  }

  /** The number of this preset among three. */
  public int choose(int smoke, int lecture, int paper) {
    return choose(Integer.valueOf(smoke), Integer.valueOf(lecture), Integer.valueOf(paper));
  }

  /** The number of this preset among three. */
  public long choose(long smoke, long lecture, long paper) {
    return choose(Long.valueOf(smoke), Long.valueOf(lecture), Long.valueOf(paper));
  }

  /** The number of this preset among three. */
  public double choose(double smoke, double lecture, double paper) {
    return choose(Double.valueOf(smoke), Double.valueOf(lecture), Double.valueOf(paper));
  }

  @Override
  public String toString() {
    return label();
  }
}
