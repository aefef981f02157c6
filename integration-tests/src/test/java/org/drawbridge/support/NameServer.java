package org.drawbridge.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NAPTRRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** An authoritative name server on a UDP port of 127.0.0.1 that knows what a test tells it. */
public final class NameServer implements AutoCloseable {

  private static final int TTL_S = 60;

  private final DatagramSocket socket;
  private final List<Record> records = new CopyOnWriteArrayList<>();
  private final List<Record> questions = new CopyOnWriteArrayList<>();
  private final Thread reader;

  private NameServer(DatagramSocket socket) {
    this.socket = socket;
    this.reader = Thread.ofVirtual().start(this::serve);
  }

  /** Starts one that knows nothing. */
  public static NameServer start() {
    try {
      return new NameServer(
          new DatagramSocket(new InetSocketAddress("127.0.0.1", FreePorts.one())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The line of the configuration that makes an SBC ask here. */
  public String configuration() {
    return "dns: { servers: [ \"127.0.0.1:" + socket.getLocalPort() + "\" ], timeout: 5s }\n";
  }

  /** A service of a domain, such as SIP+D2U, and the name of its SRV records. */
  public NameServer naptr(String domain, int order, String service, String srvName) {
    records.add(
        new NAPTRRecord(name(domain), DClass.IN, TTL_S, order, 0, "s", service, "", name(srvName)));
    return this;
  }

  /** A host and port of a service. */
  public NameServer srv(String srvName, int priority, int weight, int port, String host) {
    records.add(new SRVRecord(name(srvName), DClass.IN, TTL_S, priority, weight, port, name(host)));
    return this;
  }

  /** The address of a host. */
  public NameServer address(String host, String address) {
    records.add(new ARecord(name(host), DClass.IN, TTL_S, InetAddress.ofLiteral(address)));
    return this;
  }

  /** The names that were asked for, each with its type. */
  public List<String> questions() {
    return questions.stream().map(q -> Type.string(q.getType()) + " " + q.getName()).toList();
  }

  private static Name name(String text) {
    return Name.fromConstantString(text + ".");
  }

  private void serve() {
    byte[] buffer = new byte[4_096];
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(packet);
        byte[] answer = answer(new Message(Arrays.copyOf(buffer, packet.getLength()))).toWire();
        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      } catch (IOException _) {
        // No question, or closed: the loop ends by itself.
      }
    }
  }

  private Message answer(Message query) {
    Record question = query.getQuestion();
    questions.add(question);
    Message answer = new Message(query.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setFlag(Flags.AA);
    answer.addRecord(question, Section.QUESTION);
    List<Record> known =
        records.stream().filter(r -> r.getName().equals(question.getName())).toList();
    if (known.isEmpty()) {
      answer.getHeader().setRcode(Rcode.NXDOMAIN);
    }
    known.stream()
        .filter(r -> r.getType() == question.getType())
        .forEach(r -> answer.addRecord(r, Section.ANSWER));
    return answer;
  }

  @Override
  public void close() {
    socket.close();
    try {
      reader.join(Duration.ofSeconds(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
