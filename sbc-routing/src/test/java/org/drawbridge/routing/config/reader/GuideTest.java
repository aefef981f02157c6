package org.drawbridge.routing.config.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.routing.user.UsersFile;
import org.drawbridge.routing.user.UsersResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What docs/routing.md and docs/trunks.md show can be copied, and no key goes untold. */
final class GuideTest {

  private static final Path GUIDE = Path.of("../docs/routing.md");
  private static final Path TRUNKS = Path.of("../docs/trunks.md");
  private static final Path SCHEMA = Path.of("../config/sbc.schema.json");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
  private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
  private static final Pattern SOUND = Pattern.compile("sounds/([a-z-]+[.]wav)");
  private static final Pattern WORD = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final String DOMAINS = "domains: [example.com]\n";
  private static final String LISTENERS = "listeners: { transport: udp, bind: \"0.0.0.0:5060\" }\n";
  private static final String ACCOUNT = "{ md5: 0123456789abcdef0123456789abcdef, group: sales }";

  @TempDir private Path directory = Path.of("");

  /** The files that the examples name. */
  @BeforeEach
  void files() throws IOException {
    Files.createDirectories(directory.resolve("routes.d"));
    write(
        "users.yaml",
        "users: { 1001: %s, 1002: %s, 1003: %s, pbx: %s, branch1: %s }"
            .formatted(ACCOUNT, ACCOUNT, ACCOUNT, ACCOUNT, ACCOUNT));
    write("cheap-prefixes.csv", "4930,Berlin\n");
    write("blocked.csv", "4930123456\n");
    write("prices.csv", "trunk,prefix,price\nacme,44,0.0125\nbeta,44,0.0110\n");
    write("trunks.yaml", "trunks: { gamma: { targets: \"sip:gamma.example\" } }\n");
    write("routes.d/10-last.yaml", "routes: [ { name: last, to: { registrar: true } } ]\n");
    for (MatchResult sound : SOUND.matcher(Files.readString(GUIDE)).results().toList()) {
      write(sound.group(1), "RIFF\0\0\0\0WAVE");
    }
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text, StandardCharsets.ISO_8859_1);
  }

  static Stream<String> examples() throws IOException {
    return blocks("yaml").filter(block -> !isUsersFile(block));
  }

  private static boolean isUsersFile(String block) {
    return block.startsWith("# config/users.yaml");
  }

  private static Stream<String> blocks(String language) throws IOException {
    List<String> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(Files.readString(GUIDE) + Files.readString(TRUNKS));
    while (matcher.find()) {
      if (matcher.group(1).equals(language)) {
        blocks.add(matcher.group(2));
      }
    }
    assertThat(blocks).isNotEmpty();
    return blocks.stream();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void anExampleIsTakenAsItStands(String example) throws IOException {
    SbcConfig config = read(example);
    assertThat(AccountsLoader.load(config, _ -> null)).isInstanceOf(UsersResult.Loaded.class);
    assertThat(SchemaTest.errors(whole(example))).as(example).isEmpty();
  }

  private static String whole(String example) {
    StringBuilder whole = new StringBuilder(example);
    addUnlessThere(whole, example, "domains:", DOMAINS);
    addUnlessThere(whole, example, "listeners:", LISTENERS);
    return whole.toString();
  }

  /** The example in a file of its own, beside one with what it leaves out. */
  private SbcConfig read(String example) throws IOException {
    Path block = write("example.yaml", example.replaceAll("(config|sounds)/", directory + "/"));
    StringBuilder rest = new StringBuilder("include: " + block + "\n");
    addUnlessThere(rest, example, "domains:", DOMAINS);
    addUnlessThere(rest, example, "listeners:", LISTENERS);
    addUnlessThere(
        rest, example, "users:", "users: { file: %s/users.yaml }\n".formatted(directory));
    rest.append("trunks:\n");
    addUnlessThere(rest, example, "  acme:", "  acme: { targets: \"sip:acme.example\" }\n");
    addUnlessThere(rest, example, "  beta:", "  beta: { targets: \"sip:beta.example\" }\n");
    addUnlessThere(rest, example, "  pbx:", "  pbx: { targets: \"sip:pbx.example\" }\n");
    ConfigResult result = ConfigReader.read(write("main.yaml", rest.toString()), _ -> "secret");
    assertThat(result).as(result + "\n" + example).isInstanceOf(ConfigResult.Loaded.class);
    ConfigResult.Loaded loaded = (ConfigResult.Loaded) result;
    assertThat(loaded.warnings()).as(example).isEmpty();
    return loaded.config();
  }

  private static void addUnlessThere(StringBuilder rest, String example, String key, String line) {
    if (!example.startsWith(key) && !example.contains("\n" + key)) {
      rest.append(line);
    }
  }

  @Test
  void theUsersFileIsTakenOnceItsHashesAreWhole() throws IOException {
    String example = blocks("yaml").filter(GuideTest::isUsersFile).findFirst().orElseThrow();
    String whole =
        example
            .replaceAll("md5: ([0-9a-f]{4})\\.\\.\\.", "md5: " + "$1".repeat(8))
            .replaceAll("sha256: ([0-9a-f]{4})\\.\\.\\.", "sha256: " + "$1".repeat(16));
    UsersResult result =
        UsersFile.read(
            write("users.yaml", whole), List.of("example.com", "other.example"), _ -> null);
    assertThat(result).as(result::toString).isInstanceOf(UsersResult.Loaded.class);
  }

  @Test
  void theAnswersOfARouteServiceAreTaken() throws IOException {
    SbcConfig config =
        read(examples().filter(block -> block.contains("http:")).findFirst().orElseThrow());
    List<String> answers = blocks("json").filter(block -> block.startsWith("{ \"to\"")).toList();
    assertThat(answers).isNotEmpty();
    for (String answer : answers) {
      AnswerReader.Result result =
          AnswerReader.read(answer, config.routing().routes().getFirst(), config.routing());
      assertThat(result).as(result::toString).isInstanceOf(AnswerReader.Result.Read.class);
    }
  }

  @Test
  void everyKeyIsTold() throws IOException {
    Set<String> told = new TreeSet<>();
    String guide = Files.readString(GUIDE);
    Stream.concat(
            CODE.matcher(guide.replaceAll("(?ms)^```.*?^```$", "")).results(),
            BLOCK.matcher(guide).results())
        .map(MatchResult::group)
        .flatMap(code -> WORD.matcher(code).results())
        .forEach(word -> told.add(word.group()));
    Set<String> keys = new TreeSet<>();
    JsonNode schema = JsonMapper.shared().readTree(Files.readString(SCHEMA));
    schema.findValues("properties").forEach(some -> keys.addAll(some.propertyNames()));
    assertThat(keys).hasSizeGreaterThan(100).contains("rtp-ports", "calls");
    keys.removeAll(told);
    assertThat(keys).isEmpty();
  }
}
