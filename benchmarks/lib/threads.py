"""CPU time of a Java process by what its threads are for: the kind of work that a warm-up still costs."""

import re
from pathlib import Path

from lib.process import TICK_SECONDS

KINDS = [("compiler", r"C[12] Compiler"), ("collector", r"^(Z|XWorker|GC|G1)"), ("signalling", r"^signalling"), ("media", r"^media")]


def cpu_by_kind(pid):
    """Seconds by kind of thread; threads that have ended are not in it."""
    spent = {}
    for task in Path(f"/proc/{pid}/task").iterdir():
        try:
            name, _, rest = (task / "stat").read_text().partition("(")[2].rpartition(")")
        except OSError:
            continue
        fields = rest.split()
        kind = next((kind for kind, pattern in KINDS if re.search(pattern, name)), "other")
        spent[kind] = spent.get(kind, 0.0) + (int(fields[11]) + int(fields[12])) * TICK_SECONDS
    return spent
