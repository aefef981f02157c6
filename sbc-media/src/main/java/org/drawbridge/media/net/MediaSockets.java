package org.drawbridge.media.net;

import java.io.IOException;
import java.net.InetAddress;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.media.libc.LinuxSupport;

/** The ways to move datagrams: each makes sockets and the loops that read them. */
public enum MediaSockets {
  /** Linux's own calls, many datagrams at a time; least work for each packet. */
  LINUX {
    @Override
    MediaLoop newLoop(String name) throws IOException {
      return new LinuxLoop(name);
    }

    @Override
    UdpPort bind(InetAddress address, int port, PortUse use) throws IOException {
      return LinuxUdpPort.bind(address, port, use);
    }
  },
  /** What the JDK has everywhere. */
  NIO {
    @Override
    MediaLoop newLoop(String name) throws IOException {
      return new NioLoop(name);
    }

    @Override
    UdpPort bind(InetAddress address, int port, PortUse use) throws IOException {
      return NioUdpPort.bind(address, port, use);
    }
  };

  private static final Logger LOG = LogManager.getLogger(MediaSockets.class);

  /** The best that works on this machine. Any thread. */
  public static MediaSockets best() {
    String reason = LinuxSupport.reasonAgainst();
    if (reason == null) {
      return LINUX;
    }
    LOG.info("media: sockets of the JDK, since {}", reason);
    return NIO;
  }

  /** A loop that is not started yet. */
  abstract MediaLoop newLoop(String name) throws IOException;

  /**
   * Binds a socket for a loop of the same kind.
   *
   * @param port 0 for any free port
   */
  abstract UdpPort bind(InetAddress address, int port, PortUse use) throws IOException;
}
