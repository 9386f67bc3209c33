"""The demo, loaded once for all tests of this folder (it takes a few seconds)."""

import tempfile

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.test.utils import override_settings

from accounts.models import User
from demo.loading import load_demo


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The demo's rows, in a database that forgets them after the module."""
    with django_db_blocker.unblock(), tempfile.TemporaryDirectory() as media:
        atomic = transaction.atomic()
        atomic.__enter__()
        try:
            with override_settings(MEDIA_ROOT=media):
                load_demo()
                yield
        finally:
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)


@pytest.fixture
def sign_in(loaded, db):
    """Returns a client of one of the demo's people (None: a guest)."""

    def signed_in(local):
        client = Client()
        if local:
            client.force_login(
                User.objects.get(email=f"{local}@demo.alliance.example"),
                backend=settings.AUTHENTICATION_BACKENDS[0],
            )
        return client

    return signed_in
