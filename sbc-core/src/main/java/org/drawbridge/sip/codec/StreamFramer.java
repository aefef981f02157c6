package org.drawbridge.sip.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.drawbridge.sip.message.SipResponse;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a TCP or TLS stream into messages by Content-Length (RFC 3261 section 18.3). Belongs to the
 * loop of its connection. Keeps at most one message of {@link ParseLimits#maxMessage} bytes.
 */
public final class StreamFramer {
  private static final int SMALL = 4_096;
  private static final int UNKNOWN = -1;
  private static final byte[] EMPTY = new byte[0];
  private static final StreamEvent PING = new StreamEvent.Ping();
  private static final StreamEvent PONG = new StreamEvent.Pong();

  private final ParseLimits limits;
  private byte[] buffer = EMPTY;
  private int start;
  private int end;

  /** Where the search for the empty line goes on. */
  private int searched;

  /** The end of the message being received, once its headers are there. */
  private int messageEnd = UNKNOWN;

  private int crlfs;
  private boolean lost;

  public StreamFramer(ParseLimits limits) {
    this.limits = limits;
  }

  /**
   * Takes the next bytes of the stream, in pieces of any size.
   *
   * @return what they complete, in order; nothing more after a {@link StreamEvent.FramingLost}
   */
  public List<StreamEvent> feed(byte[] bytes, int off, int len) {
    List<StreamEvent> events = new ArrayList<>(2);
    int from = off;
    int to = off + len;
    while (from < to && !lost) {
      int taken = Math.min(to - from, limits.maxMessage() - (end - start));
      append(bytes, from, taken);
      from += taken;
      drain(events);
    }
    release();
    return events;
  }

  /** How many bytes of an unfinished message are kept. */
  public int buffered() {
    return end - start;
  }

  private void append(byte[] bytes, int from, int count) {
    if (end + count > buffer.length) {
      int kept = end - start;
      int wanted = Math.max(kept + count, SMALL);
      moveTo(wanted > buffer.length ? new byte[Math.max(wanted, kept * 2)] : buffer);
    }
    System.arraycopy(bytes, from, buffer, end, count);
    end += count;
  }

  private void moveTo(byte[] target) {
    int kept = end - start;
    System.arraycopy(buffer, start, target, 0, kept);
    buffer = target;
    searched -= start;
    messageEnd = messageEnd == UNKNOWN ? UNKNOWN : messageEnd - start;
    start = 0;
    end = kept;
  }

  /** No large buffer is kept for nothing, nor for the few first bytes of a next message. */
  private void release() {
    if (start == end) {
      buffer = lost || buffer.length > SMALL ? EMPTY : buffer;
      start = 0;
      end = 0;
      searched = 0;
    } else if (buffer.length > SMALL && buffer.length > 4 * buffered()) {
      moveTo(new byte[Math.max(SMALL, 2 * buffered())]);
    }
  }

  /** How many bytes of memory it takes for them. */
  int capacity() {
    return buffer.length;
  }

  private void drain(List<StreamEvent> events) {
    while (!lost && start < end) {
      boolean progress =
          messageEnd == UNKNOWN ? skipCrlf(events) && findHead(events) : takeMessage(events);
      if (!progress) {
        checkRoom(events);
        return;
      }
    }
  }

  /** Consumes line breaks between messages; false when more bytes are needed to go on. */
  private boolean skipCrlf(List<StreamEvent> events) {
    while (start < end && buffer[start] == '\r') {
      if (start + 1 == end) {
        return false;
      }
      if (buffer[start + 1] != '\n') {
        lose(events, "Stray CR between messages", null);
        return false;
      }
      start += 2;
      crlfs++;
      events.add(crlfs % 2 == 0 ? PING : PONG);
    }
    searched = Math.max(searched, start);
    return start < end;
  }

  private boolean findHead(List<StreamEvent> events) {
    crlfs = 0;
    if (buffer[start] <= ' ') {
      lose(events, "Not SIP", null);
      return false;
    }
    int i = searched;
    while (i + 3 < end && !isEmptyLine(i)) {
      i++;
    }
    searched = i;
    return i + 3 < end && measure(events, i + 4);
  }

  private boolean isEmptyLine(int i) {
    return buffer[i] == '\r'
        && buffer[i + 1] == '\n'
        && buffer[i + 2] == '\r'
        && buffer[i + 3] == '\n';
  }

  private boolean measure(List<StreamEvent> events, int bodyStart) {
    try {
      int length = StreamHead.bodyLength(buffer, start, bodyStart);
      if (length > limits.maxBody() || bodyStart - start + length > limits.maxMessage()) {
        throw new Fault(513, "Message Too Large", bodyStart - start);
      }
      messageEnd = bodyStart + length;
      return true;
    } catch (Fault fault) {
      byte[] head = Arrays.copyOfRange(buffer, start, bodyStart);
      lose(events, fault.reason, SipParser.refuse(head, limits, fault));
      return false;
    }
  }

  private boolean takeMessage(List<StreamEvent> events) {
    if (end < messageEnd) {
      return false;
    }
    events.add(new StreamEvent.Message(SipParser.parse(buffer, start, messageEnd - start, limits)));
    start = messageEnd;
    searched = messageEnd;
    messageEnd = UNKNOWN;
    return true;
  }

  private void checkRoom(List<StreamEvent> events) {
    if (!lost && end - start >= limits.maxMessage()) {
      lose(events, "Headers do not end", null);
    }
  }

  private void lose(List<StreamEvent> events, String reason, @Nullable SipResponse reply) {
    lost = true;
    start = end;
    events.add(new StreamEvent.FramingLost(reason, reply));
  }
}
