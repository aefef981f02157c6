package org.drawbridge.routing.config.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.drawbridge.routing.config.RouteConfig;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.routing.yaml.ConfigProblem;
import org.drawbridge.routing.yaml.Environment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A configuration in several files is read as one, and mistakes name the file that they are in. */
final class IncludeTest {

  private static final String MAIN =
      """
      domains: [example.com]
      listeners: [ { transport: udp, bind: "127.0.0.1:5060" } ]
      trunks:
        acme: { targets: "sip:192.0.2.1" }
      routes:
        - { name: first, to: { registrar: true } }
      """;

  @TempDir private Path directory = Path.of(".");
  private final List<Path> inputs = new ArrayList<>();

  @Test
  void listsAreJoinedAndSectionsHaveTheKeysOfAll() throws IOException {
    write(
        "trunks.yaml",
        "trunks: { beta: { targets: \"sip:192.0.2.2\" } }\nlimits: { registrations: 7 }\n");
    write("routes.d/20.yaml", "routes: [ { name: last, to: { trunk: beta } } ]\n");
    write("routes.d/10.yaml", "routes: [ { name: second, to: { trunk: acme } } ]\n");
    write("routes.d/ignored.txt", "nothing: of use\n");

    SbcConfig config = loaded(include("trunks.yaml", "routes.d/*.yaml"));

    assertThat(config.routing().trunks().keySet()).containsExactly("acme", "beta");
    assertThat(config.routing().routes())
        .extracting(RouteConfig::name)
        .containsExactly("first", "second", "last");
    assertThat(config.edge().limits().registrations()).isEqualTo(7);
    assertThat(inputs)
        .contains(path("trunks.yaml"), path("routes.d"), path("routes.d/10.yaml"))
        .doesNotContain(path("routes.d/ignored.txt"));
  }

  @Test
  void oneFileMayIncludeAnotherThatIncludesAThird() throws IOException {
    write("a.yaml", "include: " + path("b.yaml") + "\nlimits: { calls: 7 }\n");
    write("b.yaml", "domains: other.example\n");

    SbcConfig config = loaded(include("a.yaml"));

    assertThat(config.domains()).containsExactly("example.com", "other.example");
  }

  @Test
  void aMistakeNamesTheFileThatItIsIn() throws IOException {
    write("a.yaml", "limits: { calls: 7 }\ntrunks:\n  beta: { target: x }\n");
    write("b.yaml", "limits:\n  connections: no\n");

    assertThat(problems(include("a.yaml", "b.yaml") + "routs: []\n"))
        .hasSize(4)
        .anySatisfy(problem -> assertThat(problem).startsWith(path("sbc.yaml") + ":8:1: unknown"))
        .anySatisfy(
            problem -> assertThat(problem).startsWith(path("a.yaml") + ":3:11: unknown key"))
        .anySatisfy(problem -> assertThat(problem).startsWith(path("b.yaml") + ":2:16: \"no\""));
  }

  @Test
  void aKeyThatStandsInTwoFilesNamesBothPlaces() throws IOException {
    write("a.yaml", "trunks:\n  acme: { targets: \"sip:192.0.2.9\" }\nroutes: { a: b }\n");

    assertThat(problems(include("a.yaml")))
        .containsExactly(
            path("a.yaml") + ":2:3: \"acme\" stands at " + path("sbc.yaml") + ":4:3 too",
            path("a.yaml") + ":3:1: \"routes\" stands at " + path("sbc.yaml") + ":5:1 too");
  }

  @Test
  void noFileIncludesItself() throws IOException {
    write("a.yaml", "include: [ " + path("b.yaml") + " ]\n");
    write("b.yaml", "include: [ " + path("a.yaml") + " ]\n");

    assertThat(problems(include("a.yaml")))
        .singleElement()
        .asString()
        .startsWith(path("b.yaml") + ":1:12: " + path("a.yaml") + " is read already");
    assertThat(problems(include("*.yaml"))).isNotEmpty();
  }

  @Test
  void aFileThatIsNotThereIsNamed() throws IOException {
    assertThat(problems(include("nowhere.yaml")))
        .containsExactly(
            path("sbc.yaml") + ":7:12: " + path("nowhere.yaml") + ": there is no such file");
    assertThat(inputs).contains(path("nowhere.yaml"));
    assertThat(problems(include("nowhere/*.yaml")))
        .containsExactly(path("sbc.yaml") + ":7:12: there is no directory " + path("nowhere"));
  }

  @Test
  void aDirectoryIsNoFile() throws IOException {
    write("routes.d/10.yaml", "limits: { calls: 7 }\n");
    assertThat(problems(include("routes.d")))
        .containsExactly(
            path("sbc.yaml")
                + ":7:12: "
                + path("routes.d")
                + " is a directory: for the files in it, write "
                + path("routes.d")
                + "/*.yaml");
  }

  @Test
  void tooManyFilesAreRefused() throws IOException {
    for (int i = 0; i < 70; i++) {
      write("many/" + i + ".yaml", "domains: d" + i + ".example\n");
    }
    assertThat(problems(include("many/*.yaml")))
        .isNotEmpty()
        .allSatisfy(problem -> assertThat(problem).contains("more than 64 files"));
  }

  private String include(String... names) {
    List<String> paths = new ArrayList<>();
    for (String name : names) {
      paths.add("\"" + path(name) + "\"");
    }
    return MAIN + "include: [ " + String.join(", ", paths) + " ]\n";
  }

  private Path path(String name) {
    return directory.resolve(name);
  }

  private void write(String name, String text) throws IOException {
    Files.createDirectories(path(name).getParent());
    Files.writeString(path(name), text);
  }

  private ConfigResult read(String main) throws IOException {
    write("sbc.yaml", main);
    inputs.clear();
    return ConfigReader.read(path("sbc.yaml"), Environment.ofProcess(), inputs::add);
  }

  private SbcConfig loaded(String main) throws IOException {
    ConfigResult result = read(main);
    assertThat(result).isInstanceOf(ConfigResult.Loaded.class);
    return ((ConfigResult.Loaded) result).config();
  }

  private List<String> problems(String main) throws IOException {
    ConfigResult result = read(main);
    assertThat(result).isInstanceOf(ConfigResult.Refused.class);
    return ((ConfigResult.Refused) result)
        .problems().stream().map(ConfigProblem::toString).toList();
  }
}
