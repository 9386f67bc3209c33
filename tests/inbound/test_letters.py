"""Raw mails of every sort. No database."""

from email.message import EmailMessage

import pytest

from inbound.letters import UNREADABLE, parse


def test_html_only():
    mail = EmailMessage()
    mail["From"] = "Ben <ben@example.org>"
    mail.set_content(
        "<html><head><style>p{}</style></head><body><div>Two feet,<br>my friend &amp; "
        "sister.</div><div><br></div><div class=gmail_quote>On Mon, 23 Nov 2026 at "
        "07:00, Forum &lt;hello@mail.alliance.example&gt; wrote:<br><blockquote>"
        "<p>~~~ Write your answer above this line ~~~</p><p>How deep?</p></blockquote>"
        "</div></body></html>",
        subtype="html",
    )

    letter = parse(mail.as_bytes())

    assert letter.text == "Two feet,\nmy friend & sister."


@pytest.mark.parametrize(
    ("charset", "label"),
    [("utf-8", "utf-8"), ("latin-1", "iso-8859-1"), ("cp1252", "windows-1252"),
     ("latin-1", "no-such-charset"), ("utf-8", "us-ascii")],
)  # fmt: skip
def test_charsets_right_and_wrong(charset, label):
    body = "Grüße, façade".encode(charset)
    raw = (
        b"From: ben@example.org\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: text/plain; charset=" + label.encode() + b"\r\n"
        b"Content-Transfer-Encoding: 8bit\r\n\r\n" + body
    )

    assert parse(raw).text == "Grüße, façade"


def test_attachments_and_calendar_answers():
    mail = EmailMessage()
    mail["From"] = "ben@example.org"
    mail.set_content("See the picture.")
    mail.add_attachment(
        b"\xff\xd8", maintype="image", subtype="jpeg", filename="a/b.jpg"
    )
    mail.add_attachment(
        "BEGIN:VCALENDAR\nMETHOD:REPLY\nEND:VCALENDAR\n",
        subtype="calendar",
        params={"method": "REPLY"},
        filename="reply.ics",
    )

    letter = parse(mail.as_bytes())

    assert letter.text == "See the picture."
    assert [(name, kind) for name, _data, kind in letter.attachments] == [
        ("a_b.jpg", "image/jpeg"),
        ("reply.ics", "text/calendar; method=REPLY"),
    ]


def test_flowed_lines_are_whole_again():
    raw = (
        b"From: ben@example.org\r\nContent-Type: text/plain; format=flowed\r\n\r\n"
        b"This is one \r\nlong line.\r\n\r\nAnd another.\r\n"
    )

    assert parse(raw).text == "This is one long line.\n\nAnd another."


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff\xfe",
        b"From: \r\n\r\n",
        b"From: =?utf-8?q?=?= <a@b\r\nSubject: =?bad?x?y?=\r\n\r\nhi",
        b"Content-Type: multipart/mixed\r\n\r\nno boundary",
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" * 200,
        b'From: a@example.org\r\nContent-Type: text/plain; charset="\xff"\r\n\r\nhi',
        b"From: a@b, c@d\r\nDate: never\r\nMessage-ID: <<>>\r\n\r\nhi",
        b"Content-Transfer-Encoding: base64\r\nFrom: a@b.c\r\n\r\n!!!!",
    ],
)
def test_broken_mails_are_read_as_far_as_they_go(raw):
    letter = parse(raw)

    assert letter.message_id
    assert "\0" not in letter.text


def test_a_mail_without_an_id_has_one_made_of_its_bytes():
    raw = b"From: a@example.org\r\n\r\nhi"

    assert (
        parse(raw).message_id == parse(raw).message_id != parse(raw + b"!").message_id
    )


@pytest.mark.parametrize(
    "raw",
    [
        b"From: a\0b@x.org\r\nSubject: =?utf-8?q?a=00=ED=A0=80b?=\r\n\r\nyes",
        b"From: \xff <a@x.org>\r\nMessage-ID: <\xff\0\xed\xa0\x80@x>\r\n\r\nyes",
        b"From: a@x.org\r\nContent-Type: text/plain; charset=undefined\r\n\r\nyes",
        b'From: a@x.org\r\nContent-Type: text/plain; charset="u\0-8"\r\n\r\nyes',
        b"From: a@x.org\r\nContent-Type: text/plain; charset=raw_unicode_escape"
        b"\r\n\r\nyes \\ud800",
        b"From: a@x.org\r\nContent-Type: text/html\r\n\r\n<![yes <!-- <p>yes",
    ],
)
def test_hostile_letters_can_be_stored(raw):
    letter = parse(raw)

    for text in (letter.sender, letter.subject, letter.message_id, letter.text):
        assert "\0" not in text
        text.encode()  # half a character cannot be encoded, nor stored


@pytest.mark.parametrize(
    "raw",
    [
        b"From: a@x.org\r\n"
        + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" * 3000,
        b"From: a@x.org\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * 3000,
        # Not deep, but a hundred thousand parts beside each other.
        b"From: a@x.org\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        + b"--b\r\n\r\n" * 100_000,
        b"From: a@x.org\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        + b"".join(
            b"--b\r\nContent-Type: text/plain; n=%d%s\r\n\r\nx\r\n"
            % (n, b"; a=b" * 700)
            for n in range(400)
        ),
    ],
)
def test_bottomless_letters_are_not_read(raw):
    assert parse(raw).machine == UNREADABLE


@pytest.mark.parametrize(
    "raw",
    [
        b"From: a@x.org\r\nSubject: " + b"=?utf-8?q?a?= " * 100_000 + b"\r\n\r\nyes",
        b"From: a@x.org\r\n" + b"X-A: b\r\n" * 200_000 + b"\r\nyes",
        b"From: a@x.org\r\nContent-Type: text/html\r\n\r\nyes" + b"<a " * 130_000,
        b"From: a@x.org\r\nContent-Type: text/html\r\n\r\nyes" + b"<!--x>" * 60_000,
        b"From: a@x.org\r\nContent-Type: text/plain; charset=punycode\r\n\r\nyes-"
        + b"zz9k" * 1_000_000,
    ],
)
def test_giant_letters_are_read_in_a_moment(raw):
    """Each of these once took minutes to hours; now they take half a second."""
    assert parse(raw).text.startswith("yes")
