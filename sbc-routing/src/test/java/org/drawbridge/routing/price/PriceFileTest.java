package org.drawbridge.routing.price;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.drawbridge.routing.yaml.ConfigProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Price lists: what is read, what is refused, who is cheapest. */
final class PriceFileTest {

  @TempDir private Path folder = Path.of("");

  private PriceResult read(String text) throws IOException {
    Path file = folder.resolve("prices.csv");
    Files.writeString(file, text);
    return PriceFile.read(file);
  }

  private PriceTable prices(String text) throws IOException {
    assertThat(read(text)).isInstanceOf(PriceResult.Loaded.class);
    return ((PriceResult.Loaded) read(text)).prices();
  }

  private List<String> problems(String text) throws IOException {
    assertThat(read(text)).isInstanceOf(PriceResult.Refused.class);
    return ((PriceResult.Refused) read(text))
        .problems().stream()
            .map(ConfigProblem::toString)
            .map(message -> message.substring(message.lastIndexOf("prices.csv")))
            .toList();
  }

  @Test
  void eachTrunksLongestPrefixCountsAndTheCheapestComesFirst() throws IOException {
    PriceTable prices =
        prices(
            """
            trunk,prefix,price
            # the first carrier sells London apart
            acme, 44, 0.02
            acme, 4420, 0.005
            beta, 44, 0.01

            """);
    assertThat(prices.size()).isEqualTo(3);
    assertThat(order(prices, "442079460000")).containsExactly("acme 0.005", "beta 0.01");
    assertThat(order(prices, "+441632960000")).containsExactly("beta 0.01", "acme 0.02");
    assertThat(order(prices, "33123456789")).isEmpty();
  }

  @Test
  void theMarkThatSpreadsheetsWriteBeforeUtf8IsNoPartOfTheList() throws IOException {
    assertThat(prices("\uFEFFtrunk,prefix,price\r\nacme,44,0.02\r\n").size()).isEqualTo(1);
    assertThat(prices("\uFEFFacme,44,0.02\n").trunks()).containsExactly("acme");
  }

  private static List<String> order(PriceTable prices, String number) {
    return prices.quotes(number, List.of("acme", "beta", "gamma")).stream()
        .map(quote -> quote.trunk() + ' ' + quote.price())
        .toList();
  }

  @Test
  void ofEqualsTheOneThatIsNamedFirstComesFirst() throws IOException {
    PriceTable prices = prices("beta,1,0.5\nacme,1,0.50\n");
    assertThat(order(prices, "12")).containsExactly("acme 0.50", "beta 0.5");
  }

  @Test
  void everyMistakeIsToldWithItsLine() throws IOException {
    assertThat(problems("acme,44,0.1\nacme,44,0.2\nacme,4x,1\nacme,45,-1\nacme,46\n,1,1\n"))
        .containsExactly(
            "prices.csv:2:1: trunk acme has a price for prefix \"44\" already",
            "prices.csv:3:1: \"4x\" is not a prefix: write up to 18 digits",
            "prices.csv:4:1: \"-1\" is not a price: write it as 0.0125",
            "prices.csv:5:1: a line is trunk,prefix,price, as in acme,4420,0.0125",
            "prices.csv:6:1: the name of the trunk is missing");
  }

  @Test
  void aMissingFileIsSaid() {
    assertThat(PriceFile.read(folder.resolve("none.csv")))
        .isInstanceOfSatisfying(
            PriceResult.Refused.class,
            refused ->
                assertThat(refused.problems().getFirst().message())
                    .isEqualTo("the file does not exist"));
  }
}
