"""Letters that providers hand over by HTTPS, through Anymail's own checks."""

import base64
import hashlib
import hmac
import json
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from conversations.models import Message
from inbound import webhooks

KEY = "mailgun-signing-key"
SECRET = "provider:a-long-password"


@pytest.fixture
def providers(settings):
    settings.ALLIANCE_INBOUND_PROVIDERS = ["mailgun", "postmark"]
    settings.ANYMAIL = {
        "WEBHOOK_SECRET": SECRET,
        "MAILGUN_WEBHOOK_SIGNING_KEY": KEY,
    }


def knows(secret=SECRET):
    return {"HTTP_AUTHORIZATION": f"Basic {base64.b64encode(secret.encode()).decode()}"}


def from_mailgun(to, raw, *, key=KEY):
    stamp = str(int(time.time()))
    return {
        "recipient": to,
        "sender": "ben@example.org",
        "body-mime": raw.decode(),
        "timestamp": stamp,
        "token": "t",
        "signature": hmac.new(
            key.encode(), f"{stamp}t".encode(), hashlib.sha256
        ).hexdigest(),
    }


def test_a_signed_letter_is_taken_and_a_forged_one_is_not(
    client, providers, told, written, ben
):
    to, raw = told(ben).reply_address, written("By Mailgun.")

    forged = client.post(
        "/mail-in/mailgun/", from_mailgun(to, raw, key="guessed"), **knows()
    )
    unknown = client.post(
        "/mail-in/mailgun/", from_mailgun(to, raw), **knows("provider:guess")
    )
    assert (forged.status_code, unknown.status_code) == (400, 400)
    assert Message.objects.count() == 1

    taken = client.post("/mail-in/mailgun/", from_mailgun(to, raw), **knows())
    again = client.post("/mail-in/mailgun/", from_mailgun(to, raw), **knows())

    assert (taken.status_code, again.status_code) == (200, 200)
    assert [each.body for each in Message.objects.filter(author=ben)] == ["By Mailgun."]


def test_postmark_hands_over_what_it_has_taken_apart(client, providers, told, ben):
    letter = {
        "From": "Ben <ben@example.org>",
        "FromFull": {"Email": "ben@example.org", "Name": "Ben"},
        "To": "x",
        "OriginalRecipient": told(ben).reply_address,
        "Subject": "Re: How deep?",
        "MessageID": "1",
        "TextBody": "By Postmark.\n\n> How deep?",
        "Headers": [{"Name": "Message-ID", "Value": "<pm1@example.org>"}],
        "Attachments": [],
    }

    def post(**how):
        return client.post(
            "/mail-in/postmark/", json.dumps(letter), "application/json", **how
        )

    assert (post().status_code, post(**knows()).status_code) == (400, 200)
    assert Message.objects.get(author=ben).body == "By Postmark."


def test_a_large_attachment_is_no_hindrance(client, providers, told, written, ben):
    """Parsed by Mailgun: files come as files, past the limit of form fields."""
    data = from_mailgun(told(ben).reply_address, b"")
    del data["body-mime"]
    data |= {
        "from": "ben@example.org",
        "message-headers": json.dumps(
            [["From", "ben@example.org"], ["Message-Id", "<mg2@example.org>"]]
        ),
        "body-plain": "With a film.",
        "attachment-count": "1",
        "attachment-1": SimpleUploadedFile("film.mp4", b"\0" * 8_000_000, "video/mp4"),
    }

    assert client.post("/mail-in/mailgun/", data, **knows()).status_code == 200
    assert Message.objects.get(author=ben).body == "With a film."


def test_what_cannot_be_taken_now_is_brought_again(
    client, providers, told, written, ben, monkeypatch
):
    data = from_mailgun(told(ben).reply_address, written("Later."))
    monkeypatch.setattr(webhooks, "bring", lambda *given: [webhooks.TRY_AGAIN])
    assert client.post("/mail-in/mailgun/", data, **knows()).status_code == 503
    monkeypatch.undo()

    assert client.post("/mail-in/mailgun/", data, **knows()).status_code == 200
    assert Message.objects.filter(body="Later.").count() == 1


@pytest.mark.parametrize("provider", ["sparkpost", "no-such", ""])
def test_nobody_else_is_listened_to(client, providers, provider):
    assert client.post(f"/mail-in/{provider}/", **knows()).status_code == 404


@pytest.mark.parametrize("provider", webhooks.PROVIDERS)
def test_every_provider_we_name_exists(settings, provider):
    settings.ALLIANCE_INBOUND_PROVIDERS = [provider]
    settings.ANYMAIL = {
        "WEBHOOK_SECRET": SECRET,
        "MAILGUN_WEBHOOK_SIGNING_KEY": KEY,
        "MAILERSEND_INBOUND_SECRET": KEY,
        "POSTAL_WEBHOOK_KEY": KEY,
    }

    assert callable(webhooks.view_of(provider))
