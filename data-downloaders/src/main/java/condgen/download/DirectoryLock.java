package condgen.download;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** Lets one fetch at a time work in a directory, among threads and among processes. */
final class DirectoryLock implements AutoCloseable {
  private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

  private final ReentrantLock thread;
  private final FileChannel channel;

  private DirectoryLock(ReentrantLock thread, FileChannel channel) {
    this.thread = thread;
    this.channel = channel;
  }

  /**
   * Waits for the lock.
   *
   * @param directory an existing directory; the lock is its file {@code .lock}, which stays
   * @param listener told when somebody else holds it
   */
  static DirectoryLock acquire(Path directory, FetchListener listener)
      throws IOException, InterruptedException {
    Path file = directory.toRealPath().resolve(".lock");
    ReentrantLock thread = THREADS.computeIfAbsent(file, f -> new ReentrantLock());
    String waiting = "another fetch works in " + directory + "; waiting for it";
    if (!thread.tryLock()) {
      listener.note(waiting);
      thread.lockInterruptibly();
    }
    FileChannel channel = null;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        listener.note(waiting);
        channel.lock();
      }
      return new DirectoryLock(thread, channel);
    } catch (IOException | RuntimeException e) {
      thread.unlock();
      if (channel != null) {
        channel.close();
      }
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      thread.unlock();
    }
  }
}
