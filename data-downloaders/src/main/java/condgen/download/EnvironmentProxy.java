package condgen.download;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The proxy that the variables {@code https_proxy}, {@code http_proxy}, {@code all_proxy} and
 * {@code no_proxy} name, in small letters or capitals. This machine itself is always asked without.
 */
final class EnvironmentProxy extends ProxySelector {
  private static final List<String> HERE = List.of("localhost", "127.0.0.1", "[::1]");

  private final UnaryOperator<String> environment;

  /**
   * @param environment the value of an environment variable, or null
   */
  EnvironmentProxy(UnaryOperator<String> environment) {
    this.environment = environment;
  }

  /** What the JVM was told by {@code https.proxyHost}, or else the environment. */
  static ProxySelector standard() {
    boolean told =
        System.getProperty("https.proxyHost") != null
            || System.getProperty("http.proxyHost") != null;
    return told ? ProxySelector.getDefault() : new EnvironmentProxy(System::getenv);
  }

  /** The address of a proxy in a variable's value; empty when it cannot be used. */
  static Optional<InetSocketAddress> address(String value) {
    try {
      URI proxy = URI.create(value.contains("://") ? value : "http://" + value);
      int port = proxy.getPort() < 0 ? 80 : proxy.getPort();
      return proxy.getHost() == null || !"http".equalsIgnoreCase(proxy.getScheme())
          ? Optional.empty()
          : Optional.of(InetSocketAddress.createUnresolved(proxy.getHost(), port));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The name of the variable that holds for addresses of this scheme, when one is set. */
  Optional<String> variable(String scheme) {
    return List.of(scheme + "_proxy", "all_proxy").stream()
        .flatMap(name -> List.of(name, name.toUpperCase(Locale.ROOT)).stream())
        .filter(name -> !value(name).isEmpty())
        .findFirst();
  }

  private String value(String name) {
    String value = environment.apply(name);
    return value == null ? "" : value.trim();
  }

  @Override
  public List<Proxy> select(URI url) {
    String scheme = url.getScheme().toLowerCase(Locale.ROOT);
    Optional<InetSocketAddress> proxy = variable(scheme).flatMap(name -> address(value(name)));
    if (proxy.isEmpty() || url.getHost() == null || isDirect(url.getHost())) {
      return List.of(Proxy.NO_PROXY);
    }
    InetSocketAddress known = proxy.get();
    return List.of(
        new Proxy(Proxy.Type.HTTP, new InetSocketAddress(known.getHostString(), known.getPort())));
  }

  private boolean isDirect(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (HERE.contains(name)) {
      return true;
    }
    String exceptions = value("no_proxy").isEmpty() ? value("NO_PROXY") : value("no_proxy");
    for (String entry : exceptions.toLowerCase(Locale.ROOT).split("[,\\s]+")) {
      String domain = entry.replaceFirst("^\\*?\\.", "").replaceFirst(":\\d+$", "");
      if (entry.equals("*")
          || (!domain.isEmpty() && (name.equals(domain) || name.endsWith("." + domain)))) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void connectFailed(URI url, SocketAddress proxy, IOException reason) {
    // The failed request itself tells the user.
  }
}
