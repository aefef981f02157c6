package org.drawbridge.routing.config.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.drawbridge.routing.config.RouteConfig;
import org.drawbridge.routing.config.RouteConfig.Action;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.routing.config.Urgency;
import org.drawbridge.routing.limit.Destinations;
import org.drawbridge.routing.limit.Limits;
import org.drawbridge.routing.limit.Rate;
import org.drawbridge.routing.trunk.Breaker;
import org.drawbridge.routing.user.UserAccount;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the file says of limits and of calls that pass them. */
final class LimitsConfigTest {

  private static final String TRUNK =
      "trunks: { acme: { targets: \"sip:a.example\", limits: %s } }";
  private static final String ROUTE =
      "routes: [ { name: r, when: { to: \"112\" }, to: { registrar: true }, %s } ]";

  private static Limits limits(String text) {
    SbcConfig config = ConfigText.config(ConfigText.MINIMAL + TRUNK.formatted(text));
    return config.routing().trunks().values().iterator().next().bounds().limits();
  }

  private static Urgency urgency(String keys) {
    RouteConfig route =
        ConfigText.config(ConfigText.MINIMAL + ROUTE.formatted(keys)).routing().routes().getFirst();
    return ((Action.Deliver) route.action()).handling().urgency();
  }

  @Test
  void aTrunkHasAllKindsOfLimits() {
    assertThat(limits("{ calls: 30, rate: 5/s, burst: 10, minutes-a-day: 600, answer: 486 }"))
        .isEqualTo(new Limits(30, new Rate(5, Duration.ofSeconds(1), 10), 600, 486));
    assertThat(limits("{}")).isEqualTo(Limits.NONE);
  }

  private static @Nullable Breaker breaker(String keys) {
    String trunk = "trunks: { acme: { targets: \"sip:a.example\"" + keys + " } }";
    SbcConfig config = ConfigText.config(ConfigText.MINIMAL + trunk);
    return config.routing().trunks().values().iterator().next().bounds().breaker();
  }

  @Test
  void aTrunkWhoseCallsFailIsLeftAloneUnlessTheFileSaysOtherwise() {
    assertThat(breaker("")).isEqualTo(Breaker.STANDARD);
    assertThat(breaker(", breaker: { errors: 100%, of: 5, within: 1m, pause: 10s }"))
        .isEqualTo(new Breaker(100, 5, Duration.ofMinutes(1), Duration.ofSeconds(10)));
    assertThat(breaker(", breaker: none")).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ errors: 50 } | \"50\" is not a share from 1% to 100%",
        "{ of: 1 } | \"1\" is not a whole number from 2 to 1000",
        "off | a section of keys is wanted here, not a value",
      })
  void mistakesOfABreakerAreNamed(String breaker, String message) {
    String trunk = "trunks: { acme: { targets: \"sip:a.example\", breaker: " + breaker + " } }";
    assertThat(ConfigText.problems(ConfigText.MINIMAL + trunk).getFirst().toString())
        .contains(message);
  }

  @ParameterizedTest
  @CsvSource({"5/s, 1, 5, 5", "100/m, 60, 100, 2", "60/m, 60, 60, 1", "1/h, 3600, 1, 1"})
  void aRateComesWithTheBurstOfOneSecond(String text, int seconds, int count, int burst) {
    assertThat(limits("{ rate: " + text + " }").rate())
        .isEqualTo(new Rate(count, Duration.ofSeconds(seconds), burst))
        .hasToString(text);
  }

  @Test
  void accountsAndGroupsAndAllHaveThemToo() {
    SbcConfig config =
        ConfigText.config(
            ConfigText.MINIMAL
                + """
                limits: { calls: 7, rate: 50/s, registrations: 9 }
                account-groups: { sales: { limits: { calls: 3 } } }
                users:
                  1001: { md5: 0cf1a0f8e2a87a3f9d3c9a8e2a87a3f9, group: sales, limits: { calls: 2 } }
                """);
    UserAccount account = config.accounts().users().getFirst();
    assertThat(account.groups()).containsExactly("sales");
    assertThat(account.limits()).isEqualTo(Limits.NONE.withCalls(2));
    assertThat(config.accounts().groups()).isEqualTo(Map.of("sales", Limits.NONE.withCalls(3)));
    assertThat(config.edge().limits().all())
        .isEqualTo(new Limits(7, new Rate(50, Duration.ofSeconds(1), 50), 0, 0));
    assertThat(config.edge().limits().registrations()).isEqualTo(9);
  }

  @Test
  void whereCallsMayGoIsALimitToo() {
    assertThat(limits("{ countries: [DE, AT], max-price: 0.05 }").destinations())
        .isEqualTo(new Destinations(List.of("DE", "AT"), new BigDecimal("0.05")));
  }

  private static List<String> problems(String keys) {
    String trunk = "trunks: { a: { targets: \"sip:a.example\", " + keys + " } }";
    return ConfigText.problems(ConfigText.MINIMAL + trunk).stream().map(Object::toString).toList();
  }

  @Test
  void aTrunkThatSignsInNeedsBothKeys() {
    assertThat(problems("accept: { username: me }"))
        .first()
        .asString()
        .contains("\"username\" needs a \"password\" beside it");
    assertThat(problems("accept: {}"))
        .singleElement()
        .asString()
        .contains("\"accept\" needs a \"certificate\", or \"username\" and \"password\"");
  }

  @Test
  void aRouteSaysHowUrgentItsCallsAre() {
    assertThat(urgency("redirect: follow")).isEqualTo(Urgency.NORMAL);
    assertThat(urgency("emergency: true")).isEqualTo(Urgency.EMERGENCY);
    assertThat(urgency("emergency: true, preempt: true")).isEqualTo(Urgency.PREEMPTING);
  }

  @Test
  void anEmergencyRouteForEveryNumberDeservesASecondLook() {
    ConfigResult.Loaded loaded =
        ConfigText.loaded(
            ConfigText.MINIMAL
                + "routes: [ { name: r, to: { registrar: true }, emergency: true } ]");
    assertThat(loaded.warnings().getFirst().toString())
        .contains("an emergency route without \"to\" in \"when\" passes every limit");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ rate: 5 } | \"5\" is not a rate: write a number and /s, /m or /h, as in 5/s",
        "{ rate: 0/s } | \"0/s\" is not a rate: write a number and /s, /m or /h, as in 5/s",
        "{ burst: 5 } | \"burst\" needs a \"rate\" beside it",
        "{ countries: [XX] } | \"XX\" is not a country of two letters, as in DE",
        "{ max-price: cheap } | \"cheap\" is not a price, as in 0.05",
        "{ calls: 0 } | \"0\" is not a whole number from 1 to 10000000",
        "{ answer: 500 } | unknown value \"500\": did you mean \"503\"? valid: 403, 486, 503",
        "{ call: 5 } | unknown key \"call\": did you mean \"calls\"? valid: answer, burst, calls,",
      })
  void mistakesAreNamed(String limits, String message) {
    String text = ConfigText.MINIMAL + TRUNK.formatted(limits);
    assertThat(ConfigText.problems(text).getFirst().toString()).contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "preempt: true | \"preempt\" needs \"emergency: true\" beside it",
        "emergency: true, preempt: true, mode: proxy, media: direct"
            + " | \"preempt\" needs \"mode: b2bua\": a proxy can end no call",
      })
  void mistakesOfEmergencyRoutesAreNamed(String keys, String message) {
    String text = ConfigText.MINIMAL + ROUTE.formatted(keys);
    assertThat(ConfigText.problems(text).getFirst().toString()).contains(message);
  }
}
