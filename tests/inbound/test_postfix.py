"""A real Postfix, set up with the lines of docs/operate.md, through to a visible reply.

It listens on loopback, on a port of its own, with its own folders; nothing of the
machine's own mail is touched.
"""

import os
import re
import shutil
import smtplib
import subprocess
import tempfile
import time
from pathlib import Path

import pytest
from django.conf import settings

from conversations.models import Message
from tests.inbound.conftest import DOMAIN
from tests.inbound.test_doors import start
from tests.processes import free_port

__all__ = ["start"]
pytestmark = pytest.mark.django_db(transaction=True)
MANUAL = Path(settings.BASE_DIR) / "docs" / "operate.md"
PROGRAM = "/usr/sbin/postfix"

# What Debian's installation sets; ours lies elsewhere and needs no chroot.
OWN_MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
myhostname = mx.test.example
mydestination =
mynetworks =
local_recipient_maps =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
"""
MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
postlog   unix-dgram n - n - 1 postlogd
cleanup   unix n - n - 0 cleanup
qmgr      unix n - n 300 1 qmgr
rewrite   unix - - n - - trivial-rewrite
bounce    unix - - n - 0 bounce
defer     unix - - n - 0 bounce
trace     unix - - n - 0 bounce
error     unix - - n - - error
retry     unix - - n - - error
anvil     unix - - n - 1 anvil
scache    unix - - n - 1 scache
lmtp      unix - - n - - lmtp
"""


def install():
    """Have Debian's Postfix, or say why this test cannot run."""
    if os.geteuid() != 0:
        pytest.skip("Postfix can only be started by root.")
    if not Path(PROGRAM).exists() and shutil.which("apt-get"):
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "postfix"],
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=120,
        )
    if not Path(PROGRAM).exists():
        pytest.skip("Postfix is not installed, and apt-get cannot install it here.")


def lines_of_the_manual(folder, lmtp_port):
    """The three files that docs/operate.md tells an operator to write."""
    block = re.search(
        r"```\n# /etc/postfix/main\.cf\n(.*?)```", MANUAL.read_text(), re.S
    )
    escaped = DOMAIN.replace(".", r"\.")
    text = (
        block[1]
        .replace(r"mail\.alliance\.example\.org", escaped)
        .replace("mail.alliance.example.org", DOMAIN)
        .replace("regexp:/etc/postfix/", f"regexp:{folder}/etc/")
        .replace("127.0.0.1:8024", f"127.0.0.1:{lmtp_port}")
    )
    main, *files = re.split(r"\n# /etc/postfix/", text)
    return main, {each.split(":")[0].split("\n")[0]: each for each in files}


@pytest.fixture
def postfix():
    """``postfix(lmtp_port)``: starts it; the port it listens on."""
    install()
    folder = Path(tempfile.mkdtemp(prefix="alliance-postfix-"))
    # Its programs give up being root, and still have to get in.
    folder.chmod(0o755)
    config = folder / "etc"

    def begin(lmtp_port):
        port = free_port()
        main, files = lines_of_the_manual(folder, lmtp_port)
        config.mkdir()
        (folder / "queue").mkdir()
        data = folder / "data"
        data.mkdir()
        shutil.chown(data, "postfix")
        (config / "main.cf").write_text(OWN_MAIN.format(folder=folder) + main)
        (config / "master.cf").write_text(MASTER.format(port=port))
        for name, text in files.items():
            lines = [line for line in text.split("\n")[1:] if line.startswith("/")]
            (config / name).write_text("\n".join(lines) + "\n")
        started = subprocess.run(
            [PROGRAM, "-c", config, "start"], capture_output=True, text=True
        )
        assert started.returncode == 0, started.stderr + _log(folder)
        return port

    yield begin
    if config.exists():
        subprocess.run([PROGRAM, "-c", config, "stop"], capture_output=True)
    shutil.rmtree(folder)


def _log(folder):
    log = folder / "log"
    return log.read_text()[-3000:] if log.exists() else ""


def test_a_reply_goes_through_postfix_to_the_page(
    postfix, start, told, written, ben, ada, client
):
    letter = told(ben)
    _child, lmtp_port = start("receive_mail")
    port = postfix(lmtp_port)

    with smtplib.SMTP("127.0.0.1", port, timeout=15) as server:
        server.sendmail(
            "ben@example.org", [letter.reply_address], written("Through Postfix.")
        )
        for address in (f"somebody@{DOMAIN}", "ada@elsewhere.example"):
            with pytest.raises(smtplib.SMTPRecipientsRefused, match="5[05][0-9]|454"):
                server.sendmail("ben@example.org", [address], written("No."))

    end = time.monotonic() + 15
    found = Message.objects.filter(author=ben)
    while time.monotonic() < end and not found.exists():
        time.sleep(0.1)
    assert [each.body for each in found] == ["Through Postfix."]
    client.force_login(ada)
    page = client.get(found.get().thread.get_absolute_url())
    assert "Through Postfix." in page.content.decode()
