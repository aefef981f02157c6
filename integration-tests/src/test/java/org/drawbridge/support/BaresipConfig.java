package org.drawbridge.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes the configuration directory of a baresip that plays a tone and records what it hears. */
final class BaresipConfig {

  /** Longer than any test call; the file player stops at the end of its file. */
  private static final int TONE_SECONDS = 200;

  private static final int SAMPLE_RATE = 8000;
  private static final int RTP_PORTS = 20;
  private static final int CAMERA_WIDTH = 352;
  private static final int CAMERA_HEIGHT = 288;
  private static final String RECORDINGS = "heard";

  private BaresipConfig() {}

  /** Where it records: {@code dump-*-dec.wav} is what it heard, {@code -enc.wav} what it sent. */
  static Path recordings(Path directory) {
    return directory.resolve(RECORDINGS);
  }

  static void write(Path directory, Tone tone, String address, int sipPort, int controlPort) {
    try {
      Files.createDirectories(recordings(directory));
      Path wav = tone.write(directory, SAMPLE_RATE, TONE_SECONDS);
      Files.writeString(
          directory.resolve("config"),
          text(wav.getFileName().toString(), address, sipPort, controlPort));
      Files.writeString(directory.resolve("accounts"), "");
      Files.writeString(directory.resolve("contacts"), "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives it a camera that shows a made-up picture in VP8, and a screen that nobody sees. */
  static void addCamera(Path directory) {
    String lines =
        """
        video_source fakevideo,nil
        video_display fakevideo,nil
        video_size %dx%d
        video_bitrate 300000
        video_fps 15.00
        module vp8.so
        module fakevideo.so
        """
            .formatted(CAMERA_WIDTH, CAMERA_HEIGHT);
    append(directory, lines);
  }

  /** Gives it SRTP with keys in the session description and by DTLS. */
  static void addEncryption(Path directory) {
    append(directory, "module srtp.so\nmodule dtls_srtp.so\n");
  }

  private static void append(Path directory, String lines) {
    try {
      Files.writeString(directory.resolve("config"), lines, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Paths are relative to the directory it runs in: baresip 1.0 cuts longer ones off. */
  private static String text(String wav, String address, int sipPort, int controlPort) {
    int rtp = FreePorts.block(RTP_PORTS);
    return """
    poll_method epoll
    sip_listen %s:%d
    net_interface %s
    dns_server 127.0.0.1:9
    rtp_ports %d-%d
    jitter_buffer_delay 5-10
    audio_source aufile,%s
    audio_player aubridge,sink
    audio_alert aubridge,alert
    ausrc_srate %d
    auplay_srate %d
    ausrc_channels 1
    auplay_channels 1
    snd_path %s
    ringback_disabled yes
    call_max_calls 4
    ctrl_tcp_listen 127.0.0.1:%d
    module_path /usr/lib/baresip/modules
    module g711.so
    module g722.so
    module aubridge.so
    module aufile.so
    module sndfile.so
    module_app account.so
    module_app menu.so
    module_app ctrl_tcp.so
    """
        .formatted(
            address,
            sipPort,
            address,
            rtp,
            rtp + RTP_PORTS - 1,
            wav,
            SAMPLE_RATE,
            SAMPLE_RATE,
            RECORDINGS,
            controlPort);
  }
}
