package org.drawbridge.routing.config.reader;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Puts what docs/routing.md says of each key into the schema, for editors to show. */
final class SchemaWords {

  private static final Path GUIDE = Path.of("../docs/routing.md");
  private static final Pattern ROW = Pattern.compile("^\\| (`[^|]*`) \\| (.*) \\| (.*?) ?\\|$");
  private static final Pattern SECTION = Pattern.compile("^`([^`]+)`( `.*|)$");
  private static final Pattern KEY = Pattern.compile("`([^`]+)`");

  private final ObjectNode schema;
  private String section = "";

  private SchemaWords(ObjectNode schema) {
    this.schema = schema;
  }

  static void addTo(ObjectNode schema) throws IOException {
    List<String> lines = Files.readAllLines(GUIDE);
    SchemaWords words = new SchemaWords(schema);
    lines.subList(lines.indexOf("## Every key"), lines.size()).forEach(words::line);
  }

  private void line(String line) {
    Matcher row = ROW.matcher(line);
    if (!row.matches()) {
      return;
    }
    String keys = row.group(1);
    String without = row.group(3).isBlank() ? "" : " Default: " + row.group(3) + ".";
    Matcher begin = SECTION.matcher(keys);
    if (begin.matches() && (!begin.group(2).isEmpty() || begin.group(1).matches(".*(\\[]|NAME)"))) {
      section = begin.group(1).replaceAll("(\\[]|\\.NAME)$", "");
      keys = begin.group(2);
    }
    Matcher key = KEY.matcher(keys);
    while (key.find()) {
      describe(key.group(1), (row.group(2) + "." + without).replace("`", ""));
    }
  }

  private void describe(String key, String words) {
    JsonNode place = section.isEmpty() ? schema : schema.path("$defs").path(section);
    if (place.path("properties").path(key) instanceof ObjectNode property) {
      property.put("description", words);
    }
  }
}
