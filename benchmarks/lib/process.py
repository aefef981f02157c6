"""A child process with all its descendants: their CPU time and memory, read from /proc, and their end."""

import os
import signal
import subprocess
import time
from pathlib import Path

ALL_CORES = os.sched_getaffinity(0)
# Where there are two or more, the last one is the load's alone, so that neither side takes the other's time.
LOAD_CORES = {max(ALL_CORES)}
SERVER_CORES = ALL_CORES - LOAD_CORES or ALL_CORES

TICK_SECONDS = 1 / os.sysconf("SC_CLK_TCK")


class Process:
    """One started program. Its output goes to a file, so that it never waits for a reader."""

    def __init__(self, command, log, environment=None, directory=None, cores=None):
        self.log = Path(log)
        self._output = open(self.log, "wb")
        self._child = subprocess.Popen(
            [str(word) for word in command],
            stdin=subprocess.DEVNULL,
            stdout=self._output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(environment or {})},
            cwd=directory,
            start_new_session=True,
            preexec_fn=lambda: os.sched_setaffinity(0, cores or ALL_CORES),
        )

    def pids(self):
        """The process and all that descend from it."""
        found, todo = [], [self._child.pid]
        while todo:
            pid = todo.pop()
            found.append(pid)
            todo += children(pid)
        return found

    def cpu_seconds(self):
        """User and system time of all of them so far."""
        return sum(cpu_seconds(pid) for pid in self.pids())

    def memory_bytes(self):
        """Proportional set size: shared pages count once, however many processes map them."""
        return sum(pss_bytes(pid) for pid in self.pids())

    def wait(self, seconds):
        """Its exit status; None if it still runs after this many seconds."""
        try:
            return self._child.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def is_running(self):
        return self._child.poll() is None

    def output(self):
        return self.log.read_text(errors="replace")

    def stop(self):
        """Asks for the end, and insists after ten seconds."""
        pids = self.pids() if self.is_running() else []
        if self.is_running():
            self._child.send_signal(signal.SIGTERM)
            if self.wait(10) is None:
                for pid in pids:
                    kill(pid)
                self._child.wait()
        self._output.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


def children(pid):
    try:
        tasks = os.listdir(f"/proc/{pid}/task")
        return [
            int(child)
            for task in tasks
            for child in Path(f"/proc/{pid}/task/{task}/children").read_text().split()
        ]
    except OSError:
        return []


def cpu_seconds(pid):
    """Fields 14 and 15 of proc(5): user and system time of all threads, dead ones included."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) * TICK_SECONDS


def pss_bytes(pid):
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def kill(pid):
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def wait_until(condition, seconds, what):
    """Looks every 50 ms; fails naming what did not happen."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise RuntimeError(f"{what}: not within {seconds} s")
        time.sleep(0.05)
