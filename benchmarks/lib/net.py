"""The addresses of the parties, all on loopback, and whether one answers."""

import os
import socket
from pathlib import Path

BENCHMARKS = Path(__file__).resolve().parent.parent
ROOT = BENCHMARKS.parent
NETWORK = os.environ.get("BENCHMARK_NETWORK", "127.0.9")  # another one lets two runs share a machine
DRAWBRIDGE, CALLER, CALLEE, PROBE, KAMAILIO = (f"{NETWORK}.{number}" for number in range(1, 6))
RTPENGINE, RTPENGINE_CALLER, RTPENGINE_CALLEE = (f"{NETWORK}.{number}" for number in range(6, 9))
FLOOR, FLOOR_CALLER, FLOOR_CALLEE = (f"{NETWORK}.{number}" for number in range(9, 12))
PASSWORD = "benchmark"
DOMAIN = "bench.example"


def answers(address, seconds=0.2):
    """Whether a server answers OPTIONS over UDP."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind((PROBE, 0))
        probe.settimeout(seconds)
        port = probe.getsockname()[1]
        probe.sendto(
            (
                f"OPTIONS sip:{address} SIP/2.0\r\nVia: SIP/2.0/UDP {PROBE}:{port};branch=z9hG4bK{port}\r\n"
                f"Max-Forwards: 70\r\nFrom: <sip:probe@{PROBE}>;tag={port}\r\nTo: <sip:{address}>\r\n"
                f"Call-ID: probe{port}\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n"
            ).encode(),
            (address, 5060),
        )
        try:
            return probe.recv(65536).startswith(b"SIP/2.0 ")
        except OSError:
            return False


def ask(address, port, datagram, seconds=0.2):
    """What a server answers to one datagram; nothing if it does not."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.settimeout(seconds)
        probe.sendto(datagram, (address, port))
        try:
            return probe.recv(65536)
        except OSError:
            return b""
