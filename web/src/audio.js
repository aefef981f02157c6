/** Sound in and out of the page: how loud the other side is, and the ringing of a call. */

const FLOOR_DB = -60;
let context;

/** The page's one AudioContext; call it from a click or key press so that the browser lets it run. */
export function audioContext() {
  context ??= new AudioContext();
  if (context.state === 'suspended') context.resume();
  return context;
}

/**
 * Watches the level of a stream.
 * @param {MediaStream} stream with an audio track
 * @returns {{level: () => number, stop: () => void}} level from 0 (silence, -60 dBFS) to 1 (full scale)
 */
export function levelMeter(stream) {
  const source = audioContext().createMediaStreamSource(stream);
  const analyser = new AnalyserNode(context, { fftSize: 1024 });
  const samples = new Float32Array(analyser.fftSize);
  source.connect(analyser);
  return {
    level() {
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, x) => sum + x * x, 0) / samples.length;
      const decibel = 10 * Math.log10(power || Number.MIN_VALUE);
      return Math.min(1, Math.max(0, 1 - decibel / FLOOR_DB));
    },
    stop: () => source.disconnect(),
  };
}

/**
 * Rings until stopped: two soft notes for a call that comes in, the long tone for one that goes out.
 * @param {'incoming' | 'outgoing'} kind
 * @returns {() => void} stops it
 */
export function ring(kind) {
  const chord = kind === 'incoming' ? [660, 830] : [425];
  const { length, every } = kind === 'incoming' ? { length: 0.9, every: 2500 } : { length: 1, every: 4000 };
  let gain = burst(chord, length);
  const timer = setInterval(() => (gain = burst(chord, length)), every);
  return () => {
    clearInterval(timer);
    gain.disconnect();
  };
}

/** A short click of a dial key, so that a press is heard as well as seen. */
export function keyTone() {
  burst([520], 0.06);
}

function burst(frequencies, seconds) {
  const gain = new GainNode(audioContext(), { gain: 0 });
  const start = context.currentTime;
  gain.gain.linearRampToValueAtTime(0.06, start + 0.02);
  gain.gain.setValueAtTime(0.06, start + seconds - 0.02);
  gain.gain.linearRampToValueAtTime(0, start + seconds);
  gain.connect(context.destination);
  for (const frequency of frequencies) {
    const tone = new OscillatorNode(context, { frequency });
    tone.connect(gain);
    tone.start(start);
    tone.stop(start + seconds);
  }
  return gain;
}
