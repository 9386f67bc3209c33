"""A test double of BigBlueButton's API: no server, no sound, no pictures.

It stands in for a real server in tests, and only there. It checks checksums as bbb-web
does (over the query exactly as it came), keeps rooms and who may enter them, and can be
made to misbehave (``mood``).
"""

import hashlib
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

SECRET = "639259d4-9dd8-4b25-bf01-95f9567eaf4b"


class FakeBigBlueButton(ThreadingHTTPServer):
    """Rooms in memory.

    Attributes:
        rooms: meeting id → parameters of its ``create``.
        slides: meeting id → XML that came with it.
        recordings: meeting id → list of (record id, address, minutes).
        calls: names of the calls, in their order.
        mood: "well", "nonsense", "huge", "silent", "drips", "fault" or "bomb".
    """

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.rooms, self.slides, self.recordings = {}, {}, {}
        self.calls = []
        self.mood = "well"

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/bigbluebutton"

    def create(self, words, body):
        """The first ``create`` makes a room; the same again is a duplicate."""
        name = words["meetingID"]
        known = self.rooms.get(name)
        if known is not None and known["words"] != words:
            return failed("idNotUnique")
        if known is None:
            taken = {each["words"].get("voiceBridge") for each in self.rooms.values()}
            if words.get("voiceBridge") and words["voiceBridge"] in taken:
                return failed("nonUniqueVoiceBridge")
            made = str(int(time.time() * 1000))
            known = self.rooms[name] = {"words": words, "createTime": made}
            if body:
                self.slides[name] = body.decode()
        return (
            f"<returncode>SUCCESS</returncode><meetingID>{escape(name)}</meetingID>"
            f"<createTime>{known['createTime']}</createTime>"
        )

    def answer(self, name, words, body):
        room = self.rooms.get(words.get("meetingID"))
        if name == "create":
            return self.create(words, body)
        if name == "isMeetingRunning":
            running = "true" if room and room.get("inside") else "false"
            return f"<returncode>SUCCESS</returncode><running>{running}</running>"
        if name == "join":
            if room is None:
                return failed("invalidMeetingIdentifier")
            if words.get("createTime", room["createTime"]) != room["createTime"]:
                return failed("mismatchCreateTimeParam")
            room.setdefault("inside", []).append((words["fullName"], words["role"]))
            return "<returncode>SUCCESS</returncode>"
        if name == "getRecordings":
            found = "".join(
                f"<recording><recordID>{record}</recordID><playback><format>"
                f"<url>{escape(address)}</url><length>{minutes}</length>"
                "</format></playback></recording>"
                for record, address, minutes in self.recordings.get(
                    words.get("meetingID"), []
                )
            )
            return f"<returncode>SUCCESS</returncode><recordings>{found}</recordings>"
        return failed("unsupportedRequest")


def failed(key):
    return f"<returncode>FAILED</returncode><messageKey>{key}</messageKey>"


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self._answer(b"")

    def do_POST(self):
        self._answer(self.rfile.read(int(self.headers["Content-Length"])))

    def _answer(self, body):
        parts = urlsplit(self.path)
        name = parts.path.rpartition("/")[2]
        self.server.calls.append(name)
        misbehave = getattr(self, f"_{self.server.mood}", None)
        if misbehave is not None:
            return misbehave()
        query, _mark, checksum = parts.query.rpartition("checksum=")
        query = query.removesuffix("&")
        right = hashlib.sha256(f"{name}{query}{SECRET}".encode()).hexdigest()
        words = {key: values[0] for key, values in parse_qs(query).items()}
        said = (
            self.server.answer(name, words, body)
            if checksum == right
            else failed("checksumError")
        )
        return self._send(f"<response>{said}</response>".encode())

    def _send(self, data, status=200):
        self.send_response(status)
        self.send_header("Content-Type", "text/xml;charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _nonsense(self):
        self._send(b"<html><p>Welcome to nginx!")

    def _fault(self):
        self._send(b"<response/>", status=502)

    def _bomb(self):
        self._send(
            b'<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
            b"<response><returncode>&b;</returncode></response>"
        )

    def _huge(self):
        self.send_response(200)
        self.end_headers()
        piece = b" " * 65_536
        try:
            for _each in range(400):
                self.wfile.write(piece)
        except OSError:
            return

    def _silent(self):
        time.sleep(3)

    def _drips(self):
        self.send_response(200)
        self.end_headers()
        try:
            for _each in range(30):
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(0.1)
        except OSError:
            return

    def log_message(self, *args):
        """Say nothing."""


@contextmanager
def fake_bigbluebutton():
    """A running double; gone at the end."""
    server = FakeBigBlueButton()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
