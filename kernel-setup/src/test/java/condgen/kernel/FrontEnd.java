package condgen.kernel;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/**
 * A front end for tests: starts a kernel process and speaks Jupyter's protocol with it over real
 * sockets. Written against the protocol's description, not with the kernel's own classes.
 */
final class FrontEnd implements AutoCloseable {
  private static final int PATIENCE_MS = 60_000;
  private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);
  private static final Gson GSON = new Gson();

  /** A message: its type, the id of the request it answers, its content. */
  record Received(String type, String parent, JsonObject content) {}

  final Process process;
  private final String key = UUID.randomUUID().toString();
  private final ZMQ.Context context = ZMQ.context(1);
  private final ZMQ.Socket shell;
  private final ZMQ.Socket control;
  private final ZMQ.Socket iopub;

  FrontEnd(Path directory, Map<String, String> environment) throws IOException {
    Map<String, Integer> ports = freePorts();
    JsonObject connection = GSON.toJsonTree(ports).getAsJsonObject();
    connection.addProperty("ip", "127.0.0.1");
    connection.addProperty("transport", "tcp");
    connection.addProperty("signature_scheme", "hmac-sha256");
    connection.addProperty("key", key);
    Path file = directory.resolve("connection.json");
    Files.writeString(file, connection.toString());
    process = start(file, environment);
    shell = socket(SocketType.DEALER, ports.get("shell_port"));
    control = socket(SocketType.DEALER, ports.get("control_port"));
    iopub = socket(SocketType.SUB, ports.get("iopub_port"));
    iopub.subscribe(ZMQ.SUBSCRIPTION_ALL);
  }

  private static Process start(Path connection, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-Djava.awt.headless=true",
            "-cp",
            kernelClassPath(),
            Launcher.class.getName(),
            connection.toString());
    builder.environment().remove("JPY_PARENT_PID");
    builder.environment().putAll(environment);
    return builder.inheritIO().start();
  }

  /** The test's class path without the toolkit, which the protocol does not need. */
  static String kernelClassPath() {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> entries = new ArrayList<>();
    for (String entry : all.split(File.pathSeparator)) {
      String name = Path.of(entry).getFileName().toString();
      if (Files.isDirectory(Path.of(entry)) && entry.contains("kernel-setup")
          || name.matches("(jupyter-jvm-basekernel|jeromq|jnacl|gson|picocli|asm)-[\\d.]+\\.jar")) {
        entries.add(entry);
      }
    }
    return String.join(File.pathSeparator, entries);
  }

  private static Map<String, Integer> freePorts() throws IOException {
    List<ServerSocket> held = new ArrayList<>();
    try {
      Map<String, Integer> ports = new java.util.LinkedHashMap<>();
      for (String name : List.of("shell", "control", "iopub", "stdin", "hb")) {
        ServerSocket socket = new ServerSocket(0);
        held.add(socket);
        ports.put(name + "_port", socket.getLocalPort());
      }
      return ports;
    } finally {
      for (ServerSocket socket : held) {
        socket.close();
      }
    }
  }

  private ZMQ.Socket socket(SocketType type, int port) {
    ZMQ.Socket socket = context.socket(type);
    socket.setLinger(0);
    socket.setReceiveTimeOut(PATIENCE_MS);
    socket.connect("tcp://127.0.0.1:" + port);
    return socket;
  }

  /** Sends a request on the shell channel and returns its id. */
  String ask(String type, Map<String, ?> content) {
    return send(shell, type, content);
  }

  /** Sends a request on the control channel and returns its id. */
  String control(String type, Map<String, ?> content) {
    return send(control, type, content);
  }

  String execute(String code) {
    return ask(
        "execute_request",
        Map.of(
            "code",
            code,
            "silent",
            false,
            "store_history",
            true,
            "user_expressions",
            Map.of(),
            "allow_stdin",
            false,
            "stop_on_error",
            true));
  }

  private String send(ZMQ.Socket socket, String type, Map<String, ?> content) {
    String id = UUID.randomUUID().toString();
    Map<String, String> header =
        Map.of(
            "msg_id",
            id,
            "username",
            "test",
            "session",
            "s",
            "date",
            "2026-01-01T00:00:00.000000Z",
            "msg_type",
            type,
            "version",
            "5.3");
    String[] parts = {GSON.toJson(header), "{}", "{}", GSON.toJson(content)};
    socket.sendMore(DELIMITER);
    socket.sendMore(sign(parts));
    for (int i = 0; i < 3; i++) {
      socket.sendMore(parts[i].getBytes(StandardCharsets.UTF_8));
    }
    socket.send(parts[3].getBytes(StandardCharsets.UTF_8));
    return id;
  }

  private String sign(String... parts) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
      for (String part : parts) {
        mac.update(part.getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(mac.doFinal());
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Received receive(ZMQ.Socket socket) {
    byte[] part = socket.recv();
    while (part != null && !java.util.Arrays.equals(part, DELIMITER)) {
      part = socket.recv();
    }
    if (part == null) {
      throw new AssertionError("no message within " + PATIENCE_MS + " ms");
    }
    String signature = socket.recvStr();
    String[] parts = new String[4];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = new String(socket.recv(), StandardCharsets.UTF_8);
    }
    if (!signature.equals(sign(parts))) {
      throw new AssertionError("wrong signature");
    }
    JsonObject parent = JsonParser.parseString(parts[1]).getAsJsonObject();
    return new Received(
        JsonParser.parseString(parts[0]).getAsJsonObject().get("msg_type").getAsString(),
        parent.has("msg_id") ? parent.get("msg_id").getAsString() : "",
        JsonParser.parseString(parts[3]).getAsJsonObject());
  }

  /** Waits for the reply to {@code request} on the shell channel. */
  JsonObject reply(String request) {
    return reply(shell, request);
  }

  /** Waits for the reply to {@code request} on the control channel. */
  JsonObject controlReply(String request) {
    return reply(control, request);
  }

  private JsonObject reply(ZMQ.Socket socket, String request) {
    while (true) {
      Received message = receive(socket);
      if (message.parent().equals(request)) {
        return message.content();
      }
    }
  }

  /** The next message on iopub, of whatever request. */
  Received published() {
    return receive(iopub);
  }

  /** What is published for {@code request} until the kernel is idle again, states left out. */
  List<Received> published(String request) {
    List<Received> list = new ArrayList<>();
    while (true) {
      Received message = receive(iopub);
      if (!message.parent().equals(request)) {
        continue;
      }
      if (!message.type().equals("status")) {
        list.add(message);
      } else if (message.content().get("execution_state").getAsString().equals("idle")) {
        return list;
      }
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    List.of(shell, control, iopub).forEach(ZMQ.Socket::close);
    context.close();
  }
}
