"""SIPp as caller, callee or registering phones, and what its statistics say."""

import csv
import time
from dataclasses import dataclass

from lib import net
from lib.process import Process

SCENARIOS = net.BENCHMARKS / "sipp"


@dataclass(frozen=True)
class Result:
    """What one SIPp counted until it ended."""

    successful: int
    failed: int
    retransmissions: int
    unexpected: int
    seconds: float

    def is_clean(self):
        return self.failed == 0 and self.unexpected == 0


class Sipp:
    """A running SIPp."""

    def __init__(self, name, scenario, local, work, arguments, port=5060):
        self._statistics = work / f"{name}.csv"
        self._statistics.unlink(missing_ok=True)
        command = ["sipp", "-sf", SCENARIOS / f"{scenario}.xml", "-i", local, "-p", str(port)]
        command += ["-trace_stat", "-stf", self._statistics, "-fd", "1", "-trace_err", "-error_file", work / f"{name}.errors"]
        command += ["-nostdin", "-buff_size", "4194304", "-timer_resol", "5", *arguments]
        self._began = time.monotonic()
        self.process = Process(command, work / f"{name}.log", {"TERM": "dumb"}, work)

    def result(self):
        with open(self._statistics, newline="") as lines:
            rows = list(csv.DictReader(lines, delimiter=";"))
        last = rows[-1] if rows else {}
        count = lambda key: int(last.get(key) or 0)
        return Result(
            count("SuccessfulCall(C)"),
            count("FailedCall(C)"),
            count("Retransmissions(C)"),
            count("FailedUnexpectedMessage(C)"),
            time.monotonic() - self._began,
        )

    def finish(self, seconds):
        """Waits for the end and says how it went; a SIPp that hangs counts one failure more."""
        with self.process:
            ended = self.process.wait(seconds)
        result = self.result()
        if ended is None:
            return Result(result.successful, result.failed + 1, result.retransmissions, result.unexpected, result.seconds)
        return result


def callee(work, transport, port=5060):
    """Answers calls until stopped."""
    return Sipp("callee", "callee", net.CALLEE, work, ["-t", mode(transport)], port)


def caller(work, address, transport, calls, rate, hold_ms, name="caller", port=5060):
    arguments = ["-t", mode(transport), "-s", "1001", "-m", str(calls), "-l", str(10 * rate + 1000)]
    arguments += [*rate_of(rate), "-d", str(hold_ms), f"{address}:5060"]
    return Sipp(name, "caller", net.CALLER, work, arguments, port)


def phones(work, address, scenario, users, count, rate, hold_ms=0):
    """Registers the users of a file one after the other, from its beginning again when it ends."""
    arguments = ["-t", "u1", "-inf", users, "-m", str(count), "-l", "60000"]
    arguments += [*rate_of(rate), "-d", str(hold_ms), f"{address}:5060"]
    return Sipp("phones", scenario, net.CALLER, work, arguments)


def rate_of(rate):
    """Every 10 ms, so that calls do not come in bursts."""
    return ["-r", str(max(1, rate // 100)), "-rp", "10"] if rate >= 100 else ["-r", str(rate)]


def mode(transport):
    return {"udp": "u1", "tcp": "t1"}[transport]
