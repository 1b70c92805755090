package condgen.data;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Replaces a file so that at any moment, even after a loss of power, the old or the new is there.
 */
public final class AtomicFile {

  private AtomicFile() {}

  /** What a file shall hold, for one that is too long to lie in memory at once. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a temporary file beside it, waits until the disk has it, and renames it.
   *
   * @param file in a directory that is made if it is not there
   * @throws IOException if the disk refuses; the old file is then still there
   */
  public static void write(Path file, byte[] bytes) throws IOException {
    write(file, out -> out.write(bytes));
  }

  /** The same for a content that is written piece by piece. */
  public static void write(Path file, Content content) throws IOException {
    Path target = file.toAbsolutePath();
    Path directory = Files.createDirectories(target.getParent());
    String name = "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".part";
    Path temporary = directory.resolve(name);
    // An interrupt would close a channel half way; it counts again when the file is whole.
    boolean interrupted = Thread.interrupted();
    try {
      try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
        OutputStream buffered = new BufferedOutputStream(out, 1 << 16);
        content.writeTo(buffered);
        buffered.flush();
        out.getFD().sync();
      }
      move(temporary, target);
      syncDirectory(directory);
    } finally {
      Files.deleteIfExists(temporary);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Makes the new name last; systems that cannot open a directory do so by themselves. */
  private static void syncDirectory(Path directory) {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      return;
    }
  }
}
