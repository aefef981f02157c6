package org.drawbridge.sip.dns;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;

/** A name server without a network: answers what it was given, or never. */
final class FakeZone implements Resolver {
  private final List<Record> records = new ArrayList<>();
  private final Set<Name> silent = new HashSet<>();
  final AtomicInteger queries = new AtomicInteger();

  void add(Record record) {
    records.add(record);
  }

  /** Questions about this name are never answered. */
  void keepSilentAbout(String name) {
    silent.add(Name.fromConstantString(name));
  }

  /** They are answered again. */
  void speakAbout(String name) {
    silent.remove(Name.fromConstantString(name));
  }

  @Override
  public CompletionStage<Message> sendAsync(Message query, Executor executor) {
    queries.incrementAndGet();
    Record question = query.getQuestion();
    return silent.contains(question.getName())
        ? new CompletableFuture<>()
        : CompletableFuture.completedFuture(answer(query, question));
  }

  private Message answer(Message query, Record question) {
    Message answer = new Message(query.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.addRecord(question, Section.QUESTION);
    boolean known = records.stream().anyMatch(r -> r.getName().equals(question.getName()));
    if (!known) {
      answer.getHeader().setRcode(Rcode.NXDOMAIN);
    }
    records.stream()
        .filter(r -> r.getName().equals(question.getName()) && r.getType() == question.getType())
        .forEach(r -> answer.addRecord(r, Section.ANSWER));
    return answer;
  }

  @Override
  public CompletionStage<Message> sendAsync(Message query) {
    return sendAsync(query, Runnable::run);
  }

  @Override
  public void setPort(int port) {}

  @Override
  public void setTCP(boolean flag) {}

  @Override
  public void setIgnoreTruncation(boolean flag) {}

  @Override
  public void setEDNS(int version, int payloadSize, int flags, List<EDNSOption> options) {}

  @Override
  public void setTSIGKey(TSIG key) {}

  @Override
  public void setTimeout(Duration timeout) {}
}
