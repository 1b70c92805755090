package condgen.kernel;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.CodeSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jdk.jshell.execution.LoaderDelegate;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import jdk.jshell.spi.ExecutionControl.ClassInstallException;
import jdk.jshell.spi.ExecutionControl.InternalException;

/**
 * Loads what cells compile to and the library jars that they use, for as long as the kernel lives:
 * native libraries are bound to the loader of the class that opened them.
 */
final class CellClassLoader extends URLClassLoader implements LoaderDelegate {
  private static final String LIBRARY = "condgen.";
  private static final String OWN_PACKAGE = "condgen.kernel.";

  private final Map<String, byte[]> compiled = new ConcurrentHashMap<>();

  CellClassLoader(ClassLoader parent) {
    super("cells", new URL[0], parent);
  }

  @Override
  public void load(ClassBytecodes[] classes) throws ClassInstallException {
    boolean[] loaded = new boolean[classes.length];
    for (ClassBytecodes c : classes) {
      compiled.put(c.name(), c.bytecodes());
    }
    try {
      for (int i = 0; i < classes.length; i++) {
        // Resolve too, so that a class file the JVM rejects fails here.
        loadClass(classes[i].name()).getDeclaredMethods();
        loaded[i] = true;
      }
    } catch (ClassNotFoundException | LinkageError e) {
      throw new ClassInstallException(e.toString(), loaded);
    }
  }

  @Override
  public void classesRedefined(ClassBytecodes[] classes) {
    // JShell gives a changed snippet a class of a new name.
  }

  @Override
  public void addToClasspath(String classPath) throws InternalException {
    for (String entry : classPath.split(File.pathSeparator)) {
      try {
        addURL(Path.of(entry).toUri().toURL());
      } catch (MalformedURLException e) {
        throw new InternalException("not a class path entry: " + entry);
      }
    }
  }

  @Override
  public Class<?> findClass(String name) throws ClassNotFoundException {
    Class<?> known = findLoadedClass(name);
    if (known != null) {
      return known;
    }
    byte[] bytes = compiled.remove(name);
    if (bytes != null) {
      byte[] woven = StopCheckWeaver.weaveCell(bytes);
      return defineClass(name, woven, 0, woven.length);
    }
    if (name.startsWith(LIBRARY) && !name.startsWith(OWN_PACKAGE)) {
      return findLibraryClass(name);
    }
    return super.findClass(name);
  }

  private Class<?> findLibraryClass(String name) throws ClassNotFoundException {
    URL file = findResource(name.replace('.', '/') + ".class");
    if (file == null) {
      throw new ClassNotFoundException(name);
    }
    try {
      URLConnection connection = file.openConnection();
      URL origin =
          connection instanceof JarURLConnection jar ? jar.getJarFileURL() : directory(file, name);
      try (InputStream in = connection.getInputStream()) {
        byte[] woven = StopCheckWeaver.weaveLibrary(in.readAllBytes());
        CodeSource source = new CodeSource(origin, (CodeSigner[]) null);
        return defineClass(name, woven, 0, woven.length, source);
      }
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private static URL directory(URL file, String name) throws MalformedURLException {
    String text = file.toString();
    return Path.of(java.net.URI.create(text.substring(0, text.length() - name.length() - 6)))
        .toUri()
        .toURL();
  }
}
