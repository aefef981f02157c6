package org.drawbridge.unruly;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drawbridge.sipunit.WireMessage;

/** A TCP connection to the SBC that may be cut and made anew. */
final class TcpLine implements Line {

  private static final Pattern LENGTH =
      Pattern.compile("(?i)(?:Content-Length|l)[ \t]*:[ \t]*(\\d+)");
  private static final String END_OF_HEAD = "\r\n\r\n";

  private final InetAddress local;
  private final InetSocketAddress sbc;
  private Consumer<WireMessage> hears = _ -> {};
  private volatile Socket socket = new Socket();
  private volatile boolean closed;

  /** One from an address; it connects when it is started. */
  TcpLine(InetAddress local, InetSocketAddress sbc) {
    this.local = local;
    this.sbc = sbc;
  }

  @Override
  public void start(Consumer<WireMessage> whoHears) {
    hears = whoHears;
    reconnect();
  }

  /** Cuts the connection, without a word, if it is not cut already. */
  void cut() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Connects anew, from another port; not once it is closed. */
  void reconnect() {
    if (closed) {
      return;
    }
    Socket fresh = new Socket();
    try {
      fresh.bind(new InetSocketAddress(local, 0));
      fresh.connect(sbc);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    socket = fresh;
    if (closed) {
      cut();
    }
    Thread.ofVirtual().start(() -> read(fresh));
  }

  private void read(Socket from) {
    try (InputStream in = new BufferedInputStream(from.getInputStream())) {
      StringBuilder head = new StringBuilder();
      for (int next = in.read(); next >= 0; next = in.read()) {
        head.append((char) next);
        if (head.indexOf(END_OF_HEAD, head.length() - END_OF_HEAD.length()) > 0) {
          byte[] body = in.readNBytes(length(head));
          String text = head + new String(body, StandardCharsets.UTF_8);
          hears.accept(new WireMessage(text.stripLeading(), 0));
          head.setLength(0);
        }
      }
    } catch (IOException _) {
      // cut
    }
  }

  private static int length(CharSequence head) {
    Matcher length = LENGTH.matcher(head);
    return length.find() ? Integer.parseInt(length.group(1)) : 0;
  }

  @Override
  public String transport() {
    return "TCP";
  }

  @Override
  public InetAddress address() {
    return local;
  }

  @Override
  public String hostPort() {
    return local.getHostAddress() + ":" + socket.getLocalPort();
  }

  @Override
  public synchronized void send(String text) {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException _) {
      // cut: what is sent now is lost
    }
  }

  @Override
  public void close() {
    closed = true;
    cut();
  }
}
