"""Typesetting: what it fetches, and what it says when it cannot."""

import json
import socket

import pytest

from tests.factories.files import picture_bytes
from ui import paper


def order(html, **pictures):
    whole = {"html": html, "css": "", "base": "http://paper.invalid"}
    return json.dumps({**whole, "pictures": pictures})


@pytest.fixture
def server():
    """Something that would notice being asked."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.2)
        yield listening


def test_typesetting_fetches_only_the_pictures_it_was_given(tmp_path, server):
    path = tmp_path / "belt.png"
    path.write_bytes(picture_bytes(400, 300, "PNG"))
    port = server.getsockname()[1]
    html = (
        f'<img src="file://{path}"><img src="http://127.0.0.1:{port}/x.png">'
        f'<link rel="stylesheet" href="http://127.0.0.1:{port}/x.css">'
        '<img src="/s/forest/files/1/">'
    )

    without = paper._typeset(order(html))
    address = "http://paper.invalid/s/forest/files/1/"
    with_it = paper._typeset(order(html, **{address: (str(path), "image/png")}))

    assert without.startswith(b"%PDF")
    assert b"/Subtype /Image" not in without
    assert with_it.count(b"/Subtype /Image") == 1
    with pytest.raises(TimeoutError):
        server.accept()


def test_a_document_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(paper, "SECONDS", 0.05)

    with pytest.raises(paper.NoPaper) as refused:
        paper._typeset(order("<p>Words</p>"))

    assert refused.value.why == "long"


def test_a_missing_library_is_said(monkeypatch):
    # As where Pango is not installed: ``ui.typesetting`` ends with EX_UNAVAILABLE.
    monkeypatch.setattr(paper.sys, "executable", "/bin/sh")
    monkeypatch.setattr(paper, "_MODULE", ["-c", "exit 69"])

    with pytest.raises(paper.NoPaper) as refused:
        paper._typeset(order("<p>Words</p>"))

    assert refused.value.why == "missing"
    assert "Your browser can print" in str(refused.value.words)
