package condgen.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** Hands rows to worker processes, one at a time each. */
final class Workers {

  private final Class<? extends Measurement> type;
  private final Path cards;
  private final int count;

  Workers(Class<? extends Measurement> type, Path cards, int count) {
    this.type = type;
    this.cards = cards;
    this.count = count;
  }

  /** Threads of each worker: the cores, or what the user pinned, divided among them. */
  static int threads(String pinned, int processors, int workers) {
    int all = pinned == null || pinned.isBlank() ? processors : Integer.parseInt(pinned.strip());
    return Math.max(1, all / workers);
  }

  /**
   * Computes rows and hands each to {@code done}, on this thread, as it becomes known.
   *
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  void compute(List<Setting> settings, Consumer<AblationRow> done) {
    if (settings.isEmpty()) {
      return;
    }
    int used = Math.min(count, settings.size());
    int threads =
        threads(System.getenv("CONDGEN_THREADS"), Runtime.getRuntime().availableProcessors(), used);
    WorkerProcess.Command command = WorkerProcess.command(type, cards, threads);
    ConcurrentLinkedQueue<Setting> open = new ConcurrentLinkedQueue<>(settings);
    BlockingQueue<AblationRow> known = new LinkedBlockingQueue<>();
    List<WorkerProcess> processes = new ArrayList<>();
    try {
      for (int i = 0; i < used; i++) {
        WorkerProcess process = new WorkerProcess(command);
        processes.add(process);
        Thread thread = new Thread(() -> feed(process, open, known), "ablation worker " + i);
        thread.setDaemon(true);
        thread.start();
      }
      for (int i = 0; i < settings.size(); i++) {
        done.accept(known.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      Setting next = open.isEmpty() ? settings.get(settings.size() - 1) : open.peek();
      throw RowCards.cancelled(next);
    } finally {
      processes.forEach(WorkerProcess::close);
    }
  }

  private static void feed(
      WorkerProcess process,
      ConcurrentLinkedQueue<Setting> open,
      BlockingQueue<AblationRow> known) {
    for (Setting next = open.poll(); next != null; next = open.poll()) {
      AblationRow row;
      try {
        row = process.compute(next);
      } catch (RuntimeException | Error e) {
        // Nobody else waits for this thread's rows: without an answer the run would never end.
        row = AblationRow.failed(next, e.toString());
      }
      known.add(row);
    }
  }
}
