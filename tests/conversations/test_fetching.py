"""Where the worker goes for a link, and where it never goes; against a real server."""

import socket
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from conversations import fetching
from conversations.fetching import Refused, Unreachable, fetch_page, is_public

PRIVATE = [
    "127.0.0.1",
    "127.8.9.1",
    "0.0.0.0",  # noqa: S104 - refused, not listened on
    "10.0.0.1",
    "100.64.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.0.1",
    "192.168.1.1",
    "198.18.0.1",
    "192.0.2.1",
    "203.0.113.9",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a00:1",
    "2002:7f00:1::",
    "2002:c0a8:101::1",
    "2001:0:7f00:1::",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
    "nonsense",
]
PUBLIC = ["8.8.8.8", "93.184.215.14", "2606:4700::1111", "64:ff9b::808:808"]


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_address_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is(address):
    assert is_public(address)


class Handler(BaseHTTPRequestHandler):
    """Answers as the path says, and remembers what it was asked."""

    def do_GET(self):
        self.server.asked.append((self.path, dict(self.headers)))
        answer = self.server.answers[self.path.partition("?")[0]]
        try:
            answer(self)
        except OSError:
            self.close_connection = True

    def say(self, status=200, body=b"", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Quiet."""


@contextmanager
def serving(answers):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.answers, server.asked = answers, []
    server.host = f"127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def html(body, kind="text/html; charset=utf-8", **headers):
    return lambda handler: handler.say(body=body, Content_Type=kind, **headers)


def to(place):
    return lambda handler: handler.say(302, Location=place)


def dripping(handler):
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    for _ in range(200):
        handler.wfile.write(b"<")
        handler.wfile.flush()
        time.sleep(0.05)


@pytest.fixture
def allowed(settings):
    """Let the worker go to this one server on the loopback."""

    def allow(server):
        settings.ALLIANCE_LINK_CARD_SERVERS = (server.host,)
        return f"http://{server.host}"

    return allow


def test_a_page_is_fetched_once_and_politely(allowed, settings):
    answers = {"/a": html("<title>Ünser Wald</title>".encode())}
    with serving(answers) as server:
        site = allowed(server)
        page = fetch_page(f"{site}/a?q=Wäl der%20\r\nX:1#part")

    ((path, headers),) = server.asked
    assert (page.text, path) == (
        "<title>Ünser Wald</title>",
        "/a?q=W%C3%A4l%20der%20X:1",
    )
    assert headers["Host"] == server.host
    assert headers["User-Agent"].startswith("AllianceLinkCard/")
    assert settings.ALLIANCE_SITE_URL in headers["User-Agent"]
    assert "Cookie" not in headers
    assert "Referer" not in headers


@pytest.mark.parametrize(
    ("body", "kind", "text"),
    [
        ("é".encode("latin-1"), "text/html; charset=iso-8859-1", "é"),
        (b'<meta charset="cp1252">\x80', "text/html", '<meta charset="cp1252">€'),
        (b"\x80", "text/html; charset=utf-8", "€"),
        (b"ok", "application/xhtml+xml; charset=no-such", "ok"),
        (b"a\\ud800", "text/html; charset=unicode_escape", "a\\ud800"),
        (b"a-zz9k", "text/html; charset=punycode", "a-zz9k"),
        (b"+2AA-", "text/html; charset=utf-7", "?"),
    ],
)
def test_letters_are_read_as_the_page_means_them(allowed, body, kind, text):
    with serving({"/": html(body, kind)}) as server:
        assert fetch_page(allowed(server)).text == text


def test_a_huge_page_is_read_up_to_a_point(allowed):
    with serving({"/": html(b"x" * (fetching.MOST_BYTES * 3))}) as server:
        assert len(fetch_page(allowed(server)).text) == fetching.MOST_BYTES


def test_redirects_are_followed_a_few_times(allowed):
    answers = {
        "/1": to("/2"),
        "/2": to("3"),
        "/3": html(b"there"),
        "/loop": to("/loop"),
    }
    with serving(answers) as server:
        site = allowed(server)
        page = fetch_page(f"{site}/1")
        with pytest.raises(Refused, match="too many"):
            fetch_page(f"{site}/loop")

    assert (page.url, page.text) == (f"{site}/3", "there")
    assert len(server.asked) == 3 + fetching.MOST_REDIRECTS + 1


REFUSED = [
    "ftp://example.org/",
    "file:///etc/passwd",
    "gopher://127.0.0.1/",
    "http://",
    "http:///path",
    "http://user:secret@example.org/",
    "http://user@example.org/",
    "http://example.org:6379/",
    "http://example.org:99999/",
    "http://[::1]/",
    "http://127.0.0.1/",
    "https://127.0.0.1/",
    "http://localhost/",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://[::ffff:169.254.169.254]/latest/meta-data/",
    "http://169.254.169.254/latest/meta-data/",
    "http://" + "a" * 70 + ".example/",
]


@pytest.mark.parametrize("url", REFUSED)
def test_strange_and_private_addresses_are_refused(url):
    with pytest.raises(Refused):
        fetch_page(url)


@pytest.mark.parametrize(
    "place",
    ["http://127.0.0.1:1/", "http://localhost/", "//127.0.0.1/", "file:///etc/passwd"],
)
def test_a_redirect_inside_is_refused(allowed, place):
    with serving({"/": to(place)}) as server:
        site = allowed(server)
        with pytest.raises(Refused):
            fetch_page(site)

    assert len(server.asked) == 1


def test_a_loopback_server_is_refused_unless_a_test_allows_it():
    with serving({"/": html(b"secret")}) as server:
        with pytest.raises(Refused):
            fetch_page(f"http://{server.host}/")
        # Also by a port that websites have, whatever answers there.
        with pytest.raises(Refused):
            fetch_page("http://127.0.0.1/")

    assert server.asked == []


def test_one_private_answer_among_public_ones_is_enough(monkeypatch):
    # A name server is the edge of our world: its answer is the only thing made up.
    found = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80))
        for address in ("93.184.215.14", "10.0.0.7")
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **named: found)

    with pytest.raises(Refused, match="private"):
        fetch_page("http://rebinding.example/")


def test_a_name_is_looked_up_once_and_that_answer_is_used(monkeypatch, allowed):
    with serving({"/": html(b"pinned")}) as server:
        port = server.server_port
        allowed(server)
        answers = iter(["127.0.0.1", "127.0.0.99"])

        def look_up(host, given, *args, **named):
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), given))]

        monkeypatch.setattr(fetching, "_is_allowed", lambda *where: where[1] == port)
        real = socket.getaddrinfo
        monkeypatch.setattr(
            socket,
            "getaddrinfo",
            lambda host, *args, **named: (
                look_up(host, *args, **named)
                if host == "twice.example"
                else real(host, *args, **named)
            ),
        )

        assert fetch_page(f"http://twice.example:{port}/").text == "pinned"

    assert server.asked[0][1]["Host"] == f"twice.example:{port}"
    assert next(answers) == "127.0.0.99"


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (html(b"%PDF", "application/pdf"), Refused),
        (html(b"{}", "application/json"), Refused),
        (html(b"x", ""), Refused),
        (html(b"x", Content_Encoding="gzip"), Refused),
        (lambda handler: handler.say(404), Refused),
        (lambda handler: handler.say(204), Refused),
        (lambda handler: handler.say(302), Refused),
        (lambda handler: handler.say(503), Unreachable),
        (lambda handler: handler.say(429), Unreachable),
        (lambda handler: handler.connection.close(), Unreachable),
        (lambda handler: handler.wfile.write(b"nonsense\r\n\r\n"), Unreachable),
    ],
)
def test_what_is_no_page_is_told_apart_from_what_may_come_later(allowed, answer, error):
    with serving({"/": answer}) as server, pytest.raises(error):
        fetch_page(allowed(server))


def test_nobody_there_may_be_there_later(settings):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        host = f"127.0.0.1:{closed.getsockname()[1]}"
    settings.ALLIANCE_LINK_CARD_SERVERS = (host,)

    with pytest.raises(Unreachable):
        fetch_page(f"http://{host}/")


def test_a_server_that_drips_is_left_in_time(allowed, monkeypatch):
    monkeypatch.setattr(fetching, "MOST_SECONDS", 0.4)
    with serving({"/": dripping}) as server:
        begun = time.monotonic()
        try:
            text = fetch_page(allowed(server)).text
        except Unreachable:
            text = ""

    assert time.monotonic() - begun < 3
    assert len(text) < 60
