package condgen.architecture;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The rules that only the source text can answer. Each gives the offending places. */
public final class SourceRules {
  /**
   * Above about 200 lines a class usually holds two ideas; above this the build fails. It is the
   * length of the longest file there is, rounded up, and may only go down.
   */
  static final int MOST_LINES = 280;

  private SourceRules() {}

  /** Files longer than the limit. */
  public static List<String> tooLong(Path sources) {
    return files(sources).stream()
        .map(file -> file + " has " + lines(file).size() + " lines")
        .filter(text -> Integer.parseInt(text.replaceAll(".* has (\\d+) lines", "$1")) > MOST_LINES)
        .toList();
  }

  /** Packages without a {@code package-info.java} that says something. */
  public static List<String> packagesWithoutInfo(Path sources) {
    Set<Path> folders = new TreeSet<>();
    files(sources).forEach(file -> folders.add(file.getParent()));
    return folders.stream()
        .filter(folder -> !saysSomething(folder.resolve("package-info.java")))
        .map(folder -> folder + " has no package-info.java with a description")
        .toList();
  }

  private static boolean saysSomething(Path info) {
    return Files.exists(info) && String.join(" ", lines(info)).length() > 80;
  }

  /** Public types and public methods of public types without Javadoc; overrides need none. */
  public static List<String> publicWithoutJavadoc(Path sources) {
    List<String> missing = new ArrayList<>();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  d -> {},
                  null,
                  null,
                  manager.getJavaFileObjects(files(sources).toArray(Path[]::new)));
      DocTrees docs = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        new UndocumentedScanner(docs, missing).scan(unit, null);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return missing;
  }

  private static List<Path> files(Path sources) {
    try (Stream<Path> all = Files.walk(sources)) {
      return all.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class UndocumentedScanner extends TreePathScanner<Void, Void> {
    private final DocTrees docs;
    private final List<String> missing;

    UndocumentedScanner(DocTrees docs, List<String> missing) {
      this.docs = docs;
      this.missing = missing;
    }

    @Override
    public Void visitClass(ClassTree type, Void nothing) {
      if (!isPublic(type, type.getModifiers())) {
        return null;
      }
      require(type.getSimpleName().toString());
      return super.visitClass(type, nothing);
    }

    @Override
    public Void visitMethod(MethodTree method, Void nothing) {
      ClassTree owner = (ClassTree) getCurrentPath().getParentPath().getLeaf();
      boolean overrides =
          method.getModifiers().getAnnotations().stream()
              .anyMatch(a -> a.getAnnotationType().toString().equals("Override"));
      boolean compact =
          method.getName().contentEquals("<init>") && owner.getKind() == Tree.Kind.RECORD;
      if (isPublic(method, method.getModifiers()) && !overrides && !compact) {
        require(owner.getSimpleName() + "#" + method.getName());
      }
      return null;
    }

    private boolean isPublic(Tree tree, ModifiersTree modifiers) {
      TreePath parent = getCurrentPath().getParentPath();
      boolean inInterface =
          parent.getLeaf() instanceof ClassTree owner
              && (owner.getKind() == Tree.Kind.INTERFACE
                  || owner.getKind() == Tree.Kind.ANNOTATION_TYPE);
      boolean generated =
          docs.getSourcePositions().getStartPosition(getCurrentPath().getCompilationUnit(), tree)
              < 0;
      return !generated
          && (modifiers.getFlags().contains(Modifier.PUBLIC)
              || inInterface && !modifiers.getFlags().contains(Modifier.PRIVATE));
    }

    private void require(String name) {
      DocCommentTree comment = docs.getDocCommentTree(getCurrentPath());
      if (comment == null) {
        missing.add(getCurrentPath().getCompilationUnit().getSourceFile().getName() + ": " + name);
      }
    }
  }
}
