package org.drawbridge.support;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What an SBC sends on loopback in the clear or as media, written down and read by tshark. */
public final class Capture implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(90);

  /**
   * From "note" on: all but what tshark says of ordinary events, such as a new connection. It
   * cannot look into SRTCP, and looks for its end at the wrong place where AES-GCM is used (RFC
   * 7714 9).
   */
  private static final String EXPERT =
      "(_ws.malformed || _ws.expert.severity >= 0x400000) && !srtcp";

  private final Path directory;
  private final Path file;
  private final SbcPorts ports;
  private final ChildProcess writer;
  private int readings;

  private Capture(Path directory, SbcPorts ports) {
    this.directory = directory;
    this.ports = ports;
    file = directory.resolve("call.pcapng");
    writer = tshark("capture.log", List.of("-i", "lo", "-f", sentBy(ports), "-w", file.toString()));
  }

  /** Starts to write down what the SBC on these ports sends; all files lie in the directory. */
  public static Capture start(Path directory, SbcPorts ports) {
    Capture capture = new Capture(directory, ports);
    Await.until(
        "the capture", LIMIT, capture.writer::output, text -> text.contains("Capturing on"));
    return capture;
  }

  private static String sentBy(SbcPorts ports) {
    return "src port %d or (udp and (src portrange %d-%d or src portrange %d-%d))"
        .formatted(
            ports.sip(),
            ports.webrtc(),
            ports.webrtc() + SbcPorts.WEBRTC_PORTS - 1,
            ports.rtp(),
            ports.rtp() + SbcPorts.RTP_PORTS - 1);
  }

  /** Ends the writing. */
  public void stop() {
    writer.close();
  }

  /** One line for each packet that a display filter lets pass. */
  public List<String> read(String filter) {
    List<String> arguments = new ArrayList<>(List.of("-r", file.toString()));
    arguments.addAll(List.of("-d", "udp.port==" + ports.sip() + ",sip"));
    arguments.addAll(List.of("-d", "tcp.port==" + ports.sip() + ",sip"));
    arguments.addAll(List.of("--enable-heuristic", "rtp_udp"));
    arguments.addAll(List.of("--enable-heuristic", "rtcp_udp"));
    arguments.addAll(List.of("-Y", filter, "-T", "fields", "-e", "frame.number"));
    arguments.addAll(List.of("-e", "_ws.col.Protocol", "-e", "_ws.col.Info"));
    arguments.addAll(List.of("-e", "_ws.expert.message"));
    ChildProcess reader = tshark("read-" + ++readings + ".log", arguments);
    if (reader.exitCode(LIMIT) != 0) {
      throw new AssertionError(reader.output());
    }
    return reader.output().lines().filter(line -> !line.startsWith("Running as")).toList();
  }

  /** The packets tshark complains of. */
  public List<String> complaints() {
    return read(EXPERT);
  }

  private ChildProcess tshark(String log, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("tshark"));
    command.addAll(arguments);
    return ChildProcess.start(directory, directory.resolve(log), command);
  }

  @Override
  public void close() {
    writer.close();
  }
}
