"""Debian's Chromium, and people who walk through the site with it."""

import os
from itertools import count

import pytest
from django.test import Client
from playwright.sync_api import expect

# Playwright's loop runs in this thread; Django must not take that for async code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Quiet, without sandbox (tests may run as root) and without background traffic."""
    return {
        **browser_type_launch_args,
        "executable_path": os.environ.get("CHROMIUM", "/usr/bin/chromium"),
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            # A microphone that hums, and is allowed; one browser serves all tests.
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
        ],
    }


# Other tests keep the machine busy; what comes at once is not waited for.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)

# Answers with these are the browser's own words about a page that says no.
EXPECTED = (
    "Failed to load resource: the server responded with a status of 4",
    # and what the browser and htmx say of a line that a test has cut.
    "Failed to load resource: net::ERR_FAILED",
    "htmx:afterRequest",
    "htmx:sendError",
)


@pytest.fixture
def visit(browser, live_server):
    """``visit(person, **context)``: a new browser, signed in as somebody or nobody.

    Relative addresses work in it. Whatever a page says to the console (which is where
    the content policy complains) and every exception of a script fails the test.
    """
    contexts, faults = [], []

    def open_browser(person=None, **given):
        context = browser.new_context(base_url=live_server.url, **given)
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        context.on("console", lambda said: _note(said, faults))
        context.on("weberror", lambda fault: faults.append(str(fault.error)))
        if person is not None:
            context.add_cookies([session_cookie(person, live_server.url)])
        return context.new_page()

    yield open_browser
    for context in contexts:
        context.close()
    assert faults == []


def _note(said, faults):
    if said.type in ("error", "warning") and not said.text.startswith(EXPECTED):
        faults.append(f"{said.page and said.page.url}: {said.text}")


def session_cookie(person, url):
    """The cookie of a session of this person.

    Args:
        person: a ``User``.
        url: of the live server.
    """
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}


@pytest.fixture
def message_ids():
    """Message-IDs for the letters people write."""
    return (f"<letter-{number}@example.org>" for number in count(1))
