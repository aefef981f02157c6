package org.drawbridge.sip.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** How a message lies on a connection. */
enum Framing {
  /** As it is; Content-Length tells where it ends (RFC 3261 section 18.3). */
  STREAM,
  /** One WebSocket message each (RFC 7118 section 4.2). */
  WEB_SOCKET;

  /**
   * The most that a close frame may say: its payload is at most 125 bytes, two of which are the
   * status.
   */
  private static final int CLOSE_REASON_CHARS = 40;

  /** What is written for a message; the bytes are not copied. */
  Object message(byte[] bytes) {
    ByteBuf content = Unpooled.wrappedBuffer(bytes);
    return switch (this) {
      case STREAM -> content;
      case WEB_SOCKET ->
          isUtf8(bytes) ? new TextWebSocketFrame(content) : new BinaryWebSocketFrame(content);
    };
  }

  /** What is written before we close, null for nothing. */
  @Nullable Object farewell(WebSocketCloseStatus status, String reason) {
    return switch (this) {
      case STREAM -> null;
      case WEB_SOCKET -> {
        int end = Math.min(reason.length(), CLOSE_REASON_CHARS);
        yield new CloseWebSocketFrame(status, reason.substring(0, end));
      }
    };
  }

  /** Text frames must be UTF-8 (RFC 6455 section 5.6), SIP bodies need not be. */
  private static boolean isUtf8(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return decodes(bytes);
      }
    }
    return true;
  }

  private static boolean decodes(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
