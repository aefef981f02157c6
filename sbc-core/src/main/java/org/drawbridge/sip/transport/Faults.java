package org.drawbridge.sip.transport;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.ssl.NotSslRecordException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.sip.flow.CloseCause;
import org.drawbridge.sip.transport.TransportCounters.Kind;
import org.jspecify.annotations.Nullable;

/** What exceptions on connections mean. */
final class Faults {
  private static final Logger LOG = LogManager.getLogger(Faults.class);

  /** What Netty writes before the words of the system. */
  private static final Pattern SYSTEM_CALL =
      Pattern.compile("^[a-zA-Z]+\\(\\.\\.\\) failed( with error\\(-?[0-9]+\\))?: ");

  /** {@code GET}, {@code HEAD} or {@code POST}, and a space. */
  private static final Pattern HTTP_IN_HEX = Pattern.compile(": (474554|48454144|504f5354)20");

  private Faults() {}

  /** Ends the flow; an exception that no peer can cause is logged as the bug it is. */
  static void endFlow(StreamFlow flow, Throwable cause) {
    switch (cause) {
      case TooLongFrameException e -> {
        flow.count(Kind.FRAMING_LOST);
        flow.finish(CloseCause.LOST, WebSocketCloseStatus.MESSAGE_TOO_BIG, "message too large");
      }
      case CorruptedWebSocketFrameException e -> {
        flow.count(Kind.FRAMING_LOST);
        flow.finish(CloseCause.LOST, e.closeStatus(), "broken frame: " + e.getMessage());
      }
      case DecoderException e -> flow.lose("not understood: " + e.getMessage());
      case PrematureChannelClosureException _ -> flow.lose("closed within a message");
      case IOException e -> flow.lose("connection failed: " + e.getMessage());
      default -> {
        LOG.error("Fault while serving {}", flow, cause);
        flow.finish(CloseCause.LOST, WebSocketCloseStatus.INTERNAL_SERVER_ERROR, "internal error");
      }
    }
  }

  /** Why a port cannot be had, and what helps. */
  static String binding(Throwable failure) {
    String why = words(failure);
    if (why.contains("already in use")) {
      return why + ": end the program that has the port (ss -lntup names it) or take another";
    }
    if (why.contains("Permission denied")) {
      return why
          + ": ports below 1024 are for root and for who has CAP_NET_BIND_SERVICE; take a higher"
          + " one";
    }
    return why.contains("Cannot assign") ? why + ": this machine has no such address" : why;
  }

  /** What went wrong, in words for an operator. */
  static String words(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    String known = known(cause);
    String message = known == null ? cause.getMessage() : known;
    return message == null
        ? cause.getClass().getSimpleName()
        : SYSTEM_CALL.matcher(message).replaceFirst("");
  }

  /** Netty shows what came as hexadecimal digits; of that only the kind is told. */
  private static String notTls(String message) {
    return HTTP_IN_HEX.matcher(message).find()
        ? "it sends plain HTTP, and this port is for https:// and wss:// only"
        : "what it sends is not TLS";
  }

  /** What failed, where the exception itself says it to programmers only; else null. */
  private static @Nullable String known(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case CertificateExpiredException _ -> {
          return "its certificate has expired";
        }
        case CertificateNotYetValidException _ -> {
          return "its certificate is not valid yet, by the clock of this machine";
        }
        case NotSslRecordException plain -> {
          return notTls(String.valueOf(plain.getMessage()));
        }
        case ClosedChannelException _ -> {
          return "the connection was closed";
        }
        case CertPathBuilderException _ -> {
          return "nobody who is trusted here vouches for its certificate (trust-ca and client-ca"
              + " say who is)";
        }
        default -> {}
      }
    }
    return null;
  }
}
