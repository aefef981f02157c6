"""The same phone as a media server that is an ICE-lite agent: it answers checks, sends none, and says so. Arguments as of phone.py."""

import asyncio

import aioice.ice
from aioice.ice import CandidatePair, Connection
from phone import Phone, main


class Lite:
    async def write(self, lines, body):
        await super().write(lines, body.replace("t=0 0\r\n", "t=0 0\r\na=ice-lite\r\n"))


class LitePhone(Lite, Phone):
    pass


def be_at(host):
    """aioice leaves loopback out."""
    aioice.ice.get_host_addresses = lambda use_ipv4, use_ipv6: [host]


def become_lite():
    """Lets aioice answer checks, send none and never control: what has been checked works, what has been nominated is used."""

    async def check_start(self, pair):
        self.check_state(pair, CandidatePair.State.SUCCEEDED)
        pair.nominated = pair.remote_nominated
        self.check_complete(pair)

    async def query_consent(self):
        pass

    Connection.ice_controlling = property(lambda self: False, lambda self, value: None)
    # Where both think that the other controls, the smaller number has it so, as must be with who cannot control (RFC 8445 section 7.3.1.1).
    Connection._tie_breaker = property(lambda self: 0, lambda self, value: None)
    Connection.check_periodic = lambda self: False
    Connection.check_start = check_start
    Connection.query_consent = query_consent


if __name__ == "__main__":
    be_at("127.0.0.1")
    become_lite()
    asyncio.run(main(LitePhone))
