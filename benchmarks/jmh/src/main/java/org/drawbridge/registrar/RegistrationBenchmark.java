package org.drawbridge.registrar;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.drawbridge.account.Accounts;
import org.drawbridge.account.ConfiguredAccounts;
import org.drawbridge.sip.auth.DigestAuthenticator;
import org.drawbridge.sip.codec.ParseLimits;
import org.drawbridge.sip.codec.ParseResult;
import org.drawbridge.sip.codec.SipParser;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.drawbridge.sip.transaction.TransactionLayer;
import org.drawbridge.sip.transaction.TransactionSettings;
import org.drawbridge.sip.transaction.TransactionUser;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What registrations cost from their bytes to those of the answer: parser, transactions, digest and
 * bindings of 20,000 accounts in no order, 4,000 a second of the virtual clock. What is left of the
 * cost that {@code benchmarks/run register} finds is the kernel's, the collector's and the
 * sockets'.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 6, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class RegistrationBenchmark implements TransactionUser {

  private static final int PHONES = 20_000;
  private static final int PER_MILLISECOND = 4;

  private final Phones phones = new Phones(PHONES);
  private final Wire wire = new Wire();
  private final Registrar registrar = registrar();
  private final TransactionLayer transactions =
      new TransactionLayer(wire, this, TransactionSettings.DEFAULTS);
  private final SplittableRandom random = new SplittableRandom(1);
  private final byte[] someChallenge = challenge();
  private long registrations;

  private Registrar registrar() {
    Configurator.setAllLevels("", Level.WARN);
    Accounts accounts = new ConfiguredAccounts(List.of(Phones.DOMAIN), phones.accounts());
    InstantSource clock = () -> Instant.ofEpochMilli(wire.now());
    TemporaryGruus gruus = new TemporaryGruus(new byte[16]);
    Duration minute = Duration.ofMinutes(1);
    RegistrarSettings settings = new RegistrarSettings(60, 3600, 600, 3);
    return new Registrar(
        accounts,
        new DigestAuthenticator(accounts, 0, minute, minute, clock),
        new Bindings(accounts, clock, PHONES, gruus),
        () -> settings,
        clock,
        gruus);
  }

  /** A REGISTER without credentials and its 401. */
  @Benchmark
  public byte[] challenge() {
    take(phones.register(random.nextInt(PHONES), next()));
    return wire.sent();
  }

  /** A REGISTER, its 401, the digest of the phone, the REGISTER that has it, and its 200. */
  @Benchmark
  public byte[] registration() {
    int phone = random.nextInt(PHONES);
    long number = next();
    take(phones.register(phone, number));
    take(phones.answer(phone, number, wire.sent()));
    if (wire.sent()["SIP/2.0 ".length()] != '2') {
      throw new IllegalStateException("A phone was refused");
    }
    return wire.sent();
  }

  /** What the phone's side of a registration takes, to be subtracted. */
  @Benchmark
  public int phonesSide() {
    int phone = random.nextInt(PHONES);
    long number = next();
    return phones.register(phone, number).length
        + phones.answer(phone, number, someChallenge).length;
  }

  private long next() {
    if (++registrations % PER_MILLISECOND == 0) {
      wire.tick();
    }
    return registrations;
  }

  private void take(byte[] request) {
    ParseResult result = SipParser.parseOwn(request, ParseLimits.DEFAULT);
    transactions.onMessage(wire, ((ParseResult.Parsed) result).message());
  }

  @Override
  public void onRequest(ServerTransaction transaction) {
    transaction.refuseOnce(true);
    RegisterAnswer answer = registrar.onRegister(transaction.request(), transaction.flow());
    transaction.refuseOnce(!answer.reached());
    transaction.respond(answer.response());
  }

  @Override
  public void onCancel(ServerTransaction invite, SipRequest cancel) {}

  @Override
  public void onAck(SipRequest ack, Flow flow) {}

  @Override
  public void onStrayResponse(SipResponse response, Flow flow) {}
}
