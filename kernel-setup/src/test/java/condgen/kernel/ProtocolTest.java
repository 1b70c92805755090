package condgen.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A kernel process over real sockets. The time limits only turn a hang into a failure. */
@Timeout(120)
class ProtocolTest {
  @TempDir private static Path directory;

  private static FrontEnd front;

  @BeforeAll
  static void start() throws Exception {
    front = new FrontEnd(directory, Map.of());
    // A subscription takes a moment to arrive: ask until something is published.
    front.reply(front.ask("kernel_info_request", Map.of()));
  }

  @AfterAll
  static void stop() {
    front.close();
  }

  private static String text(List<FrontEnd.Received> published, String stream) {
    return published.stream()
        .filter(m -> m.type().equals("stream"))
        .map(FrontEnd.Received::content)
        .filter(c -> c.get("name").getAsString().equals(stream))
        .map(c -> c.get("text").getAsString())
        .collect(Collectors.joining());
  }

  @Test
  void kernelInfo_saysWhatIjavaSays() {
    JsonObject info = front.reply(front.ask("kernel_info_request", Map.of()));
    assertEquals("ok", info.get("status").getAsString());
    assertEquals("5.3", info.get("protocol_version").getAsString());
    JsonObject language = info.getAsJsonObject("language_info");
    assertEquals("Java", language.get("name").getAsString());
    assertEquals(".jshell", language.get("file_extension").getAsString());
    assertEquals("text/x-java-source", language.get("mimetype").getAsString());
    assertEquals("java", language.get("codemirror_mode").getAsString());
  }

  @Test
  void execute_valueAndStreams_arePublishedBeforeIdle() {
    String request = front.execute("System.out.println(\"é\");\nSystem.err.print(\"e\");\n6 * 7");
    List<FrontEnd.Received> published = front.published(request);
    assertEquals("execute_input", published.get(0).type());
    assertEquals("é\n", text(published, "stdout"));
    assertEquals("e", text(published, "stderr"));
    FrontEnd.Received result = published.get(published.size() - 1);
    assertEquals("execute_result", result.type());
    assertEquals("42", result.content().getAsJsonObject("data").get("text/plain").getAsString());
    assertEquals("ok", front.reply(request).get("status").getAsString());
  }

  @Test
  void execute_flood_arrivesWholeInFewMessages() {
    int lines = 100_000;
    String request = front.execute("for (int i = 0; i < 100_000; i++) System.out.println(i);");
    List<FrontEnd.Received> published = front.published(request);
    String expected =
        IntStream.range(0, lines).mapToObj(i -> i + "\n").collect(Collectors.joining());
    assertEquals(expected, text(published, "stdout"));
    // 589 kB at 64 kB each make 9; leave room for those that go out half full.
    assertTrue(published.size() < 200, published.size() + " messages");
    front.reply(request);
  }

  @Test
  void updateDisplay_fromAnotherThread_hasTheSameId() {
    String request =
        front.execute(
            """
            String shown = display("0");
            Thread later = new Thread(() -> updateDisplay(shown, "1"));
            later.start();
            later.join();""");
    List<FrontEnd.Received> published = front.published(request);
    assertEquals("display_data", published.get(1).type());
    assertEquals("update_display_data", published.get(2).type());
    assertEquals(
        published.get(1).content().getAsJsonObject("transient"),
        published.get(2).content().getAsJsonObject("transient"));
    front.reply(request);
  }

  @Test
  void display_whatJsonCannotHold_isReportedAndTheNextCellRuns() {
    String bad =
        front.execute(
            """
            var picture = new io.github.spencerpark.jupyter.kernel.display.DisplayData("p");
            picture.putMetaData("scale", Double.NaN);
            display(picture);
            System.out.println("goes on");""");
    List<FrontEnd.Received> published = front.published(bad);
    String complaint = text(published, "stderr");
    assertTrue(complaint.startsWith("[Not shown: a display_data message"), complaint);
    assertTrue(complaint.contains("NaN"), complaint);
    assertEquals("goes on\n", text(published, "stdout"));
    assertEquals("ok", front.reply(bad).get("status").getAsString());
    assertEquals("ok", front.reply(front.execute("1 + 1")).get("status").getAsString());
  }

  @Test
  void execute_error_refusesWhatWasQueuedBehindIt() {
    String failing = front.execute("Thread.sleep(300);\nint[] none = new int[0];\nnone[1]");
    String queued = front.execute("1 + 1");
    JsonObject error = front.reply(failing);
    assertEquals("error", error.get("status").getAsString());
    assertEquals("ArrayIndexOutOfBoundsException", error.get("ename").getAsString());
    assertEquals("aborted", front.reply(queued).get("status").getAsString());
    String next = front.execute("1 + 1");
    assertEquals("ok", front.reply(next).get("status").getAsString());
  }

  @Test
  void interrupt_busyLoop_endsItAndKeepsVariables() {
    front.reply(front.execute("int kept = 41;"));
    String busy = front.execute("System.out.println(\"runs\"); while (true) kept = 41;");
    while (!front.published().type().equals("stream")) {
      continue;
    }
    JsonObject reply = front.controlReply(front.control("interrupt_request", Map.of()));
    assertEquals("ok", reply.get("status").getAsString());
    assertEquals("Interrupted", front.reply(busy).get("ename").getAsString());
    String after = front.execute("kept + 1");
    assertTrue(front.published(after).get(1).content().toString().contains("42"));
    front.reply(after);
  }

  @Test
  void history_isAnsweredAsLists() {
    front.reply(front.execute("int remembered = 5;"));
    JsonObject reply =
        front.reply(
            front.ask(
                "history_request",
                Map.of(
                    "hist_access_type",
                    "search",
                    "pattern",
                    "*remembered*",
                    "n",
                    3,
                    "output",
                    false,
                    "raw",
                    true)));
    assertEquals(
        "int remembered = 5;",
        reply.getAsJsonArray("history").get(0).getAsJsonArray().get(2).getAsString());
  }

  @Test
  void completeInspectAndIsComplete_areAnswered() {
    JsonObject complete =
        front.reply(front.ask("complete_request", Map.of("code", "Math.ma", "cursor_pos", 7)));
    assertEquals("max(", complete.getAsJsonArray("matches").get(0).getAsString());
    JsonObject inspect =
        front.reply(
            front.ask(
                "inspect_request", Map.of("code", "Math.max", "cursor_pos", 8, "detail_level", 0)));
    assertTrue(inspect.get("found").getAsBoolean());
    JsonObject whole = front.reply(front.ask("is_complete_request", Map.of("code", "int a = (")));
    assertEquals("incomplete", whole.get("status").getAsString());
  }

  @Test
  void shutdown_isAnsweredAndEndsTheProcess(@TempDir Path own) throws Exception {
    try (FrontEnd other = new FrontEnd(own, Map.of())) {
      String busy = other.execute("while (true);");
      assertFalse(busy.isEmpty());
      JsonObject reply =
          other.controlReply(other.control("shutdown_request", Map.of("restart", false)));
      assertFalse(reply.get("restart").getAsBoolean());
      assertTrue(other.process.waitFor(60, TimeUnit.SECONDS));
      assertEquals(0, other.process.exitValue());
    }
  }

  @Test
  void parent_killed_takesTheKernelWithIt(@TempDir Path own) throws Exception {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                FrontEnd.kernelClassPath(),
                Sleeper.class.getName())
            .start();
    try (FrontEnd other =
        new FrontEnd(own, Map.of("JPY_PARENT_PID", String.valueOf(parent.pid())))) {
      other.reply(other.ask("kernel_info_request", Map.of()));
      assertTrue(other.process.isAlive());
      parent.destroyForcibly();
      assertTrue(other.process.waitFor(60, TimeUnit.SECONDS));
    } finally {
      parent.destroyForcibly();
    }
  }

  /** A process that does nothing for a long time. */
  static final class Sleeper {
    private Sleeper() {}

    public static void main(String[] arguments) throws InterruptedException {
      Thread.sleep(TimeUnit.MINUTES.toMillis(5));
    }
  }
}
