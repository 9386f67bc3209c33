"""The world is built once per module, in a transaction that is never committed."""

import shutil
import tempfile

import pytest
from django.template import Template
from django.test import override_settings
from django.test.utils import _TestState

from tests.access.asking import Browser, rolled_back
from tests.access.matrix import CAST
from tests.access.world import World


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Built once, in a transaction that is never committed."""
    media = tempfile.mkdtemp()
    plain = override_settings(MEDIA_ROOT=media, ALLIANCE_DEV_PAGES=False)
    # Tests keep a copy of every template's context, which nobody asks for here.
    watched, Template._render = Template._render, _TestState.saved_data.template_render
    with django_db_blocker.unblock(), plain, rolled_back():
        made = World()
        made.media = media
        made.browsers = {name: Browser(made.people.get(name)) for name in CAST}
        yield made
    Template._render = watched
    shutil.rmtree(media)


@pytest.fixture(autouse=True)
def folder_of_the_world(request, settings):
    """The files of the world, not the empty folder that every test begins with."""
    if "world" in request.fixturenames:
        settings.MEDIA_ROOT = request.getfixturevalue("world").media
