package org.drawbridge.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Which of Netty's transports is chosen. */
final class NettyBackendTest {

  @Test
  @EnabledOnOs(OS.LINUX)
  void linuxHasItsNativeTransport() {
    assertThat(NettyBackend.best()).isEqualTo(NettyBackend.EPOLL);
  }
}
