package org.drawbridge.media.relay;

import java.util.Arrays;
import org.drawbridge.media.audio.AudioEncoder;
import org.drawbridge.media.dtmf.KeyTones;
import org.drawbridge.media.plane.KeyForm;
import org.drawbridge.media.rtp.RtpView;

/** Writes keys as tone pairs, and silence between them. Owned by a media loop. */
final class ToneWriter implements KeyWriter {

  private final OwnPackets out;
  private final KeyForm.Tones form;
  private final AudioEncoder encoder;
  private final int samples;
  private final short[] pcm;
  private final byte[] packet;
  private int event;
  private long written;

  ToneWriter(OwnPackets out, KeyForm.Tones form) {
    this.out = out;
    this.form = form;
    encoder = form.codec().newEncoder(form.codec().sampleRate());
    samples = form.codec().sampleRate() / 1000 * Pacer.MILLIS;
    pcm = new short[samples];
    // No codec of ours needs more than two bytes a sample.
    packet = new byte[RtpView.HEADER + 2 * samples + Egress.TAIL_ROOM];
  }

  @Override
  public boolean begin(int key, long nowNanos) {
    if (!KeyTones.hasTone(key)) {
      return false;
    }
    event = key;
    written = 0;
    out.stream().begin(form.codec().clockRate(), nowNanos);
    tone(false, true);
    return true;
  }

  @Override
  public void goOn(int millis) {
    follow();
    tone(false, false);
  }

  @Override
  public void end(int millis) {
    follow();
    tone(true, false);
  }

  @Override
  public void rest() {
    follow();
    Arrays.fill(pcm, (short) 0);
    send(false);
  }

  private void follow() {
    int step = form.codec().clockRate() / 1000 * Pacer.MILLIS;
    out.stream().follow(step, Pacer.MILLIS * 1_000_000L);
  }

  private void tone(boolean last, boolean marker) {
    KeyTones.write(event, form.codec().sampleRate(), written, pcm, samples, last);
    written += samples;
    send(marker);
  }

  private void send(boolean marker) {
    int length = encoder.encode(pcm, 0, samples, packet, RtpView.HEADER);
    out.send(packet, length, form.payloadType(), marker);
  }
}
