"""Measures that are not CPU time per unit: memory of a WebSocket client, and the time to the first answer."""

import subprocess
import time
from pathlib import Path

from lib import measures, net, servers, sipp
from lib.process import Process, wait_until

CLIENTS, PER_SOURCE = 10_000, 500


def wss_memory(work):
    """Proportional set size of a server with all clients registered, less that with the first few."""
    per_client = {}
    for name in ("drawbridge", "kamailio"):
        with wss_server(name, work) as server:
            with wss_clients(work, server.address, 50):
                time.sleep(2)
            before = server.memory_bytes()
            with wss_clients(work, server.address, CLIENTS) as clients:
                time.sleep(15)
                after = server.memory_bytes()
                registered = int(clients.output().rsplit("registered ", 1)[1].split()[0])
            per_client[name] = (after - before) / max(registered, 1)
            print(
                f"wss-memory {name:10} {per_client[name] / 1024:7.1f} KB/client; {registered} registered, "
                f"{before / 1e6:.0f} MB before, {after / 1e6:.0f} MB with them",
                flush=True,
            )
    print(f"wss-memory ratio      {per_client['drawbridge'] / per_client['kamailio']:7.2f}", flush=True)


def wss_server(name, work):
    servers.users(work, CLIENTS)
    for each in ("drawbridge", "kamailio"):
        (work / each).mkdir(parents=True, exist_ok=True)
        servers.certificate(work / each)
    if name == "drawbridge":
        return servers.Drawbridge("browsers", work)
    tls = work / "kamailio" / "tls.cfg"
    tls.write_text(servers.fill((net.BENCHMARKS / "kamailio" / "tls.cfg").read_text(), tls.parent, net.KAMAILIO))
    return servers.Kamailio("registrar", work, ["WITH_WSS"])


def wss_clients(work, address, count):
    java = servers.java()
    command = [java, "-Xmx3g", "-XX:+UseSerialGC", net.BENCHMARKS / "wss" / "WssClients.java"]
    clients = Process([*command, address, "8443", count, PER_SOURCE, net.PASSWORD], work / "clients.log")
    wait_until(lambda: "ready" in clients.output() or not clients.is_running(), 300, "clients are registered")
    return clients


def startup(work):
    """From the start of bin/sbc, built before, to the first answer, five times."""
    for _ in range(5):
        server = servers.Drawbridge("calls", work)
        began = time.monotonic()
        with server:
            print(f"startup    drawbridge {time.monotonic() - began:7.2f} s to the first answer", flush=True)


RATES = (250, 500, 750, 1_000, 1_250, 1_500, 2_000, 2_500, 3_000, 4_000, 5_000, 6_000)
PROBE_SECONDS = 6


def capacity(work):
    """The highest of some rates at which every call succeeds, for both servers; SIPp shares the processors with them."""
    for name, config, defines in (("proxy", "proxy", []), ("b2bua", "calls", ["WITH_TOPOS"])):
        for server in (servers.Drawbridge(config, work), servers.Kamailio("calls", work, defines)):
            with server:
                with sipp.callee(work, "udp").process:
                    warm_up(work, server)
                    print(f"capacity   {name:6} {server.name:10} {highest(work, server):6} calls/s", flush=True)


def warm_up(work, server):
    for rate, calls in (*measures.RAMP, (500, 15_000)):
        load(work, server, rate, calls)


def highest(work, server):
    """A rate counts if one of two tries is clean, as others may take the processors from all at any time."""
    best = 0
    for rate in RATES:
        if not any(load(work, server, rate, rate * PROBE_SECONDS).is_clean() for _ in range(2)):
            return best
        best = rate
    return best


def growth(work):
    """Live heap after 20,000 calls, and after 200,000."""
    with servers.Drawbridge("calls", work) as server:
        with sipp.callee(work, "udp").process:
            warm_up(work, server)
            for calls in (20_000, 90_000, 90_000):
                result = load(work, server, 300, calls)
                time.sleep(35)  # until the last transactions are over
                print(
                    f"growth     {calls:6} calls more, {result.failed} failed: live heap {live_heap(server) / 1e6:.1f} MB, "
                    f"proportional set {server.memory_bytes() / 1e6:.0f} MB",
                    flush=True,
                )


def live_heap(server):
    """Bytes of all objects that a collection leaves."""
    jcmd = Path(servers.java()).with_name("jcmd")
    text = subprocess.run(
        [jcmd, str(java_pid(server)), "GC.class_histogram"], check=True, capture_output=True, text=True
    ).stdout
    return int(text.strip().splitlines()[-1].split()[-1])


def java_pid(server):
    return next(pid for pid in server.process.pids() if Path(f"/proc/{pid}/comm").read_text().strip() == "java")


def overload(work):
    """
    Long calls are up; twice the highest rate comes for ten seconds; the long calls must end well, what is turned away
    must hear 503 with Retry-After, and five seconds later all must be as before.
    """
    with servers.Drawbridge("calls", work) as server:
        with sipp.callee(work, "udp").process:
            warm_up(work, server)
            rate = 2 * highest(work, server)
            lasting = sipp.caller(work, server.address, "udp", 200, 100, 25_000, "lasting", 5070)
            with lasting.process:
                time.sleep(5)
                flood = load(work, server, rate, rate * 10)
                refusals = (work / "caller.errors").read_text(errors="replace").count("\nRetry-After:")
                time.sleep(5)
                after = load(work, server, 250, 1_250)
                ended = lasting.finish(60)
            print(
                f"overload   {rate} calls/s: {flood.successful} served, {flood.failed} not, {refusals} heard Retry-After; "
                f"of 200 calls in progress {ended.successful} ended well; after 5 s {after.successful} of 1250 served",
                flush=True,
            )


def load(work, server, rate, calls):
    return sipp.caller(work, server.address, "udp", calls, rate, 500).finish(calls / rate + 60)


MEASURES = {
    "wss-memory": wss_memory,
    "startup": startup,
    "capacity": capacity,
    "overload": overload,
    "growth": growth,
}
