"""What is measured: one function a measure, each for one server that has been warmed up."""

import time
from dataclasses import dataclass

from lib import servers, sipp


@dataclass(frozen=True)
class Cost:
    """CPU time of a server for a number of units of work."""

    microseconds: float
    store_microseconds: float
    failed: int
    retransmissions: int


def cpu_of(server, units, work):
    """Runs some work and charges its CPU time to the server."""
    before = server.cpu_seconds()
    store = getattr(server, "store_cpu_seconds", lambda: 0.0)
    store_before = store()
    result = work()
    spent, store_spent = server.cpu_seconds() - before, store() - store_before
    return Cost(spent * 1e6 / units, store_spent * 1e6 / units, result.failed + result.unexpected, result.retransmissions)


class Calls:
    """INVITE, 180, 200, ACK, a pause, BYE, 200."""

    unit = "call"

    def __init__(self, name, config, defines, transport, hold_ms=500):
        self.name, self._config, self._defines = name, config, defines
        self._transport, self._hold_ms = transport, hold_ms

    def server(self, kind, work, options):
        if kind == "kamailio":
            return servers.Kamailio("calls", work, self._defines)
        return servers.Drawbridge(self._config, work, options)

    def prepare(self, work):
        return sipp.callee(work, self._transport)

    def run(self, work, units, rate):
        load = sipp.caller(work, self._transport, units, rate, self._hold_ms)
        return load.finish(units / rate + 30)


class Registrations:
    """REGISTER, 401, REGISTER with digest, 200."""

    unit = "registration"
    users = 20_000

    def __init__(self, name):
        self.name = name

    def server(self, kind, work, options):
        self._users = servers.users(work, self.users)
        if kind == "kamailio":
            return servers.Kamailio("registrar", work)
        return servers.Drawbridge("registrar", work, options)

    def prepare(self, work):
        return None

    def run(self, work, units, rate):
        return sipp.phones(work, "register", self._users, units, rate).finish(units / rate + 30)


MEASURES = [
    Calls("proxy-udp", "proxy", [], "udp"),
    Calls("b2bua-udp", "calls", ["WITH_TOPOS"], "udp"),
    Calls("proxy-tcp", "proxy-tcp", ["WITH_TCP"], "tcp"),
    Calls("b2bua-tcp", "calls-tcp", ["WITH_TCP", "WITH_TOPOS"], "tcp"),
    Registrations("register"),
]
