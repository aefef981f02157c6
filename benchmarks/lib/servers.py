"""The two servers: how each is configured, started and stopped."""

import contextlib
import hashlib
import shutil
import sqlite3
import subprocess
from pathlib import Path

from lib import net
from lib.process import Process, wait_until

KAMAILIO_TABLES = Path("/usr/share/kamailio/db_sqlite")


class Drawbridge:
    """Ours, as bin/sbc starts it."""

    name = "drawbridge"
    address = net.DRAWBRIDGE

    process = None

    def __init__(self, config, work, options="", cores=None, store="none"):
        self.work = work / self.name
        self.work.mkdir(parents=True, exist_ok=True)
        text = (net.BENCHMARKS / "drawbridge" / f"{config}.yaml").read_text().replace("STORE", store)
        self._config = self.work / f"{config}.yaml"
        self._config.write_text(fill(text, self.work, self.address))
        self._options = options
        self._cores = cores

    def start(self):
        command = [net.ROOT / "bin" / "sbc", "run", self._config]
        self.process = Process(command, self.work / "server.log", {"SBC_JAVA_OPTS": self._options}, cores=self._cores)
        ready(self)
        return self

    def cpu_seconds(self):
        return self.process.cpu_seconds()

    def memory_bytes(self):
        return self.process.memory_bytes()

    def stop(self):
        if self.process:
            self.process.stop()

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()


class Kamailio:
    """Kamailio with our configuration; where topos keeps its state in Redis, that runs beside it."""

    name = "kamailio"
    address = net.KAMAILIO

    process = None

    def __init__(self, config, work, defines=(), children=2):
        self.work = work / self.name
        self.work.mkdir(parents=True, exist_ok=True)
        text = (net.BENCHMARKS / "kamailio" / f"{config}.cfg").read_text()
        self._config = self.work / f"{config}.cfg"
        self._config.write_text(fill(text, self.work, self.address).replace("CHILDREN", str(children)))
        self._defines = list(defines)
        self._redis = None

    def start(self):
        if "WITH_TOPOS" in self._defines:
            self._redis = redis(self.work)
        if "WITH_STORE" in self._defines:
            locations(self.work / "location.db")
        command = ["kamailio", "-DD", "-E", "-f", self._config, "-m", "2048", "-M", "16", "-Y", self.work]
        command += [word for name in self._defines for word in ("-A", name)]
        self.process = Process(command, self.work / "server.log")
        ready(self)
        return self

    def cpu_seconds(self):
        """Without Redis: what Kamailio itself takes."""
        return self.process.cpu_seconds()

    def store_cpu_seconds(self):
        return self._redis.cpu_seconds() if self._redis else 0.0

    def memory_bytes(self):
        return self.process.memory_bytes()

    def stop(self):
        if self.process:
            self.process.stop()
        if self._redis:
            self._redis.stop()

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()


def java():
    """The java of the JDK 25 that bin/sbc finds."""
    script = 'set -euo pipefail; . bin/lib/common.sh; use_jdk25; printf %s "$JAVA_HOME"'
    home = subprocess.run(["bash", "-c", script], cwd=net.ROOT, check=True, capture_output=True, text=True).stdout
    return f"{home}/bin/java"


def ready(server):
    """Waits for its first answer, however long a build before it takes; one that gives none is ended."""

    def listening():
        if not server.process.is_running():
            raise RuntimeError(f"{server.name} ended at once:\n{server.process.output()[-2000:]}")
        return net.answers(server.address)

    try:
        wait_until(listening, 180, f"{server.name} answers")
    except BaseException:
        server.stop()
        raise


def redis(work):
    socket = work / "redis.sock"
    command = ["redis-server", "--port", "0", "--unixsocket", socket, "--save", "", "--appendonly", "no"]
    store = Process(command, work / "redis.log")
    wait_until(socket.exists, 10, "Redis listens")
    return store


def locations(path):
    """An empty SQLite file with Kamailio's tables of bindings."""
    path.unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(path)) as database:
        for tables in ("standard", "usrloc"):
            database.executescript((KAMAILIO_TABLES / f"{tables}-create.sql").read_text())


def fill(text, work, address):
    """Puts addresses, the password and the working directory into a configuration."""
    values = {"ADDRESS": address, "CALLER": net.CALLER, "CALLEE": net.CALLEE, "PASSWORD": net.PASSWORD, "WORK": str(work)}
    for name, value in values.items():
        text = text.replace(name, value)
    return text


def users(work, count):
    """Writes the users: for SIPp and, in Drawbridge's form, for the registrar. Returns SIPp's file."""
    names = [f"u{number:05d}" for number in range(count)]
    sipp = work / "users.csv"
    sipp.write_text("SEQUENTIAL\n" + "".join(f"{n};[authentication username={n} password={net.PASSWORD}]\n" for n in names))
    accounts = work / "drawbridge" / "users.yaml"
    accounts.parent.mkdir(parents=True, exist_ok=True)
    accounts.write_text("users:\n" + "".join(f"  {n}: {{ md5: {ha1(n)} }}\n" for n in names))
    accounts.chmod(0o600)
    return sipp


def ha1(name):
    return hashlib.md5(f"{name}:{net.DOMAIN}:{net.PASSWORD}".encode()).hexdigest()


def certificate(work):
    """A self-signed P-256 certificate, key and chain in one file, for both servers."""
    path = work / "server.pem"
    if not path.exists() and shutil.which("openssl"):
        command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=bench.example"
        subprocess.run([*command.split(), "-keyout", work / "key.pem", "-out", work / "chain.pem"], check=True, capture_output=True)
        path.write_text((work / "key.pem").read_text() + (work / "chain.pem").read_text())
        path.chmod(0o600)
    return path
