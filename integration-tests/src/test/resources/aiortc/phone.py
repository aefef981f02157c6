"""A phone made of aiortc and just enough SIP over a WebSocket to register, call, be called and hold.

phone.py SERVER USER DOMAIN PASSWORD TONE HEARD PORT: plays the file TONE, writes what it hears to HEARD (WAV, 8000
samples a second), and takes commands on PORT of 127.0.0.1, one line each: dial USER [video] [data], hold, resume, bye.
"""

import asyncio
import hashlib
import re
import secrets
import ssl
import struct
import sys
import traceback

import websockets
from aiortc import RTCPeerConnection, RTCSessionDescription
from aiortc.contrib.media import MediaPlayer
from aiortc.mediastreams import MediaStreamError, VideoStreamTrack
from av import AudioResampler

SERVER, USER, DOMAIN, PASSWORD, TONE, HEARD, PORT = sys.argv[1:8]
RATE = 8000


class Message:
    """A SIP message as it came."""

    def __init__(self, text):
        head, _, self.body = text.partition("\r\n\r\n")
        self.start, *lines = head.split("\r\n")
        self.headers = [(name.strip().lower(), value.strip()) for name, _, value in (line.partition(":") for line in lines)]
        self.status = int(self.start.split()[1]) if self.start.startswith("SIP/") else 0
        self.method = self["cseq"].split()[1]

    def __getitem__(self, name):
        return next((value for key, value in self.headers if key == name), "")


class Dialog:
    """What all requests of a call, or of a registration, have in common."""

    def __init__(self, target, local, remote, call_id):
        self.target, self.local, self.remote, self.call_id, self.number = target, local, remote, call_id, 0


class Phone:
    def __init__(self, socket):
        self.socket = socket
        self.sent_by = "WSS aiortc.invalid"
        self.contact = f"<sip:{USER}@{secrets.token_hex(6)}.invalid;transport=ws>"
        self.responses = asyncio.Queue()
        self.call = self.peer = None

    # What the test asks for.

    async def register(self):
        own = f"<sip:{USER}@{DOMAIN}>"
        registration = Dialog(f"sip:{DOMAIN}", f"{own};tag={secrets.token_hex(4)}", own, secrets.token_hex(8))
        await self.request(registration, "REGISTER")

    async def dial(self, user, *more):
        self.start_media()
        if "video" in more:
            self.peer.addTrack(VideoStreamTrack())
        if "data" in more:
            self.peer.createDataChannel("chat")
        uri = f"sip:{user}@{DOMAIN}"
        self.call = Dialog(uri, f"<sip:{USER}@{DOMAIN}>;tag={secrets.token_hex(4)}", f"<{uri}>", secrets.token_hex(8))
        await self.offer()

    async def hold(self):
        await self.change("inactive")

    async def resume(self):
        await self.change("sendrecv")

    async def bye(self):
        await self.request(self.call, "BYE")
        await self.end()

    # Calls and their media.

    def start_media(self):
        self.peer = RTCPeerConnection()
        self.peer.on("track", lambda track: track.kind == "audio" and asyncio.ensure_future(listen(track)))
        self.peer.addTrack(MediaPlayer(TONE).audio)

    async def change(self, direction):
        self.peer.getTransceivers()[0].direction = direction
        await self.offer()

    async def offer(self):
        await self.peer.setLocalDescription(await self.peer.createOffer())
        response = await self.request(self.call, "INVITE", self.peer.localDescription.sdp)
        self.call.remote = response["to"]
        self.call.target = re.search("<(.*?)>", response["contact"]).group(1)
        await self.send(self.call, "ACK")
        await self.peer.setRemoteDescription(RTCSessionDescription(response.body, "answer"))

    async def on_invite(self, message):
        if self.call is None:
            local = f"{message['to']};tag={secrets.token_hex(4)}"
            target = re.search("<(.*?)>", message["contact"]).group(1)
            self.call = Dialog(target, local, message["from"], message["call-id"])
            self.start_media()
        await self.peer.setRemoteDescription(RTCSessionDescription(message.body, "offer"))
        await self.peer.setLocalDescription(await self.peer.createAnswer())
        await self.respond(message, self.peer.localDescription.sdp)

    async def end(self):
        peer, self.call, self.peer = self.peer, None, None
        await peer.close()
        print("ended", flush=True)

    # SIP.

    async def read(self):
        async for text in self.socket:
            if text.strip():
                message = Message(text)
                if message.status:
                    self.responses.put_nowait(message)
                else:
                    asyncio.ensure_future(self.on_request(message))

    async def on_request(self, message):
        if message.method == "INVITE":
            await self.on_invite(message)
        elif message.method != "ACK":
            await self.respond(message)
            if message.method == "BYE":
                await self.end()

    async def respond(self, message, body=""):
        same = [f"{name}: {value}" for name, value in message.headers if name in ("via", "from", "call-id", "cseq")]
        await self.write(["SIP/2.0 200 OK", *same, f"To: {self.call.local}"], body)

    async def request(self, dialog, method, body=""):
        """Sends a request, with credentials where they are asked for, and returns its 200."""
        credentials = []
        for _ in range(2):
            dialog.number += 1
            branch = await self.send(dialog, method, body, credentials)
            response = await self.final(f"{dialog.number} {method}")
            if response.status == 200:
                return response
            if method == "INVITE":
                await self.send(Dialog(dialog.target, dialog.local, response["to"], dialog.call_id), "ACK", "", [], branch, dialog.number)
            if response.status not in (401, 407):
                break
            credentials = [authorization(response, method, dialog.target)]
        raise RuntimeError(f"{method}: {response.start} {response['warning']}")

    async def final(self, number):
        while True:
            response = await asyncio.wait_for(self.responses.get(), 30)
            if response["cseq"] == number and response.status >= 200:
                return response

    async def send(self, dialog, method, body="", more=(), branch=None, number=None):
        branch = branch or "z9hG4bK" + secrets.token_hex(8)
        lines = [
            f"{method} {dialog.target} SIP/2.0",
            f"Via: SIP/2.0/{self.sent_by};branch={branch}",
            "Max-Forwards: 70",
            f"From: {dialog.local}",
            f"To: {dialog.remote}",
            f"Call-ID: {dialog.call_id}",
            f"CSeq: {number or dialog.number} {method}",
        ]
        await self.write(lines + list(more), body)
        return branch

    async def write(self, lines, body):
        kind = ["Content-Type: application/sdp"] if body else []
        lines = [*lines, f"Contact: {self.contact}", *kind, f"Content-Length: {len(body)}", "", body]
        await self.socket.send("\r\n".join(lines))


def authorization(challenge, method, uri):
    """Answers the first challenge, which is the one the server likes best (RFC 8760)."""
    name = "proxy-authenticate" if challenge.status == 407 else "www-authenticate"
    asked = dict(re.findall(r'(\w+)="?([^",]+)', challenge[name]))

    def digest(*parts):
        return hashlib.new(asked["algorithm"].replace("-", ""), ":".join(parts).encode()).hexdigest()

    nonce, client = asked["nonce"], secrets.token_hex(8)
    secret = digest(USER, asked["realm"], PASSWORD)
    response = digest(secret, nonce, "00000001", client, "auth", digest(method, uri))
    header = "Proxy-Authorization" if challenge.status == 407 else "Authorization"
    return (
        f'{header}: Digest username="{USER}", realm="{asked["realm"]}", nonce="{nonce}", uri="{uri}", '
        f'algorithm={asked["algorithm"]}, qop=auth, nc=00000001, cnonce="{client}", response="{response}"'
    )


async def listen(track):
    resampler = AudioResampler(format="s16", layout="mono", rate=RATE)
    try:
        while True:
            for frame in resampler.resample(await track.recv()):
                with open(HEARD, "ab") as file:
                    file.write(bytes(frame.planes[0])[: 2 * frame.samples])
    except MediaStreamError:
        pass


async def done(phone, name, *arguments):
    try:
        await getattr(phone, name)(*arguments)
        return "ok"
    except Exception as e:
        traceback.print_exc()
        return repr(e)


def wav_header():
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, RATE, 2 * RATE, 2, 16)
    return b"RIFF" + struct.pack("<I", 0) + b"WAVE" + form + b"data" + struct.pack("<I", 0)


async def serve(phone, ready):
    """Takes commands as soon as it is ready, until nothing comes from the server any more."""
    with open(HEARD, "wb") as file:
        file.write(wav_header())
    reading = asyncio.ensure_future(phone.read())
    await ready

    async def obey(reader, writer):
        words = (await reader.readline()).decode().split()
        if words:
            writer.write(f"{await done(phone, *words)}\n".encode())
        writer.close()

    await asyncio.start_server(obey, "127.0.0.1", int(PORT))
    await reading


async def main(make):
    trust = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    trust.check_hostname, trust.verify_mode = False, ssl.CERT_NONE
    async with websockets.connect(SERVER, subprotocols=["sip"], ssl=trust) as socket:
        phone = make(socket)
        await serve(phone, phone.register())


if __name__ == "__main__":
    asyncio.run(main(Phone))
