package condgen.kernel;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The one thread on which all cells run for the kernel's life. Native engines keep state per
 * thread, so it is replaced only when a stop had to be forced.
 *
 * <p>A stop goes up in steps. At once: {@link StopCheck} throws in the next loop of the cell, and
 * {@link Thread#interrupt()} wakes what sleeps and tells libraries to end between two steps. After
 * 0.75 s: loops of the {@code condgen} library throw too, except while parameters are updated.
 * After 1.5 s, where the JDK still can: {@link Thread}'s {@code stop}, held off while the thread
 * writes to the front end and left out while it updates parameters. After 2 s: the thread is left
 * behind in whatever call does not return, and ends at the next check after that.
 */
final class CellThread {
  private static final long FORCE_AFTER_MS = 1500;
  private static final long ABANDON_AFTER_MS = 500;
  private static final long CHILDREN_MAY_TAKE_MS = 2000;

  private final ClassLoader contextLoader;
  private final ThreadGroup group = new CellThreads();
  private volatile Object outputLock = new Object();
  private volatile Worker worker;

  CellThread(ClassLoader contextLoader) {
    this.contextLoader = contextLoader;
    this.worker = new Worker();
  }

  /** The monitor that a forced stop must hold, so that no half message is left behind. */
  void protect(Object lock) {
    outputLock = lock;
  }

  /**
   * Runs {@code work} on the cell thread and waits for it; directly when already on it.
   *
   * @throws CellInterrupted if the run was asked to stop before or while it worked
   * @throws Abandoned if the thread did not stop when asked
   */
  <T> T call(CellRun run, Callable<T> work) throws Exception {
    Worker current = worker;
    if (Thread.currentThread() == current.thread) {
      return work.call();
    }
    if (run.isStopping()) {
      throw new CellInterrupted();
    }
    Task<T> task = new Task<>(run, work, new CompletableFuture<>());
    Timing timing = Timing.start();
    current.tasks.add(task);
    try {
      return task.result.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception exception) {
        throw exception;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e; // A throwable of neither kind, kept as the cause.
    } finally {
      run.spend(timing);
    }
  }

  /** Asks {@code run} to stop and returns at once; the steps above follow from another thread. */
  void stop(CellRun run, String reason) {
    if (run.isStopping()) {
      return;
    }
    run.askToStop(reason);
    StopCheck.arm(run);
    Worker target = worker;
    target.interrupt(run);
    Thread steps = new Thread(() -> escalate(run, target), "stop-cell");
    steps.setDaemon(true);
    steps.start();
  }

  /** Lets the thread end once it has nothing to do. */
  void close() {
    worker.close();
  }

  private void escalate(CellRun run, Worker target) {
    try {
      boolean ended = run.endsWithin(FORCE_AFTER_MS);
      if (!ended) {
        target.force(run);
        ended = run.endsWithin(ABANDON_AFTER_MS);
      }
      if (!ended) {
        target.abandon(run);
        target.thread.join();
      } else if (target.replaced) {
        target.thread.join();
      } else {
        Thread.sleep(CHILDREN_MAY_TAKE_MS);
      }
      StopCheck.disarm(run);
    } catch (InterruptedException e) {
      StopCheck.disarm(run);
    }
  }

  /** The thread went on after every attempt to stop it. */
  static final class Abandoned extends Exception {
    private static final long serialVersionUID = 1L;

    private Abandoned(StackTraceElement[] where) {
      super(where.length == 0 ? "a native call" : where[0].toString());
    }
  }

  private record Task<T>(CellRun run, Callable<T> work, CompletableFuture<T> result) {
    void execute() {
      try {
        result.complete(work.call());
      } catch (Throwable e) {
        // Whatever a stopped cell ends with, it ends because it was stopped.
        result.completeExceptionally(run.isStopping() ? new CellInterrupted() : e);
      }
    }
  }

  /** The cell thread and the threads that cells start: a stopped one ends without a word. */
  private static final class CellThreads extends ThreadGroup {
    private CellThreads() {
      super("cells");
    }

    @Override
    public void uncaughtException(Thread t, Throwable e) {
      if (!(e instanceof CellInterrupted)) {
        super.uncaughtException(t, e);
      }
    }
  }

  private final class Worker implements Runnable {
    private final BlockingQueue<Task<?>> tasks = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(group, this, "cells");
    private volatile boolean replaced;
    private Task<?> current;

    private Worker() {
      thread.setDaemon(true);
      thread.setContextClassLoader(contextLoader);
      thread.start();
    }

    @Override
    public void run() {
      while (!replaced) {
        try {
          Task<?> task = tasks.take();
          begin(task);
          task.execute();
        } catch (InterruptedException e) {
          continue; // An interrupt that came after the cell had ended.
        } finally {
          begin(null);
        }
      }
    }

    private synchronized void begin(Task<?> task) {
      Thread.interrupted();
      current = task;
      StopCheck.workFor(task == null ? null : task.run);
      if (task != null && task.run.isStopping()) {
        thread.interrupt();
      }
    }

    private synchronized void close() {
      replaced = true;
      if (current == null) {
        thread.interrupt();
      }
    }

    private synchronized void interrupt(CellRun run) {
      if (current != null && current.run == run) {
        thread.interrupt();
      }
    }

    private void force(CellRun run) {
      interrupt(run);
      synchronized (outputLock) {
        synchronized (this) {
          if (current != null
              && current.run == run
              && !StopCheck.insideWhole(thread)
              && ThreadStop.attempt(thread)) {
            replace();
          }
        }
      }
    }

    private synchronized void abandon(CellRun run) {
      if (current != null && current.run == run) {
        if (!replaced) {
          replace();
        }
        current.result.completeExceptionally(new Abandoned(thread.getStackTrace()));
      }
    }

    private void replace() {
      replaced = true;
      worker = new Worker();
    }
  }
}
