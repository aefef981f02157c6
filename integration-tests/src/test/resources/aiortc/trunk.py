"""The same phone as a server behind a trunk: SIP over UDP, no registration, ICE as a full or as a lite agent.

trunk.py SERVER USER DOMAIN PASSWORD TONE HEARD PORT OWN ICE: as phone.py, where SERVER and OWN are address:port of the
far end and of itself, nobody asks for the PASSWORD, and ICE is full or lite. It says who controlled ICE once that is done.
"""

import asyncio
import sys

import aioice.ice
from aioice.ice import CandidatePair, Connection
from phone import SERVER, USER, Phone, serve

OWN, ICE = sys.argv[8:]
HOST = OWN.split(":")[0]


class Datagrams(asyncio.DatagramProtocol):
    """SIP over UDP to and from one address, used as a WebSocket is."""

    def __init__(self):
        self.received = asyncio.Queue()

    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, address):
        self.received.put_nowait(data.decode())

    async def send(self, text):
        self.transport.sendto(text.encode())

    async def __aiter__(self):
        while True:
            yield await self.received.get()


class Server(Phone):
    def __init__(self, socket):
        super().__init__(socket)
        self.sent_by = f"UDP {OWN}"
        self.contact = f"<sip:{USER}@{OWN}>"
        self.seen = set()

    def start_media(self):
        super().start_media()
        self.peer.on("iceconnectionstatechange", self.on_ice)

    def on_ice(self):
        if self.peer.iceConnectionState == "completed":
            transport = self.peer.getTransceivers()[0].sender.transport.transport
            print(f"ice completed, {transport.role}", flush=True)

    async def on_request(self, message):
        """Requests over UDP come more than once where the answer takes its time, as that of an INVITE does here."""
        number = message["via"], message.method
        if number not in self.seen:
            self.seen.add(number)
            await super().on_request(message)

    async def write(self, lines, body):
        await super().write(lines, body.replace("t=0 0\r\n", "t=0 0\r\na=ice-lite\r\n") if ICE == "lite" else body)


def become_lite():
    """Lets aioice answer checks, send none and never control: what has been checked works, what has been nominated is used."""

    async def check_start(self, pair):
        self.check_state(pair, CandidatePair.State.SUCCEEDED)
        pair.nominated = pair.remote_nominated
        self.check_complete(pair)

    async def query_consent(self):
        pass

    Connection.ice_controlling = property(lambda self: False, lambda self, value: None)
    Connection.check_periodic = lambda self: False
    Connection.check_start = check_start
    Connection.query_consent = query_consent


def address(text):
    host, port = text.split(":")
    return host, int(port)


async def main():
    # aioice leaves loopback out.
    aioice.ice.get_host_addresses = lambda use_ipv4, use_ipv6: [HOST]
    if ICE == "lite":
        become_lite()
    loop = asyncio.get_running_loop()
    _, socket = await loop.create_datagram_endpoint(Datagrams, address(OWN), address(SERVER))
    await serve(Server(socket), asyncio.sleep(0))


asyncio.run(main())
