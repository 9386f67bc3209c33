"""Sign-in through another service, there and back: a provider of our own stands in for
it (a test double: it knows one person at a time and checks what it is told)."""

import base64
import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.urls import reverse

from accounts.models import User
from tests.factories.accounts import UserFactory

AMA = {"sub": "a-17", "name": "Ama Sarpong", "email": "ama@office.example"}


class Provider(ThreadingHTTPServer):
    """An OpenID provider on loopback (OpenID Connect Core 1.0, code flow with PKCE)."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answers)
        self.address = f"http://127.0.0.1:{self.server_port}"
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.person = {**AMA, "email_verified": True}
        self.audience = "alliance"
        self.challenges = {}

    def consent(self, address):
        """What the person's browser brings back after they agreed.

        Args:
            address: where Alliance had sent the browser.

        Returns:
            The query of the callback.
        """
        asked = {
            name: each[0] for name, each in parse_qs(urlsplit(address).query).items()
        }
        assert asked["client_id"] == "alliance"
        assert "openid" in asked["scope"].split()
        code = f"code-{len(self.challenges)}"
        self.challenges[code] = asked
        return {"code": code, "state": asked["state"]}

    def token(self, form):
        """The answer of the token endpoint, or None: the code is not good."""
        asked = self.challenges.pop(form.get("code"), None)
        if asked is None or form.get("redirect_uri") != asked["redirect_uri"]:
            return None
        if "code_challenge" in asked:
            digest = hashlib.sha256(form["code_verifier"].encode()).digest()
            proof = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
            if proof != asked["code_challenge"]:
                return None
        now = int(time.time())
        claims = {
            "iss": self.address,
            "aud": self.audience,
            "iat": now,
            "exp": now + 60,
        }
        id_token = jwt.encode({**self.person, **claims}, self.key, algorithm="RS256")
        return {
            "access_token": "let-me-in",
            "token_type": "Bearer",
            "id_token": id_token,
        }


class Answers(BaseHTTPRequestHandler):
    """The three addresses that Alliance asks."""

    def do_GET(self):
        server = self.server
        if self.path == "/.well-known/openid-configuration":
            self.say(
                {
                    "issuer": server.address,
                    "authorization_endpoint": f"{server.address}/authorize",
                    "token_endpoint": f"{server.address}/token",
                    "userinfo_endpoint": f"{server.address}/person",
                    "jwks_uri": f"{server.address}/keys",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }
            )
        elif self.headers.get("Authorization") == "Bearer let-me-in":
            self.say(server.person)
        else:
            self.say({"error": "unauthorized"}, 401)

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        form = {
            name: each[0]
            for name, each in parse_qs(self.rfile.read(length).decode()).items()
        }
        token = self.server.token(form) if form.get("client_secret") == "s3" else None
        self.say(token or {"error": "invalid_grant"}, 200 if token else 400)

    def say(self, what, status=200):
        body = json.dumps(what).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Quiet."""


@pytest.fixture
def provider(settings, db):
    server = Provider()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    app = {
        "provider_id": "nmo",
        "name": "National Office",
        "client_id": "alliance",
        "secret": "s3",
        "settings": {"server_url": server.address},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    yield server
    server.shutdown()
    server.server_close()


def leave(client, provider):
    """Press the button; returns where the browser is sent."""
    answer = client.post("/accounts/oidc/nmo/login/?process=login")
    assert answer.status_code == 302, answer.text
    assert answer.url.startswith(f"{provider.address}/authorize?")
    return answer.url


def come_back(client, brought):
    """Bring the provider's word back; follows to the page where it ends."""
    return client.get("/accounts/oidc/nmo/login/callback/", brought, follow=True)


def is_signed_in(client):
    return "_auth_user_id" in client.session


def test_a_newcomer_comes_in_and_comes_back(client, provider):
    page = come_back(client, provider.consent(leave(client, provider)))
    if not is_signed_in(client):  # asked for a name first
        form = page.context["form"]
        page = client.post(
            page.request["PATH_INFO"],
            {**form.initial, "name": "Ama Sarpong"},
            follow=True,
        )

    assert is_signed_in(client), page.text
    person = User.objects.get(email=AMA["email"])
    assert person.name == "Ama Sarpong"
    client.post(reverse("account_logout"))
    come_back(client, provider.consent(leave(client, provider)))
    assert client.session["_auth_user_id"] == str(person.pk)
    assert SocialAccount.objects.get().uid == "a-17"


def test_an_address_that_is_taken_gives_nobody_elses_account(client, provider):
    UserFactory(email=AMA["email"])

    page = come_back(client, provider.consent(leave(client, provider)))

    assert not is_signed_in(client)
    assert page.status_code in (200, 422)
    assert SocialAccount.objects.count() == 0


REFUSALS = {
    "they said no": lambda provider, brought: {
        "error": "access_denied",
        "state": brought["state"],
    },
    "another browser's state": lambda provider, brought: {**brought, "state": "mine"},
    "a code that is not theirs": lambda provider, brought: {**brought, "code": "guess"},
    "no code at all": lambda provider, brought: {},
}


@pytest.mark.parametrize("what", REFUSALS)
def test_a_refusal_is_told_in_words(client, provider, what):
    brought = provider.consent(leave(client, provider))

    page = come_back(client, REFUSALS[what](provider, brought))

    assert page.status_code < 500
    assert "<h1" in page.text
    assert not is_signed_in(client)
    assert User.objects.count() == 0


def test_a_token_for_another_site_opens_nothing(client, provider):
    provider.audience = "somebody-else"

    page = come_back(client, provider.consent(leave(client, provider)))

    assert page.status_code < 500
    assert not is_signed_in(client)


def test_a_provider_that_is_away_is_told_in_words(client, provider):
    provider.shutdown()
    provider.server_close()

    page = client.post("/accounts/oidc/nmo/login/?process=login", follow=True)

    assert page.status_code == 503
    assert "does not answer just now" in page.text
