package org.drawbridge.routing.config.reader;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The published schema is what the readers take: no key more or less, and no other types. */
final class SchemaTest {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Path FILE = Path.of("../config/sbc.schema.json");

  /** Mistakes that a schema can see; the others are about how values fit together. */
  private static final List<String> MISTAKES_OF_TYPE =
      List.of(
          "unknown key ",
          "\" is missing here",
          "a section of keys is wanted here",
          "one value is wanted here",
          "is not a time",
          "is not a size",
          "is neither true nor false",
          "is not a whole number",
          "unknown value ");

  @Test
  void saysWhatTheReadersTake() throws IOException {
    ObjectNode written =
        Files.exists(FILE)
            ? (ObjectNode) JSON.readTree(Files.readString(FILE))
            : JSON.createObjectNode();
    ObjectNode wanted = new SchemaProbe().schema();
    if (Boolean.getBoolean("schema.write")) {
      SchemaWords.addTo(wanted);
      Files.writeString(FILE, wanted.toPrettyString() + "\n");
      return;
    }
    assertThat(differences(written, wanted))
        .as(
            "config/sbc.schema.json and the readers differ, + is to be added to the file, - to be"
                + " removed. Write it anew by: mvn -pl sbc-routing test -Dtest=SchemaTest"
                + " -Dschema.write=true (what editors show of a key is its row in docs/routing.md)")
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void takesWhatIsShipped(Path file) throws IOException {
    assertThat(errors(Files.readString(file))).isEmpty();
  }

  static Stream<Path> shipped() throws IOException {
    List<Path> files = new ArrayList<>(List.of(Path.of("../config/sbc.yaml")));
    Path examples = Path.of("../config/examples");
    if (Files.exists(examples)) {
      try (Stream<Path> found = Files.list(examples)) {
        found.filter(file -> file.toString().endsWith(".yaml")).sorted().forEach(files::add);
      }
    }
    return files.stream().filter(SchemaTest::isConfiguration);
  }

  private static boolean isConfiguration(Path file) {
    try {
      return Files.readString(file).contains("listeners:");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @MethodSource("mistakesOfType")
  void refusesWhatTheReadersRefuse(String text) throws IOException {
    assertThat(errors(text)).as(text).isNotEmpty();
  }

  static Stream<String> mistakesOfType() {
    return Stream.of(
            ConfigErrorsTest.general(),
            ConfigErrorsTest.owners(),
            ConfigErrorsTest.media(),
            ConfigErrorsTest.trunks(),
            RouteErrorsTest.handling(),
            RouteErrorsTest.groups())
        .flatMap(cases -> cases)
        .filter(arguments -> isMistakeOfType(String.valueOf(arguments.get()[1])))
        .map(arguments -> String.valueOf(arguments.get()[0]).replace("§", ""))
        .map(fragment -> ConfigText.MINIMAL + fragment);
  }

  private static boolean isMistakeOfType(String message) {
    return MISTAKES_OF_TYPE.stream().anyMatch(message::contains);
  }

  /** What the schema finds wrong with a file. */
  static List<Error> errors(String yaml) throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(FILE));
    Object loaded = new Load(LoadSettings.builder().build()).loadFromString(yaml);
    return schema.validate(JSON.<JsonNode>valueToTree(keyedByText(loaded)));
  }

  /** YAML keys may be numbers, those of JSON are texts. */
  private static Object keyedByText(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<String, Object> keyed = new LinkedHashMap<>();
        map.forEach(
            (key, inner) ->
                keyed.put(String.valueOf(key), inner == null ? "" : keyedByText(inner)));
        yield keyed;
      }
      case List<?> list ->
          list.stream().map(inner -> inner == null ? "" : keyedByText(inner)).toList();
      default -> value;
    };
  }

  private static List<String> differences(JsonNode written, JsonNode wanted) {
    Map<String, String> before = new TreeMap<>();
    Map<String, String> after = new TreeMap<>();
    flatten("", written, before);
    flatten("", wanted, after);
    Set<String> places = new TreeSet<>(before.keySet());
    places.addAll(after.keySet());
    List<String> differences = new ArrayList<>();
    for (String place : places) {
      String old = before.get(place);
      String now = after.get(place);
      if (old != null && !old.equals(now)) {
        differences.add("- " + place + " = " + old);
      }
      if (now != null && !now.equals(old)) {
        differences.add("+ " + place + " = " + now);
      }
    }
    return differences;
  }

  private static void flatten(String place, JsonNode node, Map<String, String> out) {
    if (node.isObject()) {
      node.propertyNames().forEach(key -> flatten(place + "/" + key, node.path(key), out));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        flatten(place + "/" + i, node.path(i), out);
      }
    } else if (!place.endsWith("/description") || place.endsWith("/properties/description")) {
      out.put(place, node.toString());
    }
  }
}
