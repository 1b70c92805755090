package condgen.display;

import java.io.PrintStream;

/** Prints text alternatives; a passing state is overwritten by means of a carriage return. */
final class ConsoleScreen implements Screen {
  private final PrintStream out;
  private int count;
  private String openId;
  private int openLength;

  ConsoleScreen(PrintStream out) {
    this.out = out;
  }

  @Override
  public synchronized String show(Picture picture) {
    String id = "console-" + ++count;
    endOpenLine();
    print(id, picture);
    return id;
  }

  @Override
  public synchronized void update(String id, Picture picture) {
    if (id.equals(openId)) {
      out.print('\r');
    } else {
      endOpenLine();
    }
    print(id, picture);
  }

  @Override
  public boolean isTextOnly() {
    return true;
  }

  private void print(String id, Picture picture) {
    String text = picture.alt();
    out.print(text);
    out.print(" ".repeat(Math.max(0, openLength - text.length())));
    if (picture.isOpen()) {
      openId = id;
      openLength = text.length();
    } else {
      out.println();
      openId = null;
      openLength = 0;
    }
    out.flush();
  }

  private void endOpenLine() {
    if (openId != null) {
      out.println();
      openId = null;
      openLength = 0;
    }
  }
}
