package org.drawbridge.sip.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Work that handshakes leave to other threads. */
class TlsContextsTest {

  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private final AtomicInteger computed = new AtomicInteger();

  @Test
  void whoHasHungUpBeforeItsTurnCostsNoKeys() {
    for (int i = 0; i < 10; i++) {
      EmbeddedChannel connection = new EmbeddedChannel();
      Executor tasks = TlsContexts.tasks(connection, waiting::add);
      tasks.execute(computed::incrementAndGet);
      if (i > 0) {
        connection.close();
      }
    }
    waiting.forEach(Runnable::run);
    assertThat(computed).hasValue(1);
  }
}
