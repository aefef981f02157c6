package org.drawbridge.sip.dns;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.NAPTRRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.hosts.HostsFileParser;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;

/**
 * Asks name servers. What they say is kept for its TTL, also that there is nothing (RFC 2308), but
 * never shorter than {@link #LEAST_KEPT}, nor longer than an hour; who asks the same meanwhile
 * shares the question. Where they no longer say anything, what they said within a day holds (RFC
 * 8767): calls do not end with the name servers. Thread-safe; no question is asked on the caller's
 * thread.
 */
final class DnsLookups implements Dns {

  /** Spares the servers where a TTL is 0, and the callers where the servers are dead. */
  private static final Duration LEAST_KEPT = Duration.ofSeconds(5);

  /** How long an old answer is given before servers that said nothing are waited for again. */
  private static final Duration STALE_KEPT = Duration.ofSeconds(30);

  /** How old an answer may be that is given where there is none (RFC 8767 section 5). */
  private static final Duration MOST_STALE = Duration.ofDays(1);

  private static final int MOST_KEPT_S = 3_600;
  private static final int MOST_KEPT_NOTHING_S = 60;
  private static final int ENTRIES = 10_000;
  private static final int TRIES = 3;

  /** Stands for the hosts file where there is a type of record. */
  private static final int HOSTS_FILE = -1;

  private final AsyncCache<Question, Answer> lately;
  private final Cache<Question, Answer> said;
  private final LookupSession session;
  private final HostsFileParser hostsFile;
  private final Duration timeout;
  private final DnsCounters counters;
  private final Executor thread = Thread::startVirtualThread;

  private record Question(String name, int type) {}

  /** Records or, where nothing could be learned, why. */
  private record Answer(
      List<Record> records, List<InetAddress> local, String failure, Duration kept) {
    static Answer of(List<Record> records) {
      return new Answer(records, List.of(), "", LEAST_KEPT);
    }

    static Answer failed(String why) {
      return new Answer(List.of(), List.of(), why, LEAST_KEPT);
    }

    Answer stale() {
      return new Answer(records, local, failure, STALE_KEPT);
    }
  }

  /**
   * Asks by a session.
   *
   * @param timeout the longest wait for one answer
   * @param ticker tells what is too old
   */
  DnsLookups(
      LookupSession session,
      HostsFileParser hostsFile,
      Duration timeout,
      DnsCounters counters,
      Ticker ticker) {
    this.lately =
        Caffeine.newBuilder()
            .maximumSize(ENTRIES)
            .ticker(ticker)
            .expireAfter(Expiry.<Question, Answer>writing((_, answer) -> answer.kept()))
            .buildAsync();
    this.said =
        Caffeine.newBuilder()
            .maximumSize(ENTRIES)
            .ticker(ticker)
            .expireAfterWrite(MOST_STALE)
            .build();
    this.session = session;
    this.hostsFile = hostsFile;
    this.timeout = timeout;
    this.counters = counters;
  }

  static DnsLookups of(DnsSettings settings, DnsCounters counters) {
    HostsFileParser hostsFile = new HostsFileParser();
    org.xbill.DNS.Cache cache = new org.xbill.DNS.Cache(DClass.IN);
    cache.setMaxEntries(ENTRIES);
    cache.setMaxCache(MOST_KEPT_S);
    cache.setMaxNCache(MOST_KEPT_NOTHING_S);
    LookupSession session =
        LookupSession.defaultBuilder()
            .resolver(resolver(settings))
            .hostsFileParser(hostsFile)
            .cache(cache)
            .build();
    return new DnsLookups(session, hostsFile, settings.timeout(), counters, Ticker.systemTicker());
  }

  private static Resolver resolver(DnsSettings settings) {
    List<InetSocketAddress> servers =
        settings.servers().isEmpty()
            ? ResolverConfig.getCurrentConfig().servers()
            : settings.servers();
    Duration oneTry = settings.timeout().dividedBy(TRIES);
    List<Resolver> all = servers.stream().map(server -> resolver(server, oneTry)).toList();
    ExtendedResolver resolver = new ExtendedResolver(all);
    resolver.setRetries(TRIES);
    resolver.setTimeout(settings.timeout());
    return resolver;
  }

  private static Resolver resolver(InetSocketAddress server, Duration oneTry) {
    SimpleResolver resolver = new SimpleResolver(server);
    resolver.setTimeout(oneTry);
    return resolver;
  }

  @Override
  public CompletableFuture<List<InetAddress>> local(String host) {
    return lately
        .get(
            new Question(host, HOSTS_FILE),
            (question, _) -> CompletableFuture.supplyAsync(() -> inHostsFile(host), thread))
        .thenApply(Answer::local);
  }

  private Answer inHostsFile(String host) {
    return new Answer(
        List.of(),
        Stream.of(Type.A, Type.AAAA).flatMap(type -> inHostsFile(host, type)).toList(),
        "",
        LEAST_KEPT);
  }

  private Stream<InetAddress> inHostsFile(String host, int type) {
    try {
      return hostsFile.getAddressForHost(Name.fromString(host, Name.root), type).stream();
    } catch (IOException e) {
      return Stream.empty(); // no name, or no such file
    }
  }

  @Override
  public CompletableFuture<List<Naptr>> naptr(String domain) {
    return ask(domain, Type.NAPTR, DnsLookups::naptr);
  }

  @Override
  public CompletableFuture<List<Srv>> srv(String name) {
    return ask(name, Type.SRV, DnsLookups::srv);
  }

  @Override
  public CompletableFuture<List<InetAddress>> addresses(String host) {
    CompletableFuture<List<InetAddress>> v4 = ask(host, Type.A, DnsLookups::address);
    CompletableFuture<List<InetAddress>> v6 = ask(host, Type.AAAA, DnsLookups::address);
    return either(v4)
        .thenCombine(either(v6), (a, b) -> Stream.concat(a.stream(), b.stream()).toList())
        .thenCompose(
            all ->
                all.isEmpty() && v4.isCompletedExceptionally()
                    ? v4
                    : CompletableFuture.completedFuture(all));
  }

  /** One family is enough where the servers cannot be asked for the other. */
  private static <T> CompletableFuture<List<T>> either(CompletableFuture<List<T>> family) {
    return family.exceptionally(_ -> List.of());
  }

  private <T> CompletableFuture<List<T>> ask(
      String name, int type, Function<Record, Stream<T>> reader) {
    return lately
        .get(new Question(name.toLowerCase(Locale.ROOT), type), (question, _) -> lookUp(question))
        .thenApply(answer -> read(answer, reader));
  }

  private static <T> List<T> read(Answer answer, Function<Record, Stream<T>> reader) {
    if (!answer.failure().isEmpty()) {
      throw new CompletionException(new IOException(answer.failure()));
    }
    return answer.records().stream().flatMap(reader).toList();
  }

  private CompletableFuture<Answer> lookUp(Question question) {
    counters.count(DnsCounters.Kind.QUESTIONS);
    return CompletableFuture.supplyAsync(() -> name(question.name()), thread)
        .thenCompose(name -> session.lookupAsync(name, question.type()))
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .handle(
            (result, failure) ->
                failure == null
                    ? known(question, result.getRecords())
                    : nothing(question, failure));
  }

  private Answer known(Question question, List<Record> records) {
    Answer answer = Answer.of(records);
    said.put(question, answer);
    return answer;
  }

  /** With a dot in it a name is whole: what this machine may append is for bare names only. */
  private static Name name(String text) {
    try {
      return Name.fromString(text, text.indexOf('.') < 0 ? null : Name.root);
    } catch (TextParseException e) {
      throw new CompletionException(new NoSuchDomainException(Name.root, Type.ANY));
    }
  }

  private Answer nothing(Question question, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof NoSuchDomainException || cause instanceof NoSuchRRSetException) {
      return known(question, List.of());
    }
    counters.count(DnsCounters.Kind.UNANSWERED);
    Answer before = said.getIfPresent(question);
    if (before != null) {
      counters.count(DnsCounters.Kind.STALE);
      return before.stale();
    }
    String why = cause.getMessage() == null ? "no answer in time" : cause.getMessage();
    return Answer.failed(Type.string(question.type()) + " of " + question.name() + ": " + why);
  }

  private static Stream<InetAddress> address(Record record) {
    return switch (record) {
      case ARecord a -> Stream.of(a.getAddress());
      case AAAARecord aaaa -> Stream.of(aaaa.getAddress());
      default -> Stream.empty();
    };
  }

  private static Stream<Srv> srv(Record record) {
    return record instanceof SRVRecord srv
        ? Stream.of(
            new Srv(srv.getPriority(), srv.getWeight(), srv.getPort(), text(srv.getTarget())))
        : Stream.empty();
  }

  private static Stream<Naptr> naptr(Record record) {
    return record instanceof NAPTRRecord naptr
        ? Stream.of(
            new Naptr(
                naptr.getOrder(),
                naptr.getPreference(),
                naptr.getFlags(),
                naptr.getService(),
                naptr.getRegexp(),
                text(naptr.getReplacement())))
        : Stream.empty();
  }

  private static String text(Name name) {
    return name.toString(true).toLowerCase(Locale.ROOT);
  }
}
