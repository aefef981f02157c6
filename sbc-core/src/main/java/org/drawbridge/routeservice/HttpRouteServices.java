package org.drawbridge.routeservice;

import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.metrics.Counter;
import org.drawbridge.metrics.Counters;
import org.drawbridge.routing.config.RouteConfig.Target;
import org.drawbridge.routing.rule.CallSource;
import org.drawbridge.routing.rule.RouteDecision;
import org.drawbridge.routing.rule.RouteQuestion;
import org.drawbridge.routing.rule.RouteQuestion.Reading;
import org.drawbridge.routing.rule.RouteVerdict;
import org.jspecify.annotations.Nullable;

/**
 * Asks by HTTP: one POST a question, no redirection is followed, and at most so many questions are
 * open at once. Thread-safe.
 */
public final class HttpRouteServices implements RouteServices, AutoCloseable {

  /** Its lines are bounded below the level WARN: anybody may have questions asked. */
  private static final Logger LOG = LogManager.getLogger("org.drawbridge.refused.route");

  /** Questions that may be open at once, over all services. */
  private static final int MAX_OPEN = 500;

  /** So many of them may be those of one account, or of all strangers together. */
  private static final int SHARE = 100;

  private static final Object STRANGERS = new Object();

  /** Largest answer, in bytes. */
  private static final int MAX_BODY = 64 << 10;

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final String QUESTIONS = "drawbridge_route_service_questions_total";
  private static final String HELP = "Questions to route services, by what came of them";

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger open = new AtomicInteger();
  private final Map<Object, Integer> openOf = new ConcurrentHashMap<>();
  private final Counter answered;
  private final Counter failed;
  private @Nullable HttpClient client;

  /** Asks nobody yet, and opens nothing until it does. */
  public HttpRouteServices(Counters counters) {
    this.answered = counters.count(QUESTIONS, HELP, "result", "answered");
    this.failed = counters.count(QUESTIONS, HELP, "result", "failed");
    counters.gauge("drawbridge_route_service_open", "Open questions to route services", open::get);
  }

  @Override
  public void ask(
      RouteQuestion question, String callId, Executor on, Consumer<RouteDecision> result) {
    threads.execute(
        () -> decide(question, callId, decision -> on.execute(() -> result.accept(decision))));
  }

  private void decide(RouteVerdict verdict, String callId, Consumer<RouteDecision> done) {
    switch (verdict) {
      case RouteDecision decision -> done.accept(decision);
      case RouteQuestion question ->
          read(question, callId)
              .thenAcceptAsync(
                  reading -> {
                    switch (reading) {
                      case Reading.Decided(RouteDecision decision) -> done.accept(decision);
                      case Reading.Wrong _ -> decide(question.fallback(), callId, done);
                    }
                  },
                  threads);
    }
  }

  /** Asks and waits for the answer, for a rehearsal. Not to be called on a loop. */
  public Reading askNow(RouteQuestion question) {
    return read(question, "rehearsal").join();
  }

  private CompletableFuture<Reading> read(RouteQuestion question, String callId) {
    CallSource caller = question.query().source();
    String full = enter(caller);
    Level failure =
        full != null || caller instanceof CallSource.Anonymous ? Level.INFO : Level.WARN;
    CompletableFuture<Reading> reading = new CompletableFuture<>();
    CompletableFuture<Reading> reported =
        reading.whenComplete((what, _) -> report(question, callId, what, failure));
    if (full != null) {
      reading.complete(new Reading.Wrong(full));
      return reported;
    }
    Target.Http service = question.service();
    CompletableFuture<HttpResponse<byte[]>> exchange =
        client()
            .sendAsync(
                request(service, QuestionJson.of(question, callId)),
                BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BODY));
    reading.completeOnTimeout(
        new Reading.Wrong("no answer within " + service.timeout().toMillis() + " ms"),
        service.timeout().toMillis(),
        TimeUnit.MILLISECONDS);
    reading.whenComplete((_, _) -> exchange.cancel(true));
    exchange.whenComplete(
        (response, thrown) -> {
          leave(caller);
          reading.complete(
              thrown == null ? read(question, response) : new Reading.Wrong(words(thrown)));
        });
    return reported;
  }

  /** One more question of somebody is open; or why there must not be. */
  private @Nullable String enter(CallSource caller) {
    int all = open.incrementAndGet();
    int own = openOf.merge(who(caller), 1, Integer::sum);
    boolean hasShare = caller instanceof CallSource.FromTrunk || own <= SHARE;
    if (all <= MAX_OPEN && hasShare) {
      return null;
    }
    leave(caller);
    return hasShare
        ? "more than " + MAX_OPEN + " questions are open"
        : "more than " + SHARE + " of one account's or of strangers' questions are open";
  }

  private void leave(CallSource caller) {
    open.decrementAndGet();
    openOf.computeIfPresent(who(caller), (_, count) -> count == 1 ? null : count - 1);
  }

  private static Object who(CallSource caller) {
    return caller instanceof CallSource.Anonymous ? STRANGERS : caller;
  }

  private static HttpRequest request(Target.Http service, byte[] body) {
    return HttpRequest.newBuilder(service.url())
        .timeout(service.timeout())
        .header("Content-Type", "application/json")
        .header("Accept", "application/json")
        .header("User-Agent", "Drawbridge")
        .POST(BodyPublishers.ofByteArray(body))
        .build();
  }

  private static Reading read(RouteQuestion question, HttpResponse<byte[]> response) {
    if (response.statusCode() != 200) {
      return new Reading.Wrong("status " + response.statusCode());
    }
    try {
      ByteBuffer body = ByteBuffer.wrap(response.body());
      return question.read(StandardCharsets.UTF_8.newDecoder().decode(body).toString());
    } catch (CharacterCodingException e) {
      return new Reading.Wrong("the answer is not UTF-8 text");
    }
  }

  private static String words(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof ConnectException) {
      return "cannot connect: " + reason(cause);
    }
    String message = cause.getMessage();
    return cause.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }

  /** What the system said, which the client wraps in errors that say nothing. */
  private static String reason(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof IllegalArgumentException) { // an address that is only a name
        return "no address is known for the name of the host";
      }
      if (at.getMessage() != null) {
        return at.getMessage();
      }
    }
    return "nobody listens there";
  }

  private void report(
      RouteQuestion question, String callId, @Nullable Reading reading, Level failure) {
    if (reading instanceof Reading.Wrong(String why)) {
      failed.increment();
      LOG.log(
          failure,
          "route.service-failed call-id={} route={} url={} reason=\"{}\"",
          callId,
          question.route(),
          question.service().shown(),
          why);
    } else {
      answered.increment();
      LOG.debug("route.service-answered call-id={} route={}", callId, question.route());
    }
  }

  private synchronized HttpClient client() {
    if (client == null) {
      client =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .connectTimeout(CONNECT)
              .executor(threads)
              .build();
    }
    return client;
  }

  /** Gives up what is open; nobody is told any more. */
  @Override
  public synchronized void close() {
    if (client != null) {
      client.shutdownNow();
    }
    threads.shutdownNow();
  }
}
