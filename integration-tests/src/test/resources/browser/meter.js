// Listens to one stream: strongest frequency and level, the same measures as ToneMeter takes of a file.
class Meter {
  constructor(stream, fftSize = 32768) {
    this.context = new AudioContext();
    this.analyser = new AnalyserNode(this.context, { fftSize, smoothingTimeConstant: 0 });
    this.context.createMediaStreamSource(stream).connect(this.analyser);
  }

  // Starts with an empty window, so that nothing of the past is heard: waits until it has been filled anew.
  async measure(milliseconds) {
    const window = (1000 * this.analyser.fftSize) / this.context.sampleRate;
    await new Promise((done) => setTimeout(done, Math.max(milliseconds, window + 100)));
    return { hertz: this.peak(), decibels: this.level(), running: this.context.state };
  }

  // Waits for a tone that is not there yet, and says when it came.
  async awaitTone(hertz) {
    while (Math.abs(this.peak() - hertz) > 20 || this.level() < -40) await new Promise((done) => setTimeout(done, 10));
    return Date.now();
  }

  level() {
    const samples = new Float32Array(this.analyser.fftSize);
    this.analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, x) => sum + x * x, 0) / samples.length;
    return power > 0 ? 10 * Math.log10(power) : -1000;
  }

  peak() {
    const bins = new Float32Array(this.analyser.frequencyBinCount);
    this.analyser.getFloatFrequencyData(bins);
    let best = 1;
    for (let bin = 1; bin < bins.length - 1; bin++) if (bins[bin] > bins[best]) best = bin;
    const [left, centre, right] = [bins[best - 1], bins[best], bins[best + 1]];
    const curvature = left - 2 * centre + right;
    const shift = Number.isFinite(curvature) && curvature !== 0 ? (0.5 * (left - right)) / curvature : 0;
    return ((best + shift) * this.context.sampleRate) / this.analyser.fftSize;
  }
}
