package org.drawbridge.media.sdp;

import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Splits values at runs of white space, which RFC 8866 wants single and peers do not. */
final class Words {

  private static final Pattern SPACES = Pattern.compile("\\s+");

  /** What nearly every description says; calls keep it, so they keep one text for all. */
  private static final Map<String, String> SHARED =
      Stream.of(
              "audio video application image RTP/AVP RTP/AVPF RTP/SAVP RTP/SAVPF UDP/TLS/RTP/SAVPF",
              "TCP/TLS/RTP/SAVPF UDP/DTLS/SCTP udptl PCMU PCMA G722 G729 opus telephone-event CN",
              "VP8 VP9 H264 AV1 rtx red ulpfec sha-1 sha-256 sha-384 sha-512")
          .flatMap(words -> Stream.of(words.split(" ")))
          .collect(Collectors.toUnmodifiableMap(Function.identity(), Function.identity()));

  private static final int NUMBERS = 128;
  private static final String[] DECIMALS =
      IntStream.range(0, NUMBERS).mapToObj(Integer::toString).toArray(String[]::new);

  private Words() {}

  /** All words of a value. */
  static String[] of(String value) {
    return SPACES.split(value.strip());
  }

  /** The same word, and the same object for all who ask where it is a common one. */
  static String shared(String word) {
    int number = word.length() <= 3 ? CodecReader.number(word, NUMBERS - 1) : -1;
    boolean isDecimal = number >= 0 && DECIMALS[number].length() == word.length();
    return isDecimal ? DECIMALS[number] : SHARED.getOrDefault(word, word);
  }

  /** The first word of a value, then the rest if there is one. */
  static String[] head(String value) {
    return SPACES.split(value.strip(), 2);
  }
}
