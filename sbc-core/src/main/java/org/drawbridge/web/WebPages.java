package org.drawbridge.web;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Serves a {@link Website} and {@code /config.json}, which tells its pages our domains.
 * Thread-safe.
 */
public final class WebPages implements HttpResponder {
  private static final byte[] NOTHING = new byte[0];
  private static final String CONFIG = "/config.json";
  private static final Pattern GZIP =
      Pattern.compile("(?i)gzip(?: *; *q=(?:1(?:\\.0*)?|0?\\.0*[1-9][0-9]*))?");
  private static final byte[] NOT_BUILT =
      """
      <!doctype html>
      <html lang="en"><meta charset="utf-8"><title>Drawbridge</title>
      <h1>Drawbridge is running</h1>
      <p>SIP over WebSocket works on this port; the web phone itself has not been built.
      Stop the server, run <code>bin/sbc run</code>, which builds what is missing, and reload this page.</p>
      </html>
      """
          .getBytes(StandardCharsets.UTF_8);

  private final Website site;
  private final Supplier<List<String>> domains;

  /**
   * @param domains the SIP domains we serve, asked anew for each request
   */
  public WebPages(Website site, Supplier<List<String>> domains) {
    this.site = site;
    this.domains = domains;
  }

  /** The same pages with other domains. */
  public WebPages of(Supplier<List<String>> others) {
    return new WebPages(site, others);
  }

  @Override
  public FullHttpResponse respond(FullHttpRequest request) {
    if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
      FullHttpResponse refusal =
          HttpAnswers.text(
              HttpResponseStatus.METHOD_NOT_ALLOWED, "Only GET and HEAD are served here.");
      refusal.headers().set(HttpHeaderNames.ALLOW, "GET, HEAD");
      return refusal;
    }
    FullHttpResponse answer = get(request);
    return request.method().equals(HttpMethod.HEAD) ? withoutBody(answer) : answer;
  }

  private FullHttpResponse get(FullHttpRequest request) {
    String path = path(request.uri());
    if (path == null) {
      return HttpAnswers.text(HttpResponseStatus.BAD_REQUEST, "That is no path.");
    }
    if (path.equals(CONFIG)) {
      return config();
    }
    Asset asset = site.find(path);
    if (asset != null) {
      return serve(asset, request.headers());
    }
    if (site.isEmpty() && path.equals("/")) {
      return HttpAnswers.of(HttpResponseStatus.NOT_FOUND, "text/html; charset=utf-8", NOT_BUILT);
    }
    return HttpAnswers.text(HttpResponseStatus.NOT_FOUND, "There is no such page here.");
  }

  private static @Nullable String path(String uri) {
    try {
      return new QueryStringDecoder(uri).path();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** In the form that the browser takes. */
  private static FullHttpResponse serve(Asset asset, HttpHeaders asked) {
    Asset zipped = takesGzip(asked) ? asset.zipped() : null;
    FullHttpResponse answer =
        serve(zipped == null ? asset : zipped, asked.get(HttpHeaderNames.IF_NONE_MATCH, ""));
    if (asset.zipped() != null) {
      answer.headers().set(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT_ENCODING);
    }
    if (zipped != null) {
      answer.headers().set(HttpHeaderNames.CONTENT_ENCODING, HttpHeaderValues.GZIP);
    }
    return answer;
  }

  /** RFC 9110 section 12.5.3, by name alone: who names it with a weight of 0 does not take it. */
  private static boolean takesGzip(HttpHeaders asked) {
    for (String coding : asked.get(HttpHeaderNames.ACCEPT_ENCODING, "").split(",", -1)) {
      if (GZIP.matcher(coding.strip()).matches()) {
        return true;
      }
    }
    return false;
  }

  /** Names carry no version, so browsers must ask each time whether theirs is still right. */
  private static FullHttpResponse serve(Asset asset, String ifNoneMatch) {
    boolean same = matches(ifNoneMatch, asset.etag());
    FullHttpResponse answer =
        same
            ? HttpAnswers.of(HttpResponseStatus.NOT_MODIFIED, asset.contentType(), NOTHING)
            : HttpAnswers.of(HttpResponseStatus.OK, asset.contentType(), asset.body());
    if (same) {
      answer.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
    }
    answer.headers().set(HttpHeaderNames.ETAG, asset.etag());
    answer.headers().set(HttpHeaderNames.CACHE_CONTROL, "no-cache");
    return answer;
  }

  /** RFC 9110 section 13.1.2: a list of tags, compared weakly, or a star. */
  private static boolean matches(String ifNoneMatch, String etag) {
    for (String tag : ifNoneMatch.split(",", -1)) {
      String bare = tag.strip();
      if (bare.equals("*") || bare.equals(etag) || bare.equals("W/" + etag)) {
        return true;
      }
    }
    return false;
  }

  private FullHttpResponse config() {
    String list = domains.get().stream().map(WebPages::quote).collect(Collectors.joining(","));
    byte[] json = ("{\"domains\":[" + list + "]}").getBytes(StandardCharsets.UTF_8);
    FullHttpResponse answer = HttpAnswers.of(HttpResponseStatus.OK, "application/json", json);
    answer.headers().set(HttpHeaderNames.CACHE_CONTROL, "no-store");
    return answer;
  }

  /**
   * A JSON string; domains are plain text, but a configuration is not to break out of its quotes.
   */
  private static String quote(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c < ' ' || c == '"' || c == '\\') {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }

  private static FullHttpResponse withoutBody(FullHttpResponse answer) {
    FullHttpResponse head = answer.replace(Unpooled.EMPTY_BUFFER);
    answer.release();
    return head;
  }
}
