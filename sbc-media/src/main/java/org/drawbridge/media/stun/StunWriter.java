package org.drawbridge.media.stun;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.drawbridge.media.rtp.Bytes;

/**
 * Builds one STUN message after another in its own buffer. Attributes are written in the order of
 * the calls; {@link #integrity} and then {@link #fingerprint} come last. Not thread-safe.
 */
public final class StunWriter {

  private static final int CAPACITY = 1200;

  private final byte[] buf = new byte[CAPACITY];
  private int len;

  /** Starts a response that carries the transaction id of a request. */
  public StunWriter respond(StunView request, int type) {
    begin(type);
    request.copyTransactionId(buf, 8);
    return this;
  }

  /** Starts a message with a transaction id of 12 bytes. */
  public StunWriter begin(int type, byte[] transactionId) {
    begin(type);
    System.arraycopy(transactionId, 0, buf, 8, 12);
    return this;
  }

  private void begin(int type) {
    Bytes.put16(buf, 0, type);
    Bytes.put32(buf, 4, Stun.MAGIC_COOKIE);
    len = Stun.HEADER;
    updateLength();
  }

  /** Appends an attribute and its padding. */
  public StunWriter attribute(int type, byte[] value) {
    Bytes.put16(buf, len, type);
    Bytes.put16(buf, len + 2, value.length);
    System.arraycopy(value, 0, buf, len + 4, value.length);
    int end = len + 4 + StunView.padded(value.length);
    for (int at = len + 4 + value.length; at < end; at++) {
      buf[at] = 0;
    }
    len = end;
    updateLength();
    return this;
  }

  /** Appends XOR-MAPPED-ADDRESS (RFC 8489 14.2). */
  public StunWriter xorMappedAddress(InetSocketAddress address) {
    byte[] ip = address.getAddress().getAddress();
    byte[] value = new byte[4 + ip.length];
    value[1] = (byte) (address.getAddress() instanceof Inet4Address ? 1 : 2);
    Bytes.put16(value, 2, address.getPort() ^ (Stun.MAGIC_COOKIE >>> 16));
    for (int i = 0; i < ip.length; i++) {
      value[4 + i] = (byte) (ip[i] ^ buf[4 + i]);
    }
    return attribute(Stun.XOR_MAPPED_ADDRESS, value);
  }

  /** Appends ERROR-CODE (RFC 8489 14.8). */
  public StunWriter errorCode(int code, String reason) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    byte[] value = new byte[4 + text.length];
    value[2] = (byte) (code / 100);
    value[3] = (byte) (code % 100);
    System.arraycopy(text, 0, value, 4, text.length);
    return attribute(Stun.ERROR_CODE, value);
  }

  /** Appends UNKNOWN-ATTRIBUTES naming one attribute. */
  public StunWriter unknownAttribute(int attribute) {
    byte[] value = new byte[2];
    Bytes.put16(value, 0, attribute);
    return attribute(Stun.UNKNOWN_ATTRIBUTES, value);
  }

  /** Appends MESSAGE-INTEGRITY. */
  public StunWriter integrity(MessageIntegrity key) {
    return attribute(Stun.MESSAGE_INTEGRITY, key.of(buf, 0, len));
  }

  /** Appends FINGERPRINT; the message is complete. */
  public StunWriter fingerprint() {
    Bytes.put16(buf, 2, len - Stun.HEADER + 8);
    byte[] value = new byte[4];
    Bytes.put32(value, 0, StunFingerprint.of(buf, 0, len));
    return attribute(Stun.FINGERPRINT, value);
  }

  private void updateLength() {
    Bytes.put16(buf, 2, len - Stun.HEADER);
  }

  /** The message's bytes; valid until the next message is begun. */
  public byte[] buffer() {
    return buf;
  }

  /** The message's length in bytes; it starts at offset 0. */
  public int length() {
    return len;
  }
}
