"""Real programs: the LMTP server, the pipe, the local mail catcher."""

import os
import signal
import smtplib
import socket
import subprocess
import sys
import time
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from django.conf import settings

from conversations.models import Message
from tests.processes import environment, free_port

pytestmark = pytest.mark.django_db(transaction=True)
MANAGE = Path(settings.BASE_DIR) / "manage.py"


@pytest.fixture
def start(tmp_path):
    """``start("catch_mail", …)``: a command on a free port, waited for."""
    running = []

    def begin(*arguments, port=True):
        number = free_port()
        child = subprocess.Popen(
            [sys.executable, MANAGE, *arguments, f"--port={number}"],
            env=environment(tmp_path),
            stderr=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        running.append(child)
        end = time.monotonic() + 120
        while time.monotonic() < end and child.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", number)) == 0:
                    return child, number
            time.sleep(0.05)
        raise AssertionError(child.communicate()[1].decode())

    yield begin
    for child in running:
        child.kill()
        child.communicate()


def test_catch_mail_keeps_every_mail_and_takes_answers_in(
    start, told, written, ben, tmp_path
):
    letter = told(ben)
    child, port = start("catch_mail")

    with smtplib.SMTP("127.0.0.1", port) as client:
        client.sendmail("a@example.org", ["ada@example.org"], b"Subject: x\r\n\r\nhi")
        client.sendmail(
            "ben@example.org",
            [letter.reply_address, "ada@example.org"],
            written("Two."),
        )
        with pytest.raises(smtplib.SMTPDataError, match="550"):
            client.sendmail("s@example.net", [
                "reply+00000000000000000000000000000000@mail.alliance.example"
            ], written(sender="s@example.net"))  # fmt: skip
    child.send_signal(signal.SIGTERM)
    said, complained = child.communicate(timeout=60)

    assert Message.objects.order_by("-pk").first().body == "Two."
    kept = sorted((tmp_path / "mail").glob("*.eml"))
    assert len(kept) == 3
    assert kept[0].read_bytes().endswith(b"Subject: x\r\n\r\nhi\r\n")
    assert kept[0].stat().st_mode & 0o077 == 0
    assert (child.returncode, said, complained) == (0, b"", b"")


def test_receive_mail_speaks_lmtp(start, told, written, ben):
    letter = told(ben)
    child, port = start("receive_mail")

    with smtplib.LMTP("127.0.0.1", port) as client:
        refused = client.sendmail(
            "ben@example.org", [letter.reply_address], written("A")
        )
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            client.sendmail("ben@example.org", ["x@elsewhere.example"], written("B"))

    assert refused == {}
    assert Message.objects.order_by("-pk").first().body == "A"


def test_lmtp_takes_twenty_five_megabytes_and_refuses_more_at_the_door(
    start, told, written, ben
):
    """What is refused there comes back to its writer from their own server."""
    letter = told(ben)
    _child, port = start("receive_mail")

    def mail(megabytes):
        whole = message_from_bytes(written("The film."), policy=policy.SMTP)
        whole.add_attachment(
            os.urandom(megabytes * 1024 * 1024),
            maintype="video", subtype="mp4", filename="field.mp4",
        )  # fmt: skip
        return whole.as_bytes()

    with smtplib.LMTP("127.0.0.1", port) as client:
        taken = client.sendmail("ben@example.org", [letter.reply_address], mail(25))
        with pytest.raises(smtplib.SMTPResponseException) as refused:
            client.sendmail("ben@example.org", [letter.reply_address], mail(28))

    assert taken == {}
    assert refused.value.smtp_code == 552
    assert [message.body for message in Message.objects.filter(author=ben)] == [
        "The film."
    ]


def test_receive_mail_answers_for_each_recipient(start, told, written, ben, oda):
    good, other = told(ben).reply_address, told(oda, occurrence="2").reply_address
    unknown = f"reply+{'0' * 32}@mail.alliance.example"
    _child, port = start("receive_mail")

    with smtplib.LMTP("127.0.0.1", port) as client:
        client.ehlo_or_helo_if_needed()
        client.mail("ben@example.net")
        for address in (good, unknown, other):
            assert client.rcpt(address)[0] == 250
        client.putcmd("data")
        assert client.getreply()[0] == 354
        raw = written("For each.", sender="ben@example.net")
        client.send(raw.replace(b"\n", b"\r\n") + b"\r\n.\r\n")
        answers = [client.getreply() for _recipient in range(3)]

    assert answers == [
        (250, b"Waits for review"),
        (550, b"5.1.1 No such address here"),
        (250, b"Waits for review"),
    ]


@pytest.mark.parametrize(("token", "code"), [("", 0), ("0" * 32, 67)])
def test_receive_mail_reads_a_pipe(told, written, ben, tmp_path, token, code):
    letter = told(ben)
    to = f"reply+{token}@mail.alliance.example" if token else letter.reply_address
    sender = "ben@example.org" if not token else "s@example.net"

    result = subprocess.run(
        [sys.executable, MANAGE, "receive_mail", "--pipe", f"--to={to}"],
        input=written("By pipe.", sender=sender),
        env=environment(tmp_path),
        capture_output=True,
    )

    assert result.returncode == code, result.stderr.decode()
    assert Message.objects.filter(body="By pipe.").count() == (0 if token else 1)
