package condgen.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The parts of KTH's films in which somebody acts, by {@code 00sequences.txt}: 2,391 in the
 * original, mostly four a film. The thesis and its code use the whole films; who wants to compare
 * with work that uses the parts, or the official split of persons, finds them here.
 */
public final class KthSequences {
  private static final int LONGEST = 1 << 20;
  private static final Pattern FILM = Pattern.compile("(person(\\d\\d)_[a-z]+_d\\d)\\s+(.*)");
  private static final Pattern RANGE = Pattern.compile("(\\d{1,9})\\s*-\\s*(\\d{1,9})");

  private KthSequences() {}

  /** The official split of the 25 persons, which the released code of MCVD does not use. */
  public enum OfficialSplit {
    /** Persons 11 to 18. */
    TRAINING(11, 12, 13, 14, 15, 16, 17, 18),
    /** Eight others. */
    VALIDATION(19, 20, 21, 23, 24, 25, 1, 4),
    /** The nine that remain. */
    TEST(22, 2, 3, 5, 6, 7, 8, 9, 10);

    private final List<Integer> persons;

    OfficialSplit(int... persons) {
      this.persons = IntStream.of(persons).boxed().toList();
    }

    /** Their numbers, from 1. */
    public List<Integer> persons() {
      return persons;
    }
  }

  /**
   * Frames in a row.
   *
   * @param first the number of the first one, from 0 (the file counts from 1)
   * @param count how many
   */
  public record Part(int first, int count) {}

  /**
   * Reads the file.
   *
   * @return for each film, such as {@code person01_boxing_d1}, its parts; none for a film that the
   *     file calls missing
   * @throws DamagedDataException when it names no film, or a part that ends before it begins
   */
  public static Map<String, List<Part>> read(Path file) throws IOException {
    Map<String, List<Part>> films = new LinkedHashMap<>();
    for (String line : ShortText.lines(file, LONGEST, StandardCharsets.ISO_8859_1)) {
      Matcher film = FILM.matcher(line.strip());
      if (film.matches()) {
        films.put(film.group(1), parts(file, film.group(1), film.group(3)));
      }
    }
    if (films.isEmpty()) {
      throw new DamagedDataException(
          file + ": expected films such as person01_boxing_d1, found none");
    }
    return Collections.unmodifiableMap(films);
  }

  private static List<Part> parts(Path file, String film, String text) throws DamagedDataException {
    List<Part> parts = new ArrayList<>();
    Matcher range = RANGE.matcher(text);
    while (range.find()) {
      int first = Integer.parseInt(range.group(1));
      int last = Integer.parseInt(range.group(2));
      if (first < 1 || last < first) {
        throw new DamagedDataException(
            "%s: expected parts of %s that end after they begin, found %s"
                .formatted(file, film, range.group()));
      }
      parts.add(new Part(first - 1, last - first + 1));
    }
    return List.copyOf(parts);
  }
}
