package condgen.kernel;

import condgen.kernel.SourceMap.Place;
import java.util.LinkedHashMap;
import java.util.Map;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Kind;

/**
 * Declarations that use a name which was not declared when they were evaluated. A later statement
 * of the same cell may declare it, so they are judged at the end of the cell.
 */
final class Pending {
  private final Map<Snippet, Place> declarations = new LinkedHashMap<>();

  void add(Snippet snippet, Place place) {
    declarations.put(snippet, place);
  }

  /**
   * A method that still uses an undeclared name is a note, since a later cell may declare it; a
   * class is an error.
   */
  void report(ErrorReport errors) throws CellException {
    for (Map.Entry<Snippet, Place> declaration : declarations.entrySet()) {
      Snippet snippet = declaration.getKey();
      if (errors.missingNames(snippet).isEmpty()) {
        continue;
      }
      if (snippet.kind() != Kind.METHOD) {
        throw errors.undeclared(snippet, declaration.getValue());
      }
      System.err.println(errors.note(snippet, declaration.getValue()));
    }
  }
}
