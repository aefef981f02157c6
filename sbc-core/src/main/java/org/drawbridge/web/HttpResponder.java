package org.drawbridge.web;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;

/** Answers HTTP requests that are no WebSocket handshake. Called on I/O threads; must not block. */
@FunctionalInterface
public interface HttpResponder {

  /**
   * The answer, complete but for the headers of the connection. The request stays the caller's to
   * release.
   */
  FullHttpResponse respond(FullHttpRequest request);
}
