"""The same phone as a server: SIP over UDP, no registration, ICE as a full or as a lite agent.

trunk.py SERVER USER DOMAIN PASSWORD TONE HEARD PORT OWN ICE: as phone.py, where SERVER and OWN are address:port of the
far end and of itself, and ICE is full, lite, or silent: lite, and does not say so. It says who controlled ICE once that is done.
"""

import asyncio
import sys

from lite import Lite, be_at, become_lite
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
        peer = self.peer

        @peer.on("iceconnectionstatechange")
        def on_ice():
            if peer.iceConnectionState == "completed":
                transport = peer.getTransceivers()[0].sender.transport.transport
                print(f"ice completed, {transport.role}", flush=True)

    async def on_request(self, message):
        """Requests over UDP come more than once where the answer takes its time, as that of an INVITE does here."""
        number = message["via"], message.method
        if number not in self.seen:
            self.seen.add(number)
            await super().on_request(message)


class LiteServer(Lite, Server):
    pass


def address(text):
    host, port = text.split(":")
    return host, int(port)


async def main():
    be_at(HOST)
    if ICE != "full":
        become_lite()
    loop = asyncio.get_running_loop()
    _, socket = await loop.create_datagram_endpoint(Datagrams, address(OWN), address(SERVER))
    make = LiteServer if ICE == "lite" else Server
    await serve(make(socket), asyncio.sleep(0))


asyncio.run(main())
