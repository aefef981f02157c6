package org.drawbridge.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.openqa.selenium.json.Json;

/**
 * The control connection to one baresip ({@code ctrl_tcp} module): commands and their answers, and
 * the events that come in between, which a thread of its own collects.
 */
final class BaresipControl implements AutoCloseable {

  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

  /**
   * Something that happened.
   *
   * @param type such as CALL_ESTABLISHED
   * @param detail such as the reason of a CALL_CLOSED; empty if there is none
   */
  record Event(String type, String detail) {}

  private final Socket socket;
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

  BaresipControl(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    Thread.ofVirtual().name("baresip-control").start(this::readAll);
  }

  /** Sends a command and returns what baresip answered. */
  String command(String name, String parameters) {
    Map<String, String> request = Map.of("command", name, "params", parameters, "token", "t");
    try {
      Netstrings.write(socket.getOutputStream(), new Json().toJson(request));
      String answer = answers.poll(ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      if (answer == null) {
        throw new AssertionError("baresip did not answer the command " + name);
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** All events so far, oldest first; grows while one looks at it. */
  List<Event> events() {
    return events;
  }

  private void readAll() {
    try {
      while (true) {
        Map<String, Object> message =
            new Json().toType(Netstrings.read(socket.getInputStream()), Json.MAP_TYPE);
        if (message.containsKey("event")) {
          events.add(new Event(text(message, "type"), text(message, "param")));
        } else {
          answers.add(text(message, "data"));
        }
      }
    } catch (IOException e) {
      events.add(new Event("CONTROL_CLOSED", String.valueOf(e.getMessage())));
    }
  }

  private static String text(Map<String, Object> message, String key) {
    Object value = message.get(key);
    return value == null ? "" : value.toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
