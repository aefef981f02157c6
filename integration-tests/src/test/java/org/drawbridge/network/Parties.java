package org.drawbridge.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.drawbridge.support.AiortcPhone;
import org.drawbridge.support.BaresipPhone;
import org.drawbridge.support.Browser;
import org.drawbridge.support.LinphonePhone;
import org.drawbridge.support.PhoneTransport;
import org.drawbridge.support.Place;
import org.drawbridge.support.SbcFiles;
import org.drawbridge.support.SbcPorts;
import org.drawbridge.support.SbcProcess;
import org.drawbridge.support.TestBed;
import org.drawbridge.support.Tone;

/** An SBC in a made-up internet and those who reach it from their sites. */
final class Parties {

  private final TestBed bed;
  private final NetworkHost internet;
  private final SbcProcess sbc;

  /** Starts the SBC. */
  Parties(TestBed bed, Network network) {
    this.bed = bed;
    internet = network.internet();
    SbcPorts ports = SbcPorts.free();
    Path home = bed.subdirectory("sbc");
    Path config = SbcFiles.write(home, ports, "", "");
    try {
      String text = Files.readString(config);
      Files.writeString(config, text.replace(Place.LOOPBACK.address(), internet.address()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    sbc = bed.join(SbcProcess.start(home, config, ports, internet));
  }

  SbcProcess sbc() {
    return sbc;
  }

  /** A browser on a host, registered over WSS. */
  Browser browser(String user, Tone tone, NetworkHost at) {
    Path directory = bed.subdirectory("browser-" + user);
    return registered(bed.join(Browser.open(directory, tone, at)), user);
  }

  /** Firefox on a host, registered over WSS. */
  Browser firefox(String user, Tone tone, NetworkHost at) {
    Path directory = bed.subdirectory("firefox-" + user);
    return registered(bed.join(Browser.openFirefox(directory, tone, at)), user);
  }

  /** aiortc on a host, registered over WSS, that answers by itself. */
  AiortcPhone aiortc(String user, Tone tone, NetworkHost at) {
    Path directory = bed.subdirectory("aiortc-" + user);
    return bed.join(AiortcPhone.start(directory, SbcFiles.account(user), server(), tone, at));
  }

  /** Linphone on a host, registered. */
  LinphonePhone linphone(
      String user, PhoneTransport via, LinphonePhone.Media media, Tone tone, NetworkHost at) {
    Path directory = bed.subdirectory("linphone-" + user);
    String server = internet.address() + ":" + sbc.ports().of(via);
    return bed.join(
        LinphonePhone.start(directory, SbcFiles.account(user), via, server, media, tone, at));
  }

  private Browser registered(Browser browser, String user) {
    browser.registered(server(), SbcFiles.account(user));
    return browser;
  }

  private String server() {
    return "wss://%s:%d/".formatted(internet.address(), sbc.ports().wss());
  }

  /** A desk phone on a host, registered over UDP, that answers by itself. */
  BaresipPhone phone(String user, Tone tone, NetworkHost at) {
    Path directory = bed.subdirectory("phone-" + user);
    BaresipPhone phone = bed.join(BaresipPhone.start(directory, tone, SbcFiles.DOMAIN, at));
    phone.register(
        SbcFiles.account(user),
        PhoneTransport.UDP,
        internet.address() + ":" + sbc.ports().sip(),
        BaresipPhone.Answering.AUTO);
    phone.awaitRegistered();
    return phone;
  }
}
