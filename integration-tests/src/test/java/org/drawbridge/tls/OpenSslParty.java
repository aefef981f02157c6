package org.drawbridge.tls;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drawbridge.sipunit.WireMessage;
import org.drawbridge.support.Await;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who speaks SIP over the TLS of openssl: {@code s_client} calls, {@code s_server} waits.
 */
public final class OpenSslParty implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final Pattern LENGTH = Pattern.compile("(?im)^Content-Length: *([0-9]+)");

  private final Process process;
  private final List<WireMessage> messages = new CopyOnWriteArrayList<>();

  private OpenSslParty(Process process) {
    this.process = process;
    Thread.ofVirtual().start(this::read);
  }

  /** Connects from an address of its own to a port of 127.0.0.1; with a certificate or without. */
  public static OpenSslParty client(
      Path log, String from, int port, @Nullable Path own, Path trusted) {
    List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-quiet"));
    command.addAll(List.of("-connect", "127.0.0.1:" + port, "-bind", from));
    command.addAll(List.of("-CAfile", trusted.toString()));
    if (own != null) {
      command.addAll(List.of("-cert", own.toString(), "-key", own.toString()));
    }
    return start(log, command);
  }

  /** Waits at an address for clients that the authority vouches for, and for no others. */
  public static OpenSslParty server(Path log, String address, int port, Path own, Path clients) {
    List<String> command = new ArrayList<>(List.of("openssl", "s_server", "-quiet"));
    command.addAll(List.of("-accept", address + ":" + port));
    command.addAll(List.of("-cert", own.toString(), "-key", own.toString()));
    command.addAll(List.of("-CAfile", clients.toString(), "-Verify", "3", "-verify_return_error"));
    return start(log, command);
  }

  private static OpenSslParty start(Path log, List<String> command) {
    try {
      return new OpenSslParty(new ProcessBuilder(command).redirectError(log.toFile()).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Cuts what comes into messages; for them only, the rest of the peer is openssl. */
  private void read() {
    try (InputStream in = new BufferedInputStream(process.getInputStream())) {
      StringBuilder head = new StringBuilder();
      for (int next = in.read(); next >= 0; next = in.read()) {
        head.append((char) next);
        if (head.toString().endsWith("\r\n\r\n")) {
          Matcher length = LENGTH.matcher(head);
          int bytes = length.find() ? Integer.parseInt(length.group(1)) : 0;
          head.append(new String(in.readNBytes(bytes), StandardCharsets.UTF_8));
          messages.add(new WireMessage(head.toString().stripLeading(), 0));
          head.setLength(0);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a message whose lines end as the text's do here; the body's length is filled in. */
  public void send(String head, String body) {
    String type = body.isEmpty() ? "" : "Content-Type: application/sdp\n";
    String text = head + type + "Content-Length: " + body.length() + "\n\n";
    try {
      byte[] bytes = (text.replace("\n", "\r\n") + body).getBytes(StandardCharsets.UTF_8);
      process.getOutputStream().write(bytes);
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers a request. */
  public void respond(WireMessage request, String status, String contact, String body) {
    StringBuilder head = new StringBuilder("SIP/2.0 " + status + "\n");
    for (String name : List.of("Via", "Record-Route", "From", "Call-ID", "CSeq")) {
      request.headers(name).forEach(value -> head.append(name + ": " + value + "\n"));
    }
    String to = request.header("To");
    head.append("To: " + to + (to.contains("tag=") ? "" : ";tag=openssl") + "\n");
    send(head + "Contact: <" + contact + ">\n", body);
  }

  /** The first request of a method. */
  public WireMessage awaitRequest(String method) {
    return await(method, message -> message.isRequest(method));
  }

  /** The first final response to a method. */
  public WireMessage awaitFinal(String method) {
    return await("final response to " + method, message -> message.isFinal(method));
  }

  private WireMessage await(String what, Predicate<WireMessage> wanted) {
    return Await.until(
            what, LIMIT, () -> messages.stream().filter(wanted).toList(), found -> !found.isEmpty())
        .getFirst();
  }

  /** Whether anything has come so far. */
  public boolean hasHeard() {
    return !messages.isEmpty();
  }

  /** Waits until it has ended, as it does when its peer turns it away. */
  public void awaitEnd() {
    try {
      if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("openssl still has its connection");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
