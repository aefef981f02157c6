package org.drawbridge.sipunit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.UnaryOperator;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.SbcFiles;
import org.drawbridge.support.TestBed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are no SIP, or of dialogs that do not exist, on a socket that stays of use. */
@OnTestBed
final class BadInputTest {

  /** Ways to spoil a request without making it unanswerable. */
  enum Fault {
    MALFORMED_REQUEST_URI(text -> text.replaceFirst("OPTIONS \\S+", "OPTIONS sip:@:@")),
    OTHER_METHOD_IN_CSEQ(text -> text.replace("1 OPTIONS", "1 INVITE")),
    BODY_SHORTER_THAN_SAID(text -> text.replace("Content-Length: 0", "Content-Length: 100")),
    NEGATIVE_LENGTH(text -> text.replace("Content-Length: 0", "Content-Length: -1")),
    LINE_WITHOUT_COLON(text -> text.replace("Max-Forwards: 70", "Max-Forwards 70")),
    MAX_FORWARDS_IS_NO_NUMBER(text -> text.replace("Max-Forwards: 70", "Max-Forwards: many"));

    private final UnaryOperator<String> spoil;

    Fault(UnaryOperator<String> spoil) {
      this.spoil = spoil;
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMalformedRequestIsAnsweredWith400AndTheNextOneWorks(Fault fault, TestBed bed) {
    RawPhone phone = bed.join(RawPhone.open("127.0.0.11", bed.sbc().ports().sip()));
    String good = options(phone);
    String bad = fault.spoil.apply(good);
    assertThat(bad).isNotEqualTo(good);

    phone.send(bad);

    WireMessage refusal =
        phone.await("400", message -> message.startLine().startsWith("SIP/2.0 400 "));
    assertThat(refusal.startLine() + refusal.headers("Warning")).isNotEqualTo("SIP/2.0 400 []");
    phone.register(SbcFiles.account("1002"));
  }

  @Test
  void whatIsNoSipAtAllIsIgnoredAndTheNextRequestWorks(TestBed bed) {
    RawPhone phone = bed.join(RawPhone.open("127.0.0.11", bed.sbc().ports().sip()));

    phone.send("GET / HTTP/1.1\r\nHost: sbc.test\r\n\r\n");
    phone.send("\u0000\u0001\u0002");
    phone.send("INVITE sip:1001@sbc.test SIP/2.0\r\n\r\n");
    phone.send("\r\n\r\n");

    phone.register(SbcFiles.account("1002"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"BYE", "INFO", "UPDATE", "INVITE", "MESSAGE"})
  void aRequestOfAnUnknownDialogDoesNotExist(String method, TestBed bed) {
    RawPhone phone = bed.join(RawPhone.open("127.0.0.11", bed.sbc().ports().sip()));
    String me = SbcFiles.account("1002").uri();
    RequestText request = new RequestText(phone.hostPort(), me, "sip:1001@sbc.test");

    phone.send(
        request.text(
            method,
            "sip:1001@127.0.0.1",
            RequestText.newBranch(),
            "<sip:1001@sbc.test>;tag=gone",
            5,
            List.of(phone.contact("1002")),
            ""));

    assertThat(phone.await("a final response", m -> m.isFinal(method)).startLine())
        .startsWith("SIP/2.0 481 ");
  }

  private static String options(RawPhone phone) {
    RequestText request =
        new RequestText(phone.hostPort(), "sip:eve@elsewhere.example", "sip:sbc.test");
    return request.text("OPTIONS", "sip:sbc.test", 1, List.of(phone.contact("eve")));
  }
}
