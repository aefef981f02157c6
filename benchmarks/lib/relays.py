"""The relays, and the calls through each: both ends of every call are in one program of ours, which has a core of its own."""

import json
import os
import subprocess

from lib import net, servers
from lib.process import LOAD_CORES, SERVER_CORES, Process, wait_until


class Relay:
    """A relay that is one process, with a folder of its own."""

    process = None

    def __init__(self, work):
        self.work = work / self.name
        self.work.mkdir(parents=True, exist_ok=True)

    def cpu_seconds(self):
        return self.process.cpu_seconds()

    def stop(self):
        if self.process:
            self.process.stop()


class Rtpengine(Relay):
    """rtpengine without its kernel module, with as many threads as it takes by itself."""

    name = "rtpengine"
    address = net.RTPENGINE

    def start(self):
        command = ["rtpengine", "--foreground", "--log-stderr", "--log-level=3", "--table=-1", "--delete-delay=0"]
        command += [f"--interface={self.address}", f"--listen-ng={self.address}:2223", "--listen-cli=127.0.0.1:0"]
        command += ["--port-min=20000", "--port-max=29999", f"--pidfile={self.work}/pid"]
        self.process = Process(command, self.work / "server.log", cores=SERVER_CORES)
        wait_until(lambda: b"pong" in net.ask(self.address, 2223, b"1 d7:command4:pinge"), 20, "rtpengine answers")
        return self


class Floor(Relay):
    """The least that a relay does (benchmarks/media/floor.c), compiled here."""

    name = "floor"
    address = net.FLOOR

    def start(self):
        program = self.work / "floor"
        subprocess.run(["gcc", "-O2", "-o", program, net.BENCHMARKS / "media" / "floor.c"], check=True)
        self.process = Process([program, self.address, "2224"], self.work / "server.log", cores=SERVER_CORES)
        wait_until(lambda: net.ask(self.address, 2224, b"ping") == b"unknown", 5, "the floor answers")
        return self


PARTIES = {
    "drawbridge": ("sip", net.CALLER, net.CALLEE),
    "rtpengine": ("ng", net.RTPENGINE_CALLER, net.RTPENGINE_CALLEE),
    "floor": ("floor", net.FLOOR_CALLER, net.FLOOR_CALLEE),
}


class Load:
    """The generator (benchmarks/media) for one relay: obeys a line at a time and answers in JSON."""

    def __init__(self, server, kind, work):
        protocol, callers, callees = PARTIES[server.name]
        command = [servers.java(), "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-Xmx1g", "-XX:+UseSerialGC"]
        command += ["-cp", str(net.ROOT / "sbc-core/target/app/*"), net.BENCHMARKS / "media" / "MediaLoad.java"]
        command += [protocol, server.address, kind, callers, callees]
        self._errors = open(work / f"load-{server.name}.log", "wb")
        self._child = subprocess.Popen(
            [str(word) for word in command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
            preexec_fn=lambda: os.sched_setaffinity(0, LOAD_CORES),
        )

    def say(self, command):
        self._child.stdin.write(command + "\n")
        self._child.stdin.flush()

    def hear(self):
        line = self._child.stdout.readline()
        if not line:
            raise RuntimeError(f"the generator ended; see {self._errors.name}")
        return json.loads(line)

    def calls(self, count):
        """Sets up calls until there are so many."""
        self.say(f"calls {count}")
        self.hear()

    def run(self, seconds):
        """Lets all talk; gives the tally."""
        self.say(f"run {seconds}")
        self.hear()
        return self.hear()

    def stop(self):
        if self._child.poll() is None:
            self._child.kill()
        self._child.wait()
        self._errors.close()


def drawbridge(work, options):
    return servers.Drawbridge("media", work, options, SERVER_CORES)
