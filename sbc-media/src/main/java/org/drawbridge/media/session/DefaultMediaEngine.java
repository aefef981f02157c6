package org.drawbridge.media.session;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.api.MediaCounters;
import org.drawbridge.media.api.MediaEngine;
import org.drawbridge.media.api.MediaListener;
import org.drawbridge.media.api.MediaSession;
import org.drawbridge.media.api.MediaUnavailableException;
import org.drawbridge.media.plane.MediaPlane;
import org.drawbridge.media.plane.RelayListener;
import org.drawbridge.media.plane.RelayTransport;
import org.drawbridge.media.plane.TranscodingLimit;
import org.drawbridge.media.prompt.SoundLibrary;
import org.drawbridge.media.record.Recorder;

/** Offer and answer over a media plane. Thread-safe. */
public final class DefaultMediaEngine implements MediaEngine {

  private final MediaPlane plane;
  private volatile CodecPolicy policy;
  private final SecureRandom random = new SecureRandom();
  private final Recorder recorder =
      new Recorder(InstantSource.system(), System::nanoTime, Recorder.MOST);
  private final SoundLibrary sounds = new SoundLibrary(Thread::startVirtualThread);
  private final TranscodingLimit transcodings;
  private final AtomicLong affinities = new AtomicLong();

  /** An engine that owns the plane: closing the engine closes it. */
  public DefaultMediaEngine(MediaPlane plane, CodecPolicy policy) {
    this.plane = plane;
    this.policy = policy;
    transcodings = new TranscodingLimit(policy.transcoded());
  }

  /** Which codecs calls get that begin from now on. */
  public void codecs(CodecPolicy changed) {
    policy = changed;
    transcodings.set(changed.transcoded());
  }

  @Override
  public LegKind kindOf(String sdp) {
    return LegKinds.of(sdp);
  }

  @Override
  public String turnedOff(String sdp) {
    return TurnedOff.like(sdp);
  }

  @Override
  public boolean isTurnedOff(String sdp) {
    return TurnedOff.is(sdp);
  }

  @Override
  public MediaSession open(String label, Executor loop, MediaListener listener) {
    long affinity = affinities.incrementAndGet();
    return new DefaultMediaSession(this, label, affinity, loop, listener);
  }

  @Override
  public MediaSession openDirect() {
    return new DirectMediaSession(random);
  }

  /** What is counted beside the legs of calls. Any thread. */
  public MediaCounters counters() {
    return plane.counters();
  }

  /** Writes recordings. Any thread. */
  public Recorder recorder() {
    return recorder;
  }

  /** How many calls are transcoded. Any thread. */
  public TranscodingLimit transcodings() {
    return transcodings;
  }

  SoundLibrary sounds() {
    return sounds;
  }

  MediaPlane plane() {
    return plane;
  }

  DefaultMediaLeg newLeg(
      String label, LegKind kind, InetAddress peer, LegEvents events, DefaultMediaSession session)
      throws MediaUnavailableException {
    long affinity = session.affinity();
    RelayTransport transport =
        switch (kind) {
          case WEBRTC -> plane.openWebRtc(affinity, peer, events);
          case WEBRTC_SERVER -> plane.openChecked(affinity, peer, events);
          case RTP, SDES, DTLS -> plane.openRtp(affinity, peer, events);
          case LINK -> plane.openLink(affinity, events);
        };
    LegProfile profile = profile(kind, transport);
    LegStream audio = new LegStream(MediaType.AUDIO, kind, transport, profile);
    StreamOpener opener = () -> openVideo(audio, affinity, peer, events);
    // 62 bits, as RFC 8829 5.2.1 asks.
    long sessionId = random.nextLong() >>> 2;
    TranscodingLimit.Seat seat = session.transcoding();
    return new DefaultMediaLeg(
        label,
        new LegStreams(label, audio, opener, seat),
        new CodecChoice(kind, policy, seat),
        sessionId);
  }

  /** Video beside a leg's audio: on its transport where media bundle, else on ports of its own. */
  private LegStream openVideo(LegStream audio, long affinity, InetAddress peer, RelayListener sound)
      throws MediaUnavailableException {
    LegKind kind = audio.kind();
    RelayListener events = new VideoEvents(sound);
    RelayTransport transport =
        switch (kind) {
          case WEBRTC, WEBRTC_SERVER -> audio.transport().bundled(events);
          case RTP, SDES, DTLS -> plane.openRtp(affinity, peer, events);
          case LINK -> plane.openLink(affinity, events);
        };
    LegProfile profile =
        audio.profile() instanceof WebRtcProfile path
            ? path.bundled(randomId())
            : profile(kind, transport);
    return new LegStream(MediaType.VIDEO, kind, transport, profile);
  }

  private LegProfile profile(LegKind kind, RelayTransport transport) {
    return switch (kind) {
      case WEBRTC, WEBRTC_SERVER ->
          new WebRtcProfile(
              transport::local, plane.dtlsFingerprint().toString(), randomId() + ' ' + randomId());
      case RTP, SDES, DTLS ->
          new PhoneProfile(transport.local(), random, plane.dtlsFingerprint().toString(), kind);
      case LINK -> new RtpProfile(transport.local());
    };
  }

  private String randomId() {
    byte[] id = new byte[16];
    random.nextBytes(id);
    return HexFormat.of().formatHex(id);
  }

  @Override
  public void close() {
    plane.close();
    recorder.close();
  }
}
