package condgen.download;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web server on the loopback interface whose misbehaviour the tests choose. */
final class LoopbackServer implements AutoCloseable {
  /** Answers one request. */
  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  final List<String> requests = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  LoopbackServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  /** Serves a path; each request is recorded as "/path" or "/path RANGE". */
  URI serve(String path, Answer answer) {
    server.createContext(
        path,
        exchange -> {
          String range = exchange.getRequestHeaders().getFirst("Range");
          requests.add(range == null ? path : path + " " + range);
          try {
            answer.to(exchange);
          } finally {
            exchange.close();
          }
        });
    return URI.create(
        "http://"
            + server.getAddress().getAddress().getHostAddress()
            + ":"
            + server.getAddress().getPort()
            + path);
  }

  /** The whole content, or the rest of it when asked. */
  static Answer file(byte[] content) {
    return exchange -> {
      String range = exchange.getRequestHeaders().getFirst("Range");
      if (range == null) {
        send(exchange, 200, content);
      } else {
        int start = Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
        continueAt(exchange, content, start, content.length);
      }
    };
  }

  static void continueAt(HttpExchange exchange, byte[] content, int start, int total)
      throws IOException {
    exchange
        .getResponseHeaders()
        .add("Content-Range", "bytes " + start + "-" + (content.length - 1) + "/" + total);
    send(exchange, 206, Arrays.copyOfRange(content, start, content.length));
  }

  /** A status with a body. */
  static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  static Answer status(int status) {
    return exchange -> send(exchange, status, new byte[0]);
  }

  /** Promises all and sends only the first bytes. */
  static Answer brokenAfter(byte[] content, int bytes) {
    return exchange -> {
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(content, 0, bytes);
      exchange.getResponseBody().flush();
    };
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
