"""Letters on the wire, into a real SMTP server."""

import smtplib
from email import message_from_bytes, policy

import pytest

from carriers.mail import Away, Letter, Postman, Refused, Unreachable, valid_address


def letter(**fields):
    return Letter(
        **{"to": "ben@example.org", "subject": "Rain", "text": "It rained.\n", **fields}
    )


def test_post_carries_text_and_html_over_one_connection(sink):
    with Postman() as postman:
        for number in range(3):
            postman.post(
                letter(
                    to=f"p{number}@example.org",
                    subject="Ein Gruß — für dich",
                    text="Grüße\n\n-- \nForest Forum\n",
                    html="<p>Grüße &amp; so</p>",
                    from_name="Wald, das Forum",
                    message_id=f"<{number}@example.org>",
                    headers={"List-Id": "<space-1.example.org>"},
                    language="de",
                )
            )

    first = sink.messages[0]
    assert sink.sessions == 1
    assert sink.addresses == ["p0@example.org", "p1@example.org", "p2@example.org"]
    assert first["Subject"] == "Ein Gruß — für dich"
    assert first["From"].addresses[0].display_name == "Wald, das Forum"
    assert first["Message-ID"] == "<0@example.org>"
    assert first["List-Id"] == "<space-1.example.org>"
    assert first["Content-Language"] == "de"
    assert [part.get_content_type() for part in first.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    assert words(first) == "Grüße\n\n-- \nForest Forum\n"
    assert words(first, "html") == "<p>Grüße &amp; so</p>\n"


def words(message, kind="plain"):
    return message.get_body((kind,)).get_content().replace("\r\n", "\n")


@pytest.mark.parametrize(
    "text",
    [
        "plain ascii\n",
        ".\n..\n.dot first\n",
        "x" * 5000 + "\n",
        "ünï = cödé " * 300 + "\n",
        "مرحبا بالعالم\n日本語\n",
        "From here it began\nquoted =3D sign\n",
        "trailing space \nand tab\t\n-- \nsignature\n",
        "windows\r\nline\r\nends\r\n",
    ],
)
def test_every_text_arrives_as_it_was_written(sink, text):
    with Postman() as postman:
        postman.post(letter(text=text, html=f"<pre>{text}</pre>"))

    message = sink.messages[0]
    assert words(message) == text.replace("\r\n", "\n")
    assert max(map(len, sink.kept[0][1].split(b"\r\n"))) < 998


def test_attachments_and_calendar(sink):
    calendar = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"
    with Postman() as postman:
        postman.post(
            letter(
                html="<p>x</p>",
                calendar=calendar,
                attachments=(
                    ("Überblick.pdf", b"%PDF\x00\xff" * 100, "application/pdf"),
                    ("invite.ics", calendar.encode(), "text/calendar; method=REQUEST"),
                ),
            )
        )

    message = sink.messages[0]
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "application/pdf",
        "text/calendar",
    ]
    files = list(message.iter_attachments())
    assert [part.get_filename() for part in files] == ["Überblick.pdf", "invite.ics"]
    assert files[0].get_content() == b"%PDF\x00\xff" * 100
    alternative = list(message.walk())[4]
    assert alternative.get_param("method") == "REQUEST"


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\u2028", "\x0b"])
def test_no_text_can_write_a_header(sink, line_end):
    evil = f"Hello{line_end}Bcc: victim@example.org{line_end}{line_end}body"
    with Postman() as postman:
        postman.post(letter(subject=evil, from_name=evil, headers={"X-Kind": evil}))

    message = sink.messages[0]
    assert message["Bcc"] is None
    assert message["Subject"] == "Hello Bcc: victim@example.org body"
    assert message["X-Kind"] == "Hello Bcc: victim@example.org body"
    assert words(message) == "It rained.\n"


def test_no_text_can_be_read_as_other_words(sink):
    evil = "=?utf-8?q?Alliance_administration?="
    with Postman() as postman:
        postman.post(letter(subject=evil, from_name=evil))

    message = sink.messages[0]
    assert message["Subject"] == evil
    assert message["From"].addresses[0].display_name == evil


@pytest.mark.parametrize(
    "address",
    ["", "nobody", "a@b", "a b@example.org", "a@example.org\nBcc: b@example.org",
     "ben@example.org, max@example.org", "jürgen@example.org"],
)  # fmt: skip
def test_post_refuses_what_is_no_address(sink, address):
    with Postman() as postman, pytest.raises(Refused):
        postman.post(letter(to=address))

    assert sink.kept == []


def test_valid_address_writes_the_domain_in_ascii():
    assert valid_address("ama@bücher.example") == "ama@xn--bcher-kva.example"


def test_refused_for_good_and_not_now_are_told_apart(sink):
    answers = {"gone@example.org": "550 No such user", "grey@example.org": "451 Later"}
    sink.on_rcpt = answers.get
    with Postman() as postman:
        with pytest.raises(Refused, match="550 No such user"):
            postman.post(letter(to="gone@example.org"))
        with pytest.raises(Unreachable, match="451 Later"):
            postman.post(letter(to="grey@example.org"))
        postman.post(letter())

    assert sink.addresses == ["ben@example.org"]
    assert sink.sessions == 1


def test_a_letter_refused_after_its_text(sink):
    sink.on_data = lambda to, data: "554 Looks like spam" if b"spam" in data else None
    with Postman() as postman:
        with pytest.raises(Refused, match="554"):
            postman.post(letter(text="spam\n"))
        postman.post(letter())

    assert sink.addresses == ["ben@example.org"]


@pytest.fixture
def pipelining(sink):
    """The same server, saying that it takes commands together."""

    async def greet(server, session, envelope, hostname, responses):
        session.host_name = hostname
        return [*responses[:-1], "250-PIPELINING", responses[-1]]

    sink.door.handle_EHLO = greet
    return sink


def test_commands_go_together_where_the_server_allows_it(pipelining):
    sink = pipelining
    answers = {"gone@example.org": "550 No such user", "grey@example.org": "451 Later"}
    sink.on_rcpt = answers.get
    sink.on_data = lambda to, data: "554 Spam" if b"spam" in data else None
    with Postman() as postman:
        postman.post(letter(to="a@example.org", text=".dots\n..\n"))
        with pytest.raises(Refused, match="550"):
            postman.post(letter(to="gone@example.org"))
        with pytest.raises(Unreachable, match="451"):
            postman.post(letter(to="grey@example.org"))
        with pytest.raises(Refused, match="554"):
            postman.post(letter(text="spam\n"))
        postman.post(letter(to="b@example.org"))
        assert postman.connection.connection.has_extn("pipelining")
        sink.on_mail = lambda number: "530 Say who you are"
        with pytest.raises(Away, match="530"):
            postman.post(letter())

    assert sink.addresses == ["a@example.org", "b@example.org"]
    assert words(sink.messages[0]) == ".dots\n..\n"


def test_a_server_that_wants_nobody_is_away(sink):
    sink.on_mail = lambda number: "530 Say who you are"
    with Postman() as postman, pytest.raises(Away, match="530"):
        postman.post(letter())


def test_post_connects_again_when_the_kept_connection_was_closed(sink):
    with Postman() as postman:
        postman.post(letter())
        sink.on_mail = lambda number: "421 Idle too long" if number == 2 else None
        postman.post(letter(to="oda@example.org"))

    assert sink.addresses == ["ben@example.org", "oda@example.org"]
    assert sink.sessions == 2


def test_post_with_no_server_is_away(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    with Postman() as postman, pytest.raises(Away):
        postman.post(letter())


def test_the_memory_backend_holds_the_same_bytes(mailoutbox):
    with Postman() as postman:
        postman.post(letter(html="<p>x</p>", message_id="<7@example.org>"))

    kept = mailoutbox[0]
    parsed = message_from_bytes(kept.message().as_bytes(), policy=policy.default)
    assert (kept.to, kept.subject, kept.body) == (
        ["ben@example.org"],
        "Rain",
        "It rained.\n",
    )
    assert kept.alternatives[0].content == "<p>x</p>"
    assert parsed["Message-ID"] == "<7@example.org>"
    assert words(parsed) == "It rained.\n"


def test_the_sink_is_real(sink):
    """The tests above would mean nothing against a pretended server."""
    with smtplib.SMTP("127.0.0.1", sink.port) as client:
        assert client.noop()[0] == 250
