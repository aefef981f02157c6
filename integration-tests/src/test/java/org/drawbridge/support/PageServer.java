package org.drawbridge.support;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Serves the test page on localhost, which browsers take for a secure context and so give a
 * microphone. It stands for the web server of somebody who integrates JsSIP.
 */
public final class PageServer implements AutoCloseable {

  private final HttpServer server;

  private PageServer(HttpServer server) {
    this.server = server;
  }

  /** Starts on a free loopback port. */
  public static PageServer start() {
    try {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      HttpServer server = HttpServer.create(address, 0);
      server.createContext("/", PageServer::serve);
      server.start();
      return new PageServer(server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Address of the test page. */
  public String url() {
    return "http://localhost:" + server.getAddress().getPort() + "/";
  }

  private static void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String name = path.equals("/") ? "index.html" : path.substring(1);
    byte[] body = content(name);
    exchange.getResponseHeaders().set("Content-Type", type(name));
    exchange.sendResponseHeaders(body == null ? 404 : 200, body == null ? -1 : body.length);
    if (body != null) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private static byte @Nullable [] content(String name) throws IOException {
    if (name.equals("jssip.js")) {
      return Files.readAllBytes(jssip());
    }
    try (InputStream in = PageServer.class.getResourceAsStream("/browser/" + name)) {
      return in == null ? null : in.readAllBytes();
    }
  }

  private static Path jssip() {
    Path file = Repository.root().resolve("web/dist/jssip.js");
    if (!Files.exists(file)) {
      throw new IllegalStateException(
          "web/dist is missing; run: cd web && npm ci && npm run build");
    }
    return file;
  }

  private static String type(String name) {
    return name.endsWith(".js") ? "text/javascript" : "text/html";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
