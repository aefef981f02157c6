package org.drawbridge.app.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One line of JSON is answered by one object; whatever else comes does no harm. */
final class ControlServerTest {

  @TempDir private Path directory = Path.of(".");

  @Test
  void answersARequest() throws IOException {
    try (ControlServer server = open()) {
      ControlReply reply = ControlClient.ask(path(), new ControlRequest("say", List.of("a", "\"")));
      assertThat(reply).isEqualTo(ControlReply.words(true, "say [a, \"]"));
    }
    assertThat(path()).doesNotExist();
  }

  @Test
  void onlyItsOwnUserMayConnect() throws IOException {
    try (ControlServer server = open()) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
          .isEqualTo("rw-------");
      try (Stream<Path> files = Files.list(path().getParent())) {
        assertThat(files).containsExactly(path());
      }
    }
  }

  @Test
  void aNameWithEscapesDoesNothingToATerminal() {
    assertThat(ControlReply.words(true, "Häns\u001b[2J\u009b1m\r\nx\n").text())
        .isEqualTo("Häns?[2J?1m?\nx\n");
  }

  @Test
  void norDoesItInJson() {
    ObjectNode data =
        JsonMapper.shared().createObjectNode().put("name", "Häns\u001b\u007f\u009b1m");
    String json = new ControlReply(true, "", data).prettyData();
    assertThat(json).contains("\"Häns\\u001B\\u007f\\u009b1m\"").contains("\n");
    assertThat(JsonMapper.shared().readTree(json)).isEqualTo(data);
  }

  @Test
  void aFaultIsAnAnswer() throws IOException {
    try (ControlServer server =
        ControlServer.open(
            path(),
            request -> {
              throw new IllegalStateException("broken");
            })) {
      ControlReply reply =
          Objects.requireNonNull(ControlClient.ask(path(), new ControlRequest("x", List.of())));
      assertThat(reply.ok()).isFalse();
      assertThat(reply.text()).contains("broken");
    }
  }

  @Test
  void whatIsNoRequestIsToldSo() throws IOException {
    try (ControlServer server = open()) {
      assertThat(raw("GET / HTTP/1.1\n")).contains("\"ok\":false");
      assertThat(raw("{\"command\":7}\n")).contains("\"ok\":false");
      assertThat(raw("[".repeat(10_000) + "\n")).contains("\"ok\":false");
    }
  }

  @Test
  void aLineWithoutEndIsCutOff() throws IOException {
    try (ControlServer server = open()) {
      assertThat(raw("x".repeat(ControlRequest.MAX_BYTES + 1))).isEmpty();
    }
  }

  @Test
  void nobodyAnswersWhereNothingRuns() throws IOException {
    assertThat(ControlClient.ask(path(), new ControlRequest("x", List.of()))).isNull();
  }

  @Test
  void aSocketThatCannotBeAskedIsNotTakenForNobody() throws IOException {
    Path deep = Files.createDirectories(directory.resolve("d".repeat(120)));
    Path far = Files.createFile(deep.resolve("control.sock"));
    assertThatThrownBy(() -> ControlClient.ask(far, new ControlRequest("x", List.of())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("too long");
  }

  @Test
  void aSocketThatWasLeftBehindIsReplacedAndOneInUseIsNot() throws IOException {
    Files.createDirectories(path().getParent());
    Files.writeString(path(), "left behind");
    try (ControlServer server = open()) {
      assertThatThrownBy(this::open)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another");
      assertThat(ControlClient.ask(path(), new ControlRequest("x", List.of()))).isNotNull();
    }
  }

  @Test
  void aSocketWhoseFileWasDeletedIsMadeAnew() throws IOException {
    ControlRequest question = new ControlRequest("x", List.of());
    try (ControlServer server = open()) {
      assertThat(server.restore()).as("while it is there").isFalse();
      Files.delete(path());
      Files.delete(path().getParent());
      assertThat(ControlClient.ask(path(), question)).isNull();
      assertThat(server.restore()).isTrue();
      assertThat(ControlClient.ask(path(), question)).isNotNull();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
          .isEqualTo("rw-------");
      server.close();
      assertThat(server.restore()).as("once it is closed").isFalse();
    }
    assertThat(path()).doesNotExist();
  }

  private ControlServer open() throws IOException {
    return ControlServer.open(
        path(), request -> ControlReply.words(true, request.command() + " " + request.arguments()));
  }

  private Path path() {
    return directory.resolve("sub").resolve("control.sock");
  }

  private String raw(String text) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path()))) {
      Lines.write(channel, text);
      ByteBuffer answer = ByteBuffer.allocate(65_536);
      while (channel.read(answer) >= 0) {
        assertThat(answer.hasRemaining()).isTrue();
      }
      return new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
