"""Media relayed beside rtpengine: CPU time and latency of a packet, round by round in the same minutes."""

import json
import re
import statistics
import time
from dataclasses import dataclass

from lib import relays, sipp, special, threads

SIZES = (50, 200, 500)
WARM_SECONDS = 15
STEP, MOST, CAPACITY_SECONDS, LOSS = 100, 2_000, 4, 0.0001
SETUP_WARM, SETUP_CALLS = 500, 500
REMAINS_SECONDS = 40  # after which nothing is left of the calls that have ended
PAUSE_CALLS, PAUSE_RATE, PAUSE_WARM, PAUSE_SECONDS = 100, 200, 8_000, 30
PACKETS_A_SECOND = 100  # of a call, both ways


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
    tail: int


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
            tally["tail"],
        )

    def stop(self):
        self.load.stop()
        self.server.stop()


def compare(kind, others):
    """A measure for calls between a caller of that kind and a phone with plain RTP, beside other relays."""

    def measure(work, options):
        pairs = []
        try:
            pairs.append(Pair(relays.drawbridge(work, options.java), kind, work))
            for other in others:
                pairs.append(Pair(other(work), kind, work))
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
    for name, median in medians.items():
        if name != "rtpengine":
            print(f"media {size:4} calls {name:10} {median / medians['rtpengine']:5.2f} of rtpengine", flush=True)
    return runs


def tell(name, size, runs):
    costs = [run.microseconds for run in runs]
    median = statistics.median(costs)
    p50, p99, p999, tail = (statistics.median(getattr(run, key) for run in runs) for key in ("p50", "p99", "p999", "tail"))
    lost, wrong, disordered = (sum(getattr(run, key) for run in runs) for key in ("lost", "wrong", "disordered"))
    print(
        f"media {size:4} calls {name:10} {median:5.2f} us/packet ({min(costs):.2f} to {max(costs):.2f}), latency p50 {p50:.0f}, "
        f"p99 {p99:.0f} (of 0.1 s: {tail:.0f}), p99.9 {p999:.0f} us; lost {lost}, wrong {wrong}, out of order {disordered}",
        flush=True,
    )
    return median


def capacity(work, options):
    """The most calls of browsers with phones, in steps, that each relay carries while fewer than one packet in 10,000 is lost."""
    for start in (lambda: relays.drawbridge(work, options.java), lambda: relays.Rtpengine(work)):
        pair = Pair(start(), "webrtc", work)
        try:
            pair.load.calls(STEP)
            pair.load.run(WARM_SECONDS)
            print(f"media-capacity {pair.name:10} {highest(pair)}", flush=True)
        finally:
            pair.stop()


def highest(pair):
    """A size counts if one of two tries is clean, as others may take the processors at any time."""
    best, loss = 0, 0.0
    for size in range(STEP, MOST + 1, STEP):
        pair.load.calls(size)
        tries = [pair.load.run(CAPACITY_SECONDS) for _ in range(2)]
        if min(tally["sent"] for tally in tries) < 0.98 * size * PACKETS_A_SECOND * CAPACITY_SECONDS:
            return f"{best} calls; at {size} the generator is too slow to tell"
        loss = min(tally["lost"] / tally["sent"] for tally in tries)
        if loss >= LOSS:
            return f"{best} calls; at {size} {loss:.2%} are lost"
        best = size
    return f"{best} calls or more"


def setup(work, options):
    """CPU time and live heap of a call by kind; what a browser's takes more is ICE and DTLS."""
    for kind in ("rtp", "webrtc"):
        for start in (lambda: relays.drawbridge(work, options.java), lambda: relays.Rtpengine(work)):
            pair = Pair(start(), kind, work)
            try:
                for _ in range(options.warm // SETUP_WARM if pair.name == "drawbridge" else 2):
                    pair.load.calls(SETUP_WARM)
                    pair.load.calls(0)
                pair.load.calls(SETUP_WARM)
                heap = 0
                if pair.name == "drawbridge":
                    time.sleep(REMAINS_SECONDS)
                    heap = special.live_heap(pair.server)
                before, compiling = pair.server.cpu_seconds(), compiler(pair.server) if heap else 0.0
                pair.load.calls(SETUP_WARM + SETUP_CALLS)
                spent = pair.server.cpu_seconds() - before
                text = f"{spent * 1e6 / SETUP_CALLS:6.0f} us/call"
                if heap:
                    compiling = compiler(pair.server) - compiling
                    grown = special.live_heap(pair.server) - heap
                    text += f", {compiling * 1e6 / SETUP_CALLS:.0f} of them the compiler's; {grown / SETUP_CALLS / 1024:.1f} KB of heap each"
                print(f"media-setup {kind:6} {pair.name:10} {text}", flush=True)
            finally:
                pair.stop()


def compiler(server):
    """Seconds of CPU time that the JIT compiler has taken: it is not done after so few calls."""
    return threads.cpu_by_kind(special.java_pid(server)).get("compiler", 0.0)


def pause(work, options):
    """The longest time our JVM held all threads, once warm, while it relays and sets up 200 calls a second beside."""
    log = work / "safepoints.log"
    pair = Pair(relays.drawbridge(work, f"{options.java} -Xlog:safepoint:file={log}:none"), "rtp", work)
    try:
        pair.load.calls(PAUSE_CALLS)
        with sipp.callee(work, "udp", 5080).process:
            for calls in (PAUSE_WARM, PAUSE_RATE * PAUSE_SECONDS):
                beside = sipp.caller(work, pair.server.address, "udp", calls, PAUSE_RATE, 500, "beside", 5070)
                seen = log.stat().st_size
                tally = pair.load.run(calls // PAUSE_RATE)
                result = beside.finish(30)
        text = log.read_text()[seen:]
        held, whole = ([int(nanos) / 1e6 for nanos in re.findall(rf"{kind}: +(\d+) ns", text)] for kind in ("At safepoint", "Total"))
        print(
            f"media-pause {PAUSE_CALLS} calls relayed and {PAUSE_RATE} a second set up for {PAUSE_SECONDS} s ({result.failed} failed, "
            f"{tally['lost']} packets lost; their latency p99 {tally['p99']}, p99.9 {tally['p999']} us): {len(whole)} pauses, the longest {max(held):.2f} ms, with the waiting for a processor before and "
            f"after {max(whole):.2f} ms; the median {statistics.median(held):.3f} and {statistics.median(whole):.3f} ms",
            flush=True,
        )
    finally:
        pair.stop()


MEASURES = {
    "media-rtp": compare("rtp", [relays.Rtpengine]),
    "media-webrtc": compare("webrtc", [relays.Rtpengine]),
    "media-floor": compare("rtp", [relays.Rtpengine, relays.Floor]),
    "media-capacity": capacity,
    "media-setup": setup,
    "media-pause": pause,
}
