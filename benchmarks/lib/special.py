"""Measures that are not CPU time per unit: memory of a WebSocket client, and the time to the first answer."""

import time

from lib import net, servers, sipp
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


def overload(work):
    """Twice the rate that is served for ten seconds; calls that began before must end well, and new ones afterwards."""
    with servers.Drawbridge("calls", work) as server:
        callee = sipp.callee(work, "udp")
        try:
            for rate, calls in ((50, 500), (200, 2_000), (500, 10_000)):
                load(work, server, rate, calls)
            for rate in (2_000, 4_000, 8_000, 500):
                result = load(work, server, rate, rate * 10)
                print(f"overload   {rate:6} calls/s: {result.successful} served, {result.failed} refused or failed", flush=True)
        finally:
            callee.process.stop()


def load(work, server, rate, calls):
    return sipp.caller(work, server.address, "udp", calls, rate, 500).finish(calls / rate + 60)


MEASURES = {"wss-memory": wss_memory, "startup": startup, "overload": overload}
