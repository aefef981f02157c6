package org.drawbridge.routing.config.reader;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.drawbridge.routing.yaml.ConfigProblem;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the JSON Schema of the configuration by asking the readers themselves: puts a key that
 * nobody knows, a list and a word that means nothing in each place and learns from what they say
 * which keys and which kind of value they want. So whatever a reader takes is in the schema.
 */
final class SchemaProbe {

  private static final JsonMapper JSON = JsonMapper.shared();

  /** Steps of a path that are no keys: an item of a list, and a name of the operator's choosing. */
  private static final String ITEM = "[]";

  private static final String NAME = "*";

  private static final String WORD = "zzz";
  private static final int MAX_DEPTH = 9;

  private static final Pattern NUMBER =
      Pattern.compile("is not a whole number from (-?[0-9]+) to ([0-9]+)$");
  private static final Pattern VALUES = Pattern.compile("^unknown value .* valid: (.*)$");
  private static final Pattern KEYS = Pattern.compile("^unknown key \"zzz\".* valid: (.*)$");
  private static final Pattern MISSING = Pattern.compile("^\"([^\"]+)\" is missing here$");

  private final ObjectNode kinds = JSON.createObjectNode();

  /** The whole schema. */
  ObjectNode schema() {
    ObjectNode schema = JSON.createObjectNode();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "Drawbridge configuration");
    ObjectNode root = object(List.of(), keys(List.of()));
    root.putArray("required").add("domains").add("listeners");
    schema.setAll(root);
    schema.set("$defs", kinds);
    kinds.putObject("text").putArray("type").add("string").add("number").add("boolean");
    kinds
        .putObject("variable")
        .put("type", "string")
        .put("pattern", "^\\$\\{[A-Za-z_][A-Za-z0-9_]*\\}$");
    withUnit(kinds.putObject("time"), "ms|s|m|h|d");
    withUnit(kinds.putObject("size"), "B|KB|MB|GB");
    return schema;
  }

  private static void withUnit(ObjectNode kind, String units) {
    ArrayNode forms = kind.putArray("anyOf");
    forms
        .addObject()
        .put("type", "string")
        .put("pattern", "^([0-9]{1,9} ?(" + units + ")|0|.*\\$\\{.*)$");
    forms.addObject().put("const", 0);
  }

  private ObjectNode object(List<String> path, List<String> keys) {
    ObjectNode object = JSON.createObjectNode().put("type", "object");
    ObjectNode properties = object.putObject("properties");
    keys.forEach(key -> properties.set(key, describe(then(path, key))));
    object.put("additionalProperties", false);
    List<String> required = path.isEmpty() ? List.of() : missing(path);
    if (!required.isEmpty()) {
      required.forEach(object.putArray("required")::add);
    }
    return object;
  }

  /** A section that stands alone or in a list is described once. */
  private ObjectNode section(List<String> path, List<String> keys) {
    String name =
        String.join(".", path.stream().filter(step -> !ITEM.equals(step)).toList())
            .replace("." + NAME, "");
    if (!kinds.has(name)) {
      kinds.set(name, object(path, keys));
    }
    return reference(name);
  }

  /** What may stand in a place. */
  private JsonNode describe(List<String> path) {
    if (path.size() > MAX_DEPTH) {
      throw new AssertionError("nested too deep: " + path);
    }
    List<JsonNode> forms = new ArrayList<>();
    List<String> keys = keys(path);
    if (!keys.isEmpty()) {
      forms.add(section(path, keys));
    } else if (here(path, "{ zzz: 1 }").isEmpty()) {
      forms.add(names(path));
    }
    JsonNode scalar = scalar(here(path, WORD));
    if (!scalar.isMissingNode()) {
      forms.add(scalar);
    }
    if (!path.getLast().equals(ITEM)
        && here(path, "[ zzz ]").stream().noneMatch(words -> words.endsWith("not a list"))) {
      JsonNode item = describe(then(path, ITEM));
      forms.add(JSON.createObjectNode().put("type", "array").set("items", item));
    }
    if (forms.size() == 1) {
      return forms.getFirst();
    }
    ObjectNode any = JSON.createObjectNode();
    forms.forEach(any.putArray("anyOf")::add);
    return any;
  }

  /** A section whose keys are names. Beside those of accounts and headers, some have a meaning. */
  private ObjectNode names(List<String> path) {
    ObjectNode named = JSON.createObjectNode().put("type", "object");
    if (path.equals(List.of("users"))) {
      named.putObject("properties").set("file", reference("text"));
    }
    if (path.getLast().equals("headers")) {
      ObjectNode properties = named.putObject("properties");
      List.of("set", "add", "remove", "keep")
          .forEach(key -> properties.set(key, describe(then(path, key))));
    }
    named.set("additionalProperties", describe(then(path, NAME)));
    return named;
  }

  /** The kind of a single value, by what is said of one that means nothing; missing for none. */
  private static JsonNode scalar(List<String> said) {
    for (String words : said) {
      Matcher number = NUMBER.matcher(words);
      Matcher values = VALUES.matcher(words);
      if (words.startsWith("a section of keys is wanted")) {
        return JSON.missingNode();
      } else if (number.find()) {
        ObjectNode integer = JSON.createObjectNode().put("type", "integer");
        integer.put("minimum", Long.parseLong(number.group(1)));
        return orVariable(integer.put("maximum", Long.parseLong(number.group(2))));
      } else if (words.endsWith("is neither true nor false")) {
        return orVariable(JSON.createObjectNode().put("type", "boolean"));
      } else if (words.contains("is not a time: write a number and")) {
        return reference("time");
      } else if (words.contains("is not a size: write a number and")) {
        return reference("size");
      } else if (values.matches()) {
        ObjectNode one = JSON.createObjectNode();
        ArrayNode constants = one.putArray("enum");
        for (String constant : values.group(1).split(", ")) {
          constants.add(constant);
          if (constant.matches("[0-9]{1,9}")) {
            constants.add(Integer.parseInt(constant));
          }
        }
        return orVariable(one);
      }
    }
    return reference("text");
  }

  private static ObjectNode orVariable(ObjectNode form) {
    ObjectNode any = JSON.createObjectNode();
    any.putArray("anyOf").add(form).add(reference("variable"));
    return any;
  }

  private static ObjectNode reference(String kind) {
    return JSON.createObjectNode().put("$ref", "#/$defs/" + kind);
  }

  /** The keys that a section has in a place; none if there is no section or it has names. */
  private static List<String> keys(List<String> path) {
    for (ConfigProblem problem : problems(path, "{ zzz: 1 }")) {
      Matcher keys = KEYS.matcher(problem.message());
      if (keys.matches()) {
        return new ArrayList<>(new TreeSet<>(Arrays.asList(keys.group(1).split(", "))));
      }
    }
    return List.of();
  }

  private static List<String> missing(List<String> path) {
    List<String> keys = new ArrayList<>();
    for (String words : here(path, "{ zzz: 1 }")) {
      Matcher missing = MISSING.matcher(words);
      if (missing.matches()) {
        keys.add(missing.group(1));
      }
    }
    return keys.stream().sorted().toList();
  }

  /** What is said of a value, and of nothing inside it. */
  private static List<String> here(List<String> path, String value) {
    String text = document(path, value);
    int begin = text.lastIndexOf(value);
    int column = begin - text.lastIndexOf('\n', begin);
    long line = 1 + text.substring(0, begin).chars().filter(c -> c == '\n').count();
    return problems(path, value).stream()
        .filter(problem -> problem.line() == line && problem.column() == column)
        .map(ConfigProblem::message)
        .toList();
  }

  private static List<ConfigProblem> problems(List<String> path, String value) {
    return ConfigText.read(document(path, value)) instanceof ConfigResult.Refused(var problems)
        ? problems
        : List.of();
  }

  private static String document(List<String> path, String value) {
    if (path.isEmpty()) {
      return ConfigText.MINIMAL + "zzz: 1\n";
    }
    String inner = value;
    for (String step : path.subList(1, path.size()).reversed()) {
      inner =
          switch (step) {
            case ITEM -> "[ " + inner + " ]";
            case NAME -> "{ probe: " + inner + " }";
            default -> "{ " + step + ": " + inner + " }";
          };
    }
    String others =
        ConfigText.MINIMAL
            .lines()
            .filter(line -> !line.startsWith(path.getFirst() + ":"))
            .reduce("", (all, line) -> all + line + "\n");
    return others + path.getFirst() + ": " + inner + "\n";
  }

  private static List<String> then(List<String> path, String step) {
    List<String> longer = new ArrayList<>(path);
    longer.add(step);
    return List.copyOf(longer);
  }
}
