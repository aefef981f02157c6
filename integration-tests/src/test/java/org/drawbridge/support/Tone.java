package org.drawbridge.support;

import java.nio.file.Path;

/**
 * A sine by which a party can be recognised. Frequencies of two parties must not be multiples of
 * each other, or a distorted one could be taken for the other.
 *
 * @param hertz its frequency
 */
public record Tone(int hertz) {

  private static final double AMPLITUDE = 0.3 * Short.MAX_VALUE;

  /** A whole number of periods, so that a player that starts over makes no click. */
  public short[] samples(int sampleRate, int seconds) {
    short[] samples = new short[sampleRate * seconds];
    for (int i = 0; i < samples.length; i++) {
      double turns = (double) hertz * i / sampleRate;
      samples[i] = (short) Math.round(AMPLITUDE * Math.sin(2 * Math.PI * turns));
    }
    return samples;
  }

  /** Writes the tone as a WAV file and returns the file. */
  public Path write(Path directory, int sampleRate, int seconds) {
    Path file = directory.resolve("tone-" + hertz + "-" + sampleRate + ".wav");
    Wav.write(file, sampleRate, samples(sampleRate, seconds));
    return file;
  }
}
