package org.drawbridge.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the file that Linphone is started on: one account, G.711 only, no sound card. */
final class LinphoneConfig {

  private LinphoneConfig() {}

  /** Writes it into the directory and returns the file. */
  static Path write(
      Path directory,
      SipAccount account,
      PhoneTransport via,
      String server,
      LinphonePhone.Media media) {
    Path file = directory.resolve("linphonerc");
    String proxy = "<sip:%s;transport=%s".formatted(server, via.token());
    try {
      // It keeps its history and certificates there and makes no folders by itself.
      Files.createDirectories(directory.resolve(".local/share/linphone"));
      Files.writeString(
          file, sip(via, media) + media(media) + account(account, proxy, media) + codecs());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  private static String sip(PhoneTransport via, LinphonePhone.Media media) {
    return """
    [sip]
    sip_port=%d
    sip_tcp_port=%d
    sip_tls_port=%d
    default_proxy=0
    guess_hostname=1
    use_ipv6=0
    verify_server_certs=0
    verify_server_cn=0
    media_encryption=%s
    """
        .formatted(
            port(via == PhoneTransport.UDP),
            port(via == PhoneTransport.TCP),
            port(via == PhoneTransport.TLS),
            media.isSecured() ? "srtp" : "none");
  }

  /** A free one, or 0 for none. */
  private static int port(boolean used) {
    return used ? FreePorts.one() : 0;
  }

  private static String media(LinphonePhone.Media media) {
    return """
    [rtp]
    audio_rtp_port=%d
    [net]
    nat_policy_ref=paths
    [nat_policy_0]
    ref=paths
    ice_enabled=%d
    """
        .formatted(FreePorts.block(2), media.isWithIce() ? 1 : 0);
  }

  private static String account(SipAccount account, String proxy, LinphonePhone.Media media) {
    return """
    [proxy_0]
    reg_proxy=%s>
    reg_route=%s;lr>
    reg_identity=%s
    reg_expires=600
    reg_sendregister=1
    %s
    [auth_info_0]
    username=%s
    passwd=%s
    realm=%s
    domain=%s
    """
        .formatted(
            proxy,
            proxy,
            account.uri(),
            media.isWithIce() ? "nat_policy_ref=paths" : "",
            account.user(),
            account.password(),
            account.domain(),
            account.domain());
  }

  /** Those it is not told of it has too. */
  private static String codecs() {
    return codec(0, "PCMU", 8000, 1, true)
        + codec(1, "PCMA", 8000, 1, true)
        + codec(2, "opus", 48000, 2, false)
        + codec(3, "speex", 16000, 1, false)
        + codec(4, "speex", 8000, 1, false)
        + codec(5, "G729", 8000, 1, false);
  }

  private static String codec(int number, String name, int rate, int channels, boolean wanted) {
    return """
    [audio_codec_%d]
    mime=%s
    rate=%d
    channels=%d
    enabled=%d
    """
        .formatted(number, name, rate, channels, wanted ? 1 : 0);
  }
}
