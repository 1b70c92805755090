package condgen.kernel;

import io.github.spencerpark.jupyter.channels.IOPubChannel;
import io.github.spencerpark.jupyter.messages.HMACGenerator;
import io.github.spencerpark.jupyter.messages.Header;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageContext;
import io.github.spencerpark.jupyter.messages.publish.PublishStream;
import io.github.spencerpark.jupyter.messages.publish.PublishStream.StreamType;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.zeromq.ZMQ;

/**
 * Everything on its way to the front end, in order, sent by one thread of its own. A cell that is
 * interrupted in the middle of a print can therefore not break the connection.
 *
 * <p>Text is gathered: the first piece goes out almost at once, what follows within 50 ms goes out
 * together, at most 64 kB at a time. A cell that prints faster than the queue empties waits, so
 * memory stays bounded; beyond {@value #LIMIT} characters a cell's text is cut, with a note.
 */
final class IopubQueue extends IOPubChannel {
  /** Characters of text that one cell may print. */
  static final int LIMIT = 20_000_000;

  private static final int CHUNK = 64 * 1024;
  private static final int ROOM = 8 * CHUNK;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  // The process's own: this thread must not wait for room in its own queue.
  private final PrintStream processErrors = System.err;
  private final Object lock = new Object();
  private final ArrayDeque<Object> queue = new ArrayDeque<>();
  private int waitingCharacters;
  private boolean sending;
  private int flushing;
  private MessageContext limited;
  private long printed;
  private long textSentAt = System.nanoTime() - PAUSE_NANOS;

  private record Text(
      MessageContext context, StreamType stream, StringBuilder characters, long since) {}

  IopubQueue(ZMQ.Context context, HMACGenerator hmac) {
    super(context, hmac);
    Thread sender = new Thread(this::sendAll, "iopub");
    sender.setDaemon(true);
    sender.start();
  }

  /** The monitor that guards the queue; never held while something is sent. */
  Object lock() {
    return lock;
  }

  @Override
  public void sendMessage(Message<?> message) {
    synchronized (lock) {
      queue.add(message);
      lock.notifyAll();
    }
  }

  /** Sends {@code text} as output of the request {@code context}; may wait while much is queued. */
  void text(MessageContext context, StreamType stream, String text) {
    for (int from = 0; from < text.length(); from += CHUNK) {
      piece(context, stream, text.substring(from, Math.min(text.length(), from + CHUNK)));
    }
  }

  private void piece(MessageContext context, StreamType stream, String text) {
    synchronized (lock) {
      String allowed = withinLimit(context, text);
      if (allowed.isEmpty()) {
        return;
      }
      awaitRoom();
      if (queue.peekLast() instanceof Text last
          && last.context == context
          && last.stream == stream
          && last.characters.length() + allowed.length() <= CHUNK) {
        last.characters.append(allowed);
      } else {
        queue.add(new Text(context, stream, new StringBuilder(allowed), System.nanoTime()));
      }
      waitingCharacters += allowed.length();
      lock.notifyAll();
    }
  }

  private String withinLimit(MessageContext context, String text) {
    if (context != limited) {
      limited = context;
      printed = 0;
    }
    long before = printed;
    printed += text.length();
    if (before > LIMIT) {
      return "";
    }
    if (printed <= LIMIT) {
      return text;
    }
    return String.format(
        Locale.ROOT, "%n[This cell has printed %,d characters; the rest is not shown.]%n", LIMIT);
  }

  /** Waits although the thread may be interrupted: an interrupted cell must not flood either. */
  private void awaitRoom() {
    boolean interrupted = false;
    while (waitingCharacters > ROOM) {
      try {
        lock.wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until all that was queued before has been handed to the socket. */
  void flush() {
    synchronized (lock) {
      flushing++;
      lock.notifyAll();
      try {
        while (!queue.isEmpty() || sending) {
          lock.wait();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        flushing--;
      }
    }
  }

  private void sendAll() {
    try {
      while (true) {
        Message<?> next = next();
        try {
          send(next);
        } finally {
          synchronized (lock) {
            sending = false;
            lock.notifyAll();
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A message that JSON cannot hold, such as one with a NaN, is replaced by a word about it. */
  private void send(Message<?> message) {
    try {
      super.sendMessage(message);
    } catch (RuntimeException | StackOverflowError refused) {
      String type = message.getHeader().getType().getName();
      String text =
          String.format(
              Locale.ROOT, "[Not shown: a %s message could not be sent: %s]%n", type, refused);
      processErrors.print(text);
      if (message.hasParentHeader()) {
        sendNote(message, text);
      }
    }
  }

  private void sendNote(Message<?> about, String text) {
    try {
      super.sendMessage(
          new Message<>(
              about.getIdentities(),
              new Header<>(about, PublishStream.MESSAGE_TYPE),
              about.getParentHeader(),
              null,
              new PublishStream(StreamType.ERR, text),
              null));
    } catch (RuntimeException refused) {
      processErrors.println("condgen kernel: the connection refuses messages: " + refused);
    }
  }

  private Message<?> next() throws InterruptedException {
    synchronized (lock) {
      while (true) {
        Object head = queue.peek();
        if (head == null) {
          lock.wait();
        } else if (head instanceof Text text && mayGrow(text)) {
          long now = System.nanoTime();
          long rest = Math.max(PAUSE_NANOS + textSentAt - now, GATHER_NANOS + text.since - now);
          if (rest <= 0) {
            return take();
          }
          TimeUnit.NANOSECONDS.timedWait(lock, rest + 500_000);
        } else {
          return take();
        }
      }
    }
  }

  private boolean mayGrow(Text text) {
    return queue.size() == 1 && flushing == 0 && text.characters.length() < CHUNK / 2;
  }

  private Message<?> take() {
    sending = true;
    Object head = queue.poll();
    if (!(head instanceof Text text)) {
      return (Message<?>) head;
    }
    waitingCharacters -= text.characters.length();
    textSentAt = System.nanoTime();
    lock.notifyAll();
    return new Message<>(
        text.context,
        PublishStream.MESSAGE_TYPE,
        new PublishStream(text.stream, text.characters.toString()));
  }
}
