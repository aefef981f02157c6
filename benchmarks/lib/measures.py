"""What is measured: one function a measure, each for one server that has been warmed up."""

import time
from dataclasses import dataclass

from lib import servers, sipp


RAMP = [(50, 500), (200, 2000)]


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


class Measure:
    """What calls and registrations have in common."""

    def warm(self, server, work, units, rate):
        self.run(server, work, units, rate)

    def cost(self, server, work, units, rate):
        return cpu_of(server, units, lambda: self.run(server, work, units, rate))


class Calls(Measure):
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

    def run(self, server, work, units, rate):
        load = sipp.caller(work, server.address, self._transport, units, rate, self._hold_ms)
        return load.finish(units / rate + 30)


class Registrations(Measure):
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

    def run(self, server, work, units, rate):
        return sipp.phones(work, server.address, "register", self._users, units, rate).finish(units / rate + 30)


class StoredRegistrations(Registrations):
    """The same with bindings on disk: both servers write them at most five seconds behind, which a round waits for."""

    settle_seconds = 6

    def server(self, kind, work, options):
        self._users = servers.users(work, self.users)
        if kind == "kamailio":
            return servers.Kamailio("registrar", work, ["WITH_STORE"])
        store = work / "bindings.mv"
        store.unlink(missing_ok=True)
        return servers.Drawbridge("registrar", work, options, store=str(store))

    def run(self, server, work, units, rate):
        result = super().run(server, work, units, rate)
        time.sleep(self.settle_seconds)
        return result


class Refreshes(Registrations):
    """The bindings of 20,000 users, each refreshed with the nonce that its phone has."""

    unit = "refresh"
    register_rate = 1_000
    settle_seconds = 8

    def warm(self, server, work, units, rate):
        super().run(server, work, units, rate)

    def cost(self, server, work, units, rate):
        hold = self.users / self.register_rate + self.settle_seconds
        load = sipp.phones(
            work, server.address, "refresh", self._users, self.users, self.register_rate, int(hold * 1000)
        )
        time.sleep(hold - 2)
        before = server.cpu_seconds()
        result = load.finish(hold + 30)
        spent = server.cpu_seconds() - before
        return Cost(spent * 1e6 / self.users, 0.0, result.failed + result.unexpected, result.retransmissions)


def warm_up(measure, server, work, units, rate):
    """Slowly at first: a JVM that has compiled nothing is slower by far."""
    for slow, count in RAMP:
        if slow < rate:
            measure.warm(server, work, count, slow)
    measure.warm(server, work, units, rate)


MEASURES = [
    Calls("proxy-udp", "proxy", [], "udp"),
    Calls("b2bua-udp", "calls", ["WITH_TOPOS"], "udp"),
    Calls("proxy-tcp", "proxy-tcp", ["WITH_TCP"], "tcp"),
    Calls("b2bua-tcp", "calls-tcp", ["WITH_TCP", "WITH_TOPOS"], "tcp"),
    Registrations("register"),
    StoredRegistrations("register-stored"),
    Refreshes("refresh"),
]
