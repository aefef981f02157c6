package org.drawbridge.routing.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class YamlDocumentTest {

  @Test
  void namesThePlaceOfASyntaxError() {
    ConfigProblem problem = onlyProblem("a: 1\nb: [1, 2\nc: 3\n");

    assertThat(problem.line()).isEqualTo(3);
    assertThat(problem.message()).startsWith("not YAML: ");
  }

  @Test
  void refusesTabsAsIndentation() {
    assertThat(onlyProblem("a:\n\tb: 1\n").toString())
        .isEqualTo("f.yaml:2:1: not YAML: a tab, where YAML takes spaces only");
  }

  @Test
  void refusesNoBreakSpacesAsIndentation() {
    assertThat(onlyProblem("a:\n \u00a0b: 1\n").toString())
        .isEqualTo("f.yaml:2:2: a no-break space, where YAML takes plain ones only");
    assertThat(onlyProblem("a:\n  - b: 1\n    c: @\u00a0\n").message()).contains("'@'");
  }

  @Test
  void saysOfABackslashHowToWriteIt() {
    assertThat(onlyProblem("a: \"9\\d+\"\n").toString())
        .startsWith("f.yaml:1:7: not YAML: in \"quotes\" a backslash begins an escape")
        .endsWith("write the value in 'single quotes'");
  }

  @Test
  void refusesQuotesOfWordProcessors() {
    assertThat(onlyProblem("a: 1\nb: { to: \u201c9.*\u201d }\n").toString())
        .startsWith("f.yaml:2:10: curly quotes are part of the value here: write straight");
    Problems problems = new Problems("f.yaml");
    assertThat(YamlDocument.parse("a: '\u201cno\u201d'\n", problems, _ -> null)).isNotNull();
  }

  @Test
  void saysWhichQuoteIsNotClosed() {
    assertThat(onlyProblem("a: 1\nb: { c: \"x }\nd: 2\ne: 3\n").toString())
        .isEqualTo("f.yaml:2:9: not YAML: this quote is not closed");
  }

  @Test
  void saysWhereWhatIsNotClosedBegan() {
    assertThat(onlyProblem("a: 1\nb: [1, 2\nc: 3\n").message()).endsWith("; see line 2");
  }

  @Test
  void saysThatALineIsIndentedOtherwise() {
    assertThat(onlyProblem("a:\n  - b: 1\n   c: 2\n").toString())
        .contains("f.yaml:3:4: not YAML: this line is not indented like those beside it");
    assertThat(onlyProblem("a: 1\n  b: 2\n").toString())
        .contains("f.yaml:2:4: not YAML: no key can be here: indent the line like those beside it");
  }

  @Test
  void saysWhatHasToStandInQuotes() {
    assertThat(onlyProblem("a: @1001\n").toString())
        .isEqualTo("f.yaml:1:4: not YAML: found character '@': write the value in \"quotes\"");
    assertThat(onlyProblem("a: b: c\n").message()).contains("holds \": \" in \"quotes\"");
    assertThat(onlyProblem("a: { b: c: d }\n").message()).contains("holds \": \" in \"quotes\"");
    assertThat(onlyProblem("a: *99\n").message()).contains("in \"quotes\"");
  }

  @Test
  void saysThatAValueHasEndedWhereSomethingIsLeftOver() {
    String words = "not YAML: the value before this has ended: close its \"quotes\"";
    assertThat(onlyProblem("t:\n  a: \"x\n  b: \"4930\"\n").toString())
        .startsWith("f.yaml:3:7: " + words)
        .endsWith("see line 2");
    assertThat(onlyProblem("a: { b: [0-9+]+ }\n").toString()).startsWith("f.yaml:1:15: " + words);
    assertThat(onlyProblem("a: { b: \"1\" c: 2 }\n").message())
        .contains("a comma between two keys");
  }

  @Test
  void saysThatAValueWithBracketsIsWrittenInQuotes() {
    String words = "not YAML: the value before this has ended: write all of it in \"quotes\"";
    assertThat(onlyProblem("a: { password: ${SECRET} }\n").toString())
        .startsWith("f.yaml:1:17: " + words);
    assertThat(onlyProblem("a: { to: 1[0-9]{3} }\n").toString())
        .startsWith("f.yaml:1:11: " + words);
  }

  @Test
  void saysThatASpaceBelongsAfterAColon() {
    assertThat(onlyProblem("t:\n  a: 1\n  b:true\n  c: 2\n").toString())
        .startsWith("f.yaml:3:3: not YAML: ")
        .endsWith("after a key come a colon and a space");
  }

  @Test
  void saysOfTextWithZerosHowToSaveIt() {
    assertThat(onlyProblem("a\0:\0").toString())
        .isEqualTo("f.yaml:1:2: unprintable character U+0000: save the file as UTF-8");
  }

  @Test
  void refusesAnchorsSoThatAliasesCannotMultiply() {
    assertThat(onlyProblem("a: &x [1]\nb: [*x, *x]\n").toString())
        .startsWith("f.yaml:1:4: anchors (&) and aliases (*) are not read here: write it out");
  }

  @Test
  void refusesEndlessNestingWithoutUsingStack() {
    assertThat(onlyProblem("a: " + "[".repeat(100_000)).toString())
        .isEqualTo("f.yaml:1:35: nested deeper than 32 levels");
  }

  @Test
  void namesThePlaceOfAnUnprintableCharacter() {
    assertThat(onlyProblem("a: 1\nb: x\u0007y\n").toString())
        .isEqualTo("f.yaml:2:5: unprintable character U+0007");
  }

  @Test
  void namesThePlaceOfHalfACharacter() {
    assertThat(onlyProblem("a: 1\nb: x\ud800y\n").toString())
        .isEqualTo("f.yaml:2:5: unprintable character U+D800");
  }

  @Test
  void readsPairsOfSurrogatesWhereverTheyFall() {
    for (int length = 1000; length < 1050; length++) {
      String value = "x".repeat(length) + "\ud83d\ude00" + "y".repeat(1100);
      Problems problems = new Problems("f.yaml");

      YamlValue root = YamlDocument.parse("- " + value, problems, _ -> null);

      assertThat(problems.errors()).isEmpty();
      assertThat(Objects.requireNonNull(root).list(YamlValue::text)).containsExactly(value);
    }
  }

  @Test
  void readsPastAByteOrderMark() {
    Problems problems = new Problems("f.yaml");

    YamlValue root = YamlDocument.parse("\ufeffa: 1\n", problems, _ -> null);

    assertThat(problems.errors()).isEmpty();
    assertThat(Objects.requireNonNull(root).section())
        .satisfies(it -> assertThat(it.has("a")).isTrue());
  }

  @Test
  void refusesTwoDocumentsInOneFile() {
    assertThat(onlyProblem("a: 1\n---\nb: 2\n").line()).isEqualTo(2);
  }

  @Test
  void refusesAFileWithoutSettings() {
    assertThat(onlyProblem("# nothing but a comment\n").toString())
        .isEqualTo("f.yaml: holds no settings");
  }

  @Test
  void saysWhyAFileCannotBeRead(@TempDir Path directory) throws IOException {
    Path missing = directory.resolve("missing.yaml");
    Path latin1 =
        Files.write(directory.resolve("latin1.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe9});
    Path huge = Files.write(directory.resolve("huge.yaml"), new byte[YamlDocument.MAX_BYTES + 1]);

    assertThat(readProblem(missing)).endsWith("missing.yaml: there is no such file");
    assertThat(readProblem(latin1))
        .endsWith("latin1.yaml:1:4: not UTF-8 text: save the file as UTF-8");
    assertThat(readProblem(huge)).endsWith("huge.yaml: is larger than 1048576 bytes");
    assertThat(readProblem(directory)).contains("cannot be read");
    assertThat(readProblem(Path.of("nowhere.yaml")))
        .isEqualTo("nowhere.yaml: there is no such file in " + Path.of("").toAbsolutePath());
  }

  private static String readProblem(Path file) {
    Problems problems = new Problems(file.toString());
    assertThat(YamlDocument.read(file, problems)).isNull();
    return only(problems.errors()).toString();
  }

  private static ConfigProblem onlyProblem(String text) {
    Problems problems = new Problems("f.yaml");
    assertThat(YamlDocument.parse(text, problems, _ -> null)).isNull();
    return only(problems.errors());
  }

  private static ConfigProblem only(List<ConfigProblem> problems) {
    assertThat(problems).hasSize(1);
    return problems.getFirst();
  }
}
