package org.drawbridge.unruly;

import java.net.InetAddress;
import java.util.function.Consumer;
import org.drawbridge.sipunit.WireMessage;

/** How a phone reaches the SBC, over UDP or TCP. Any thread may send. */
interface Line extends AutoCloseable {

  /** Starts to read; whoever hears is called on a thread of its own. */
  void start(Consumer<WireMessage> hears);

  /** As it stands in Via. */
  String transport();

  /** Its own address. */
  InetAddress address();

  /** Its own address and port, as they stand in Via and Contact. */
  String hostPort();

  /** Sends a message; one that cannot be sent is lost. */
  void send(String text);

  @Override
  void close();
}
