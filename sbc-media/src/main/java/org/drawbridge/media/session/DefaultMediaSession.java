package org.drawbridge.media.session;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.api.MediaEvent;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.media.api.MediaListener;
import org.drawbridge.media.api.MediaPeer;
import org.drawbridge.media.api.MediaSession;
import org.drawbridge.media.api.MediaUnavailableException;
import org.drawbridge.media.api.Prompt;
import org.drawbridge.media.plane.PayloadMap;
import org.drawbridge.media.plane.Transcoding;
import org.drawbridge.media.plane.TranscodingLimit;
import org.jspecify.annotations.Nullable;

/** The legs of one call. Confined to the signalling loop that opened it. */
final class DefaultMediaSession implements MediaSession {

  private static final Logger LOG = LogManager.getLogger(DefaultMediaSession.class);

  private final DefaultMediaEngine engine;
  private final String label;
  private final long affinity;
  private final Executor loop;
  private final MediaListener listener;
  private final TranscodingLimit.Seat transcoding;
  private final List<MediaLeg> legs = new ArrayList<>(2);
  private @Nullable Prompts prompts;
  private @Nullable SessionRecording recording;
  private boolean closed;

  DefaultMediaSession(
      DefaultMediaEngine engine,
      String label,
      long affinity,
      Executor loop,
      MediaListener listener) {
    this.engine = engine;
    this.label = label;
    this.affinity = affinity;
    this.loop = loop;
    this.listener = listener;
    this.transcoding = engine.transcodings().seat();
  }

  long affinity() {
    return affinity;
  }

  /** Its place among the calls that are transcoded. */
  TranscodingLimit.Seat transcoding() {
    return transcoding;
  }

  Executor loop() {
    return loop;
  }

  @Override
  public MediaLeg newLeg(String name, LegKind kind, MediaPeer known, InetAddress peer)
      throws MediaUnavailableException {
    if (closed) {
      throw new MediaUnavailableException("the media session is closed");
    }
    LegEvents events = new LegEvents(this);
    DefaultMediaLeg leg = engine.newLeg(name, kind, peer, events, this);
    events.belongTo(leg);
    leg.streams().known(known);
    leg.streams().onAgreed(() -> onAgreed(leg));
    legs.add(leg);
    LOG.debug("call {}: leg {} is {}", label, name, kind);
    return leg;
  }

  @Override
  public void bridge(MediaLeg a, MediaLeg b) {
    DefaultMediaLeg one = (DefaultMediaLeg) a;
    DefaultMediaLeg other = (DefaultMediaLeg) b;
    engine
        .plane()
        .join(one.transport(), other.transport(), payloads(one, other), payloads(other, one));
    bridgeVideo(one.streams(), other.streams());
    if (recording != null) {
      recording.joined(one, other);
    }
  }

  private void onAgreed(DefaultMediaLeg leg) {
    if (prompts != null) {
      prompts.agreed(leg);
    }
  }

  private PayloadMap payloads(DefaultMediaLeg from, DefaultMediaLeg to) {
    List<AgreedCodec> mine = from.settled().codecs();
    List<AgreedCodec> theirs = to.settled().codecs();
    int millis = to.settled().packetization().ownMillis();
    PayloadMap map =
        CodecAgreement.payloads(mine, theirs, from.keys().toward(to.keys(), mine, theirs));
    Transcoding other =
        transcoding.isOffered()
            ? CodecAgreement.transcoding(mine, theirs, millis, transcoding)
            : null;
    if (other == null) {
      return map;
    }
    if (!CodecAgreement.carriesMedia(CodecAgreement.both(mine, theirs))) {
      transcoding.take();
    }
    return map.transcoding(other);
  }

  private void bridgeVideo(LegStreams one, LegStreams other) {
    Negotiated first = one.negotiated(MediaType.VIDEO);
    Negotiated second = other.negotiated(MediaType.VIDEO);
    LegStream from = one.video();
    LegStream to = other.video();
    if (first != null && second != null && from != null && to != null) {
      engine
          .plane()
          .join(
              from.transport(),
              to.transport(),
              CodecAgreement.video(first, second),
              CodecAgreement.video(second, first));
    } else {
      partVideo(one);
      partVideo(other);
    }
  }

  private void partVideo(LegStreams streams) {
    LegStream video = streams.video();
    if (video != null) {
      engine.plane().part(video.transport());
    }
  }

  @Override
  public void echo(MediaLeg leg) {
    DefaultMediaLeg one = (DefaultMediaLeg) leg;
    List<AgreedCodec> codecs = one.settled().codecs();
    engine.plane().loopBack(one.transport(), CodecAgreement.payloads(codecs, codecs));
    partVideo(one.streams());
  }

  @Override
  public void play(MediaLeg leg, Prompt prompt) {
    if (prompts == null) {
      prompts = new Prompts(engine.plane(), engine.sounds(), loop, this::deliver);
    }
    prompts.play((DefaultMediaLeg) leg, prompt);
  }

  @Override
  public boolean record(MediaLeg left, MediaLeg right, Path directory, String name) {
    if (!isRecorded()) {
      stopRecording();
      List<DefaultMediaLeg> both = List.of((DefaultMediaLeg) left, (DefaultMediaLeg) right);
      recording = SessionRecording.begin(engine.plane(), engine.recorder(), both, directory, name);
    }
    return recording != null;
  }

  @Override
  public boolean isRecorded() {
    return recording != null && recording.isGoing();
  }

  @Override
  public boolean stopRecording() {
    boolean recorded = isRecorded();
    if (recording != null) {
      recording.end();
      recording = null;
    }
    return recorded;
  }

  @Override
  public void quiet(MediaLeg leg) {
    if (prompts != null) {
      prompts.quiet((DefaultMediaLeg) leg);
    }
  }

  @Override
  public void release(MediaLeg leg) {
    if (legs.remove(leg)) {
      if (prompts != null) {
        prompts.forget(leg);
      }
      ((DefaultMediaLeg) leg).close();
    }
  }

  @Override
  public void close() {
    closed = true;
    stopRecording();
    transcoding.leave();
    legs.forEach(leg -> ((DefaultMediaLeg) leg).close());
    legs.clear();
  }

  /** Tells the listener, unless the leg or the session has gone while the event was on its way. */
  void deliver(MediaEvent event) {
    if (!closed && legs.contains(event.leg())) {
      listener.onMediaEvent(event);
    }
  }
}
