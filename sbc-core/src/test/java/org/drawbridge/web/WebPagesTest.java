package org.drawbridge.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebPagesTest {
  private static final String PAGE = "<!doctype html><title>Phone</title>";

  @TempDir private Path directory;
  private Path root;
  private WebPages pages;

  @BeforeEach
  void write() throws IOException {
    root = Files.createDirectory(directory.resolve("site"));
    Files.writeString(root.resolve("index.html"), PAGE);
    Files.writeString(root.resolve("phone.js"), "export {}");
    Files.createDirectory(root.resolve("sub"));
    Files.writeString(root.resolve("sub/index.html"), "sub");
    Files.writeString(root.resolve(".env"), "secret");
    Files.createDirectory(root.resolve(".git"));
    Files.writeString(root.resolve(".git/config"), "secret");
    Files.writeString(directory.resolve("secret.txt"), "secret");
    Files.createSymbolicLink(root.resolve("link.txt"), directory.resolve("secret.txt"));
    pages = new WebPages(Website.read(root), () -> List.of("example.com", "we\"ird"));
  }

  private FullHttpResponse request(HttpMethod method, String uri) {
    return pages.respond(
        new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, uri, Unpooled.EMPTY_BUFFER));
  }

  private FullHttpResponse get(String uri) {
    return request(HttpMethod.GET, uri);
  }

  private static String body(FullHttpResponse answer) {
    return answer.content().toString(StandardCharsets.UTF_8);
  }

  @Test
  void servesFilesWithTheirTypes() {
    FullHttpResponse index = get("/?lang=en");
    assertThat(index.status().code()).isEqualTo(200);
    assertThat(body(index)).isEqualTo(PAGE);
    assertThat(index.headers().get(HttpHeaderNames.CONTENT_TYPE))
        .isEqualTo("text/html; charset=utf-8");
    assertThat(get("/phone.js").headers().get(HttpHeaderNames.CONTENT_TYPE))
        .startsWith("text/javascript");
    assertThat(body(get("/sub/"))).isEqualTo("sub");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../secret.txt",
        "/sub/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e%2fsecret.txt",
        "/..%5csecret.txt",
        "//secret.txt",
        "/.env",
        "/%2eenv",
        "/.git/config",
        "/sub/../.env",
        "/link.txt",
        "/index.html%00.js",
        "/sub",
        "/nothing"
      })
  void whatIsNotInTheDirectoryIsNotFound(String uri) {
    FullHttpResponse answer = get(uri);
    assertThat(answer.status().code()).isEqualTo(404);
    assertThat(body(answer)).contains("no such page").doesNotContain("secret");
  }

  @Test
  void brokenEscapesAreABadRequest() {
    assertThat(get("/%zz").status().code()).isEqualTo(400);
  }

  @Test
  void unchangedFilesAreNotSentAgain() {
    String etag = get("/phone.js").headers().get(HttpHeaderNames.ETAG);
    for (String tags : List.of(etag, "\"other\", W/" + etag, "*")) {
      FullHttpRequest request =
          new DefaultFullHttpRequest(
              HttpVersion.HTTP_1_1, HttpMethod.GET, "/phone.js", Unpooled.EMPTY_BUFFER);
      request.headers().set(HttpHeaderNames.IF_NONE_MATCH, tags);
      FullHttpResponse answer = pages.respond(request);
      assertThat(answer.status().code()).isEqualTo(304);
      assertThat(answer.headers().get(HttpHeaderNames.ETAG)).isEqualTo(etag);
      assertThat(body(answer)).isEmpty();
    }
    assertThat(get("/").headers().get(HttpHeaderNames.ETAG)).isNotEqualTo(etag);
  }

  private FullHttpResponse get(String uri, String encodings, String ifNoneMatch) {
    FullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.GET, uri, Unpooled.EMPTY_BUFFER);
    request.headers().set(HttpHeaderNames.ACCEPT_ENCODING, encodings);
    request.headers().set(HttpHeaderNames.IF_NONE_MATCH, ifNoneMatch);
    return pages.respond(request);
  }

  /** Scripts are most of a page, and a third of their size suffices. */
  @ParameterizedTest
  @ValueSource(strings = {"gzip, deflate, br, zstd", "br;q=1.0, GZIP;q=0.8", "deflate,gzip;q=1"})
  void textIsCompressedForWhoTakesThat(String encodings) throws IOException {
    String script = "export const nothing = 0;\n".repeat(1_000);
    Files.writeString(root.resolve("long.js"), script);
    pages = new WebPages(Website.read(root), List::of);
    FullHttpResponse zipped = get("/long.js", encodings, "");
    assertThat(zipped.headers().get(HttpHeaderNames.CONTENT_ENCODING)).isEqualTo("gzip");
    assertThat(zipped.headers().get(HttpHeaderNames.VARY)).isEqualTo("accept-encoding");
    assertThat(zipped.headers().getInt(HttpHeaderNames.CONTENT_LENGTH))
        .isEqualTo(zipped.content().readableBytes())
        .isLessThan(script.length() / 10);
    try (var text = new GZIPInputStream(new ByteBufInputStream(zipped.content()))) {
      assertThat(new String(text.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(script);
    }
    String etag = zipped.headers().get(HttpHeaderNames.ETAG);
    assertThat(get("/long.js", encodings, etag).status().code()).isEqualTo(304);
    assertThat(etag).isNotEqualTo(get("/long.js").headers().get(HttpHeaderNames.ETAG));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "identity", "br", "gzip;q=0", "gzip;q=0.000, br", "x-gzip-not"})
  void whoDoesNotTakeItGetsTextAsItIs(String encodings) throws IOException {
    String script = "export const nothing = 0;\n".repeat(1_000);
    Files.writeString(root.resolve("long.js"), script);
    pages = new WebPages(Website.read(root), List::of);
    FullHttpResponse plain = get("/long.js", encodings, "");
    assertThat(plain.headers().contains(HttpHeaderNames.CONTENT_ENCODING)).isFalse();
    assertThat(plain.headers().get(HttpHeaderNames.VARY)).isEqualTo("accept-encoding");
    assertThat(body(plain)).isEqualTo(script);
  }

  @Test
  void whatWouldNotShrinkIsLeftAsItIs() {
    FullHttpResponse answer = get("/phone.js", "gzip", "");
    assertThat(answer.headers().contains(HttpHeaderNames.CONTENT_ENCODING)).isFalse();
    assertThat(body(answer)).isEqualTo("export {}");
  }

  @Test
  void headHasHeadersOnly() {
    FullHttpResponse head = request(HttpMethod.HEAD, "/");
    assertThat(head.status().code()).isEqualTo(200);
    assertThat(body(head)).isEmpty();
    assertThat(head.headers().getInt(HttpHeaderNames.CONTENT_LENGTH)).isEqualTo(PAGE.length());
  }

  @Test
  void otherMethodsAreRefused() {
    FullHttpResponse answer = request(HttpMethod.POST, "/");
    assertThat(answer.status().code()).isEqualTo(405);
    assertThat(answer.headers().get(HttpHeaderNames.ALLOW)).isEqualTo("GET, HEAD");
  }

  @Test
  void everyAnswerKeepsOtherSitesOut() {
    for (String uri : List.of("/", "/config.json", "/nothing")) {
      var headers = get(uri).headers();
      assertThat(headers.get("content-security-policy"))
          .contains("default-src 'none'", "connect-src 'self' ws: wss:", "frame-ancestors 'none'");
      assertThat(headers.get("x-content-type-options")).isEqualTo("nosniff");
      assertThat(headers.get("permissions-policy")).contains("microphone=(self)");
      assertThat(headers.get(HttpHeaderNames.CACHE_CONTROL)).isIn("no-cache", "no-store");
    }
  }

  @Test
  void configNamesTheDomains() {
    FullHttpResponse answer = get("/config.json");
    assertThat(answer.headers().get(HttpHeaderNames.CONTENT_TYPE)).isEqualTo("application/json");
    assertThat(body(answer)).isEqualTo("{\"domains\":[\"example.com\",\"we\\u0022ird\"]}");
  }

  @Test
  void missingDirectoryGivesAPageThatHelps() throws IOException {
    pages = new WebPages(Website.read(root.resolve("missing")), List::of);
    FullHttpResponse answer = get("/");
    assertThat(answer.status().code()).isEqualTo(404);
    assertThat(body(answer)).contains("Drawbridge is running").contains("bin/sbc run");
    assertThat(body(get("/config.json"))).isEqualTo("{\"domains\":[]}");
  }

  @Test
  void hugeDirectoryIsRefused() throws IOException {
    for (int i = 0; i < 1_000; i++) {
      Files.createFile(root.resolve("f" + i));
    }
    assertThatThrownBy(() -> Website.read(root))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("too large");
  }
}
