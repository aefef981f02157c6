package org.drawbridge.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.WebDriverException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Firefox's own remote control: commands of WebDriver as JSON arrays over TCP, each text behind its
 * length in bytes and a colon. Debian has Firefox, but not the driver that speaks HTTP.
 */
final class Marionette implements AutoCloseable {

  private static final int COMMAND = 0;
  private static final int MAX_LENGTH = 16 << 20;

  private final JsonMapper json = new JsonMapper();
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private int last;

  private Marionette(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
    this.out = new BufferedOutputStream(socket.getOutputStream());
  }

  /** Connects to a browser on this machine, and hears its greeting. */
  static Marionette connect(int port) throws IOException {
    Marionette client = new Marionette(new Socket(InetAddress.getLoopbackAddress(), port));
    client.read();
    return client;
  }

  /**
   * Gives a command and waits for its result, an object's {@code value} if it has one.
   *
   * @throws WebDriverException if it fails or the browser is gone
   */
  @Nullable Object call(String command, Map<String, ?> parameters) {
    try {
      byte[] text = json.writeValueAsBytes(List.of(COMMAND, ++last, command, parameters));
      out.write((text.length + ":").getBytes(UTF_8));
      out.write(text);
      out.flush();
      List<?> answer = json.readValue(read(), List.class);
      if (answer.get(2) != null) {
        throw new WebDriverException(command + " failed: " + answer.get(2));
      }
      Object result = answer.get(3);
      return result instanceof Map<?, ?> map && map.containsKey("value")
          ? map.get("value")
          : result;
    } catch (IOException e) {
      throw new WebDriverException(command + " was not answered", e);
    }
  }

  private byte[] read() throws IOException {
    int length = 0;
    for (int digit = in.read(); digit != ':'; digit = in.read()) {
      length = length * 10 + Character.digit(digit, 10);
      if (digit < '0' || digit > '9' || length > MAX_LENGTH) {
        throw new IOException("no length of a message");
      }
    }
    byte[] text = in.readNBytes(length);
    if (text.length < length) {
      throw new EOFException();
    }
    return text;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }
}
