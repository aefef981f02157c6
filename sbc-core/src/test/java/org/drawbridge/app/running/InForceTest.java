package org.drawbridge.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.drawbridge.account.ConfiguredAccounts;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.routing.config.reader.ConfigReader;
import org.drawbridge.routing.config.reader.ConfigResult;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reload takes along of what was in force. */
final class InForceTest {

  private static final String CONFIG =
      """
      domains: [%s]
      listeners: { transport: ws, bind: "127.0.0.1:0" }
      web: { root: %s }
      """;

  @TempDir private Path directory = Path.of(".");

  private InForce inForce(String domain, @Nullable InForce before) throws Exception {
    Path file = directory.resolve("sbc.yaml");
    Files.writeString(file, CONFIG.formatted(domain, directory.resolve("dist")));
    SbcConfig config = ((ConfigResult.Loaded) ConfigReader.read(file)).config();
    return InForce.of(config, new ConfiguredAccounts(List.of(domain), List.of()), before);
  }

  private static String page(InForce now, String path) {
    return now.pages()
        .respond(
            new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1, HttpMethod.GET, path, Unpooled.EMPTY_BUFFER))
        .content()
        .toString(StandardCharsets.UTF_8);
  }

  private Path write(String text) throws IOException {
    Files.createDirectories(directory.resolve("dist"));
    return Files.writeString(directory.resolve("dist/index.html"), text);
  }

  @Test
  void pagesThatAreBuiltAnewStayUntilTheyAreThere() throws Exception {
    Path index = write("old");
    InForce old = inForce("one.example", null);
    Files.delete(index);
    Files.delete(index.getParent());

    InForce meanwhile = inForce("two.example", old);
    assertThat(page(meanwhile, "/")).isEqualTo("old");
    assertThat(page(meanwhile, "/config.json")).contains("two.example");

    write("new");
    assertThat(page(inForce("two.example", meanwhile), "/")).isEqualTo("new");
  }
}
