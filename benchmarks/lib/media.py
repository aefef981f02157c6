"""Media relayed beside rtpengine: CPU time and latency of a packet, round by round in the same minutes."""

import json
import statistics
from dataclasses import dataclass

from lib import relays

SIZES = (50, 200, 500)
WARM_SECONDS = 15


@dataclass(frozen=True)
class Run:
    """One relay with so many calls for some seconds."""

    microseconds: float
    lost: int
    wrong: int
    disordered: int
    p50: int
    p99: int
    p999: int


class Pair:
    """A relay and the load on it."""

    def __init__(self, server, kind, work):
        self.server = server.start()
        self.name = server.name
        self.load = relays.Load(server, kind, work)

    def measure(self, seconds):
        before = self.server.cpu_seconds()
        tally = self.load.run(seconds)
        spent = self.server.cpu_seconds() - before
        return Run(
            spent * 1e6 / max(1, tally["sent"]),
            tally["lost"],
            tally["wrong"],
            tally["disordered"],
            tally["p50"],
            tally["p99"],
            tally["p999"],
        )

    def stop(self):
        self.load.stop()
        self.server.stop()


def compare(kind):
    """A measure for calls between a caller of that kind and a phone with plain RTP."""

    def measure(work, options):
        pairs = []
        try:
            pairs.append(Pair(relays.drawbridge(work, options.java), kind, work))
            pairs.append(Pair(relays.Rtpengine(work), kind, work))
            rows = {size: rounds(pairs, size, options) for size in options.calls}
        finally:
            for pair in pairs:
                pair.stop()
        (work / f"media-{kind}.json").write_text(json.dumps(rows, indent=1, default=vars))

    return measure


def rounds(pairs, size, options):
    runs = {pair.name: [] for pair in pairs}
    for pair in pairs:
        pair.load.calls(size)
        pair.load.run(WARM_SECONDS if pair.name == "drawbridge" else 2)
    for _ in range(options.rounds):
        for pair in pairs:
            runs[pair.name].append(pair.measure(options.seconds))
    medians = {name: tell(name, size, each) for name, each in runs.items()}
    print(f"media {size:4} calls ratio      {medians['drawbridge'] / medians['rtpengine']:5.2f}", flush=True)
    return runs


def tell(name, size, runs):
    costs = [run.microseconds for run in runs]
    median = statistics.median(costs)
    p50, p99, p999 = (statistics.median(getattr(run, key) for run in runs) for key in ("p50", "p99", "p999"))
    lost, wrong, disordered = (sum(getattr(run, key) for run in runs) for key in ("lost", "wrong", "disordered"))
    print(
        f"media {size:4} calls {name:10} {median:5.2f} us/packet ({min(costs):.2f} to {max(costs):.2f}), latency p50 {p50:.0f}, "
        f"p99 {p99:.0f}, p99.9 {p999:.0f} us; lost {lost}, wrong {wrong}, out of order {disordered}",
        flush=True,
    )
    return median


MEASURES = {"media-rtp": compare("rtp"), "media-webrtc": compare("webrtc")}
