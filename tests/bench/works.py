"""The works that have a budget (DESIGN §8), as requests."""

import gzip
import itertools
import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.urls import reverse
from django.utils.crypto import get_random_string

from accounts.sessions import SessionStore
from tests.bench.floor import ADDRESS as FLOOR
from tests.bench.load import Visit


@dataclass
class Work:
    """One unit of work and what it may cost.

    Attributes:
        name: in the table.
        budget: multiples of the reference page, or milliseconds.
        visit: the request; or
        cycle: callable of (connection, number) for work of several requests.
        budgeted: False for a figure that only explains the others.
    """

    name: str
    budget: float
    visit: Visit | None = None
    cycle: object = None
    in_milliseconds: bool = False
    budgeted: bool = True

    def __call__(self, connection, number):
        if self.cycle is not None:
            self.cycle(connection, number)
            return
        visit = self.visit
        answer = connection.ask(visit)
        if visit.expect == 304 and answer.status == 200:
            # "5 minutes ago" has become "6 minutes ago": the browser has it anew.
            tag = answer.header("etag")
            headers = {**visit.headers, "If-None-Match": tag}
            self.visit = Visit(visit.path, headers, expect=304)
        elif answer.status != visit.expect:
            raise AssertionError(
                f"{self.name}: {answer.status} for {visit.path}, "
                f"expected {visit.expect}"
            )


def sign_in(person):
    """What a browser of this person sends: a session, and a form's token as any page
    has given it."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    token = get_random_string(32)
    return {
        "Cookie": f"{settings.SESSION_COOKIE_NAME}={session.session_key}; "
        f"{settings.CSRF_COOKIE_NAME}={token}"
    }


def works(world, connection):
    """Every work with its budget.

    Args:
        world: a seeded ``World``.
        connection: to the site, for what must be asked first (ETags).

    Returns:
        list of ``Work``.
    """
    signed_in = sign_in(world.member)
    page, story, tag = (
        thing.get_absolute_url()
        for thing in (world.open_page, world.open_story, world.open_tag)
    )
    rows = [Work("reference", 1.0, Visit("/"))]
    for name, path in (("wiki page", page), ("story", story), ("tag page", tag)):
        rows.append(Work(f"guest: {name}", 1.5, Visit(path)))
        rows.append(Work(f"guest: {name}, drawn anew", 1.5, cycle=anew(path)))
        rows.append(Work(f"guest: {name}, unchanged", 1.0, unchanged(connection, path)))
    link = {"space": world.space.slug}
    for name, budget, path in (
        ("wiki page", 2.4, world.page.get_absolute_url()),
        ("story", 3.0, world.story.get_absolute_url()),
        ("stories, index of 10", 3.0, reverse("stories:story_list", kwargs=link)),
        ("thread of 20", 3.0, world.thread.get_absolute_url()),
        ("space front page", 3.0, world.space.get_absolute_url()),
        ("home over ten spaces", 4.0, reverse("discover:home")),
        ("search", 4.0, reverse("discover:search") + "?q=harmattan+nursery"),
    ):
        rows.append(Work(f"member: {name}", budget, Visit(path, signed_in)))
        name = f"member: {name}, drawn anew"
        rows.append(Work(name, budget, cycle=anew(path, signed_in)))
    rows.append(
        Work(
            "member: wiki page, unchanged",
            1.0,
            unchanged(connection, world.page.get_absolute_url(), signed_in),
        )
    )
    # Not a page and without a budget: what no page can go below.
    rows.append(
        Work("signed-in floor", 1.0, cycle=anew(f"/{FLOOR}", signed_in), budgeted=False)
    )
    return rows


def anew(path, headers=None):
    """A page that this reader has not been given yet: each time another query."""
    numbers = itertools.count()
    sign = "&" if "?" in path else "?"

    def cycle(connection, number):
        visit = Visit(f"{path}{sign}anew={next(numbers)}", headers or {})
        answer = connection.ask(visit)
        if answer.status != 200:
            raise AssertionError(f"{answer.status} for {path}")

    return cycle


def unchanged(connection, path, headers=None):
    """The request of a browser that has this page already."""
    headers = headers or {}
    answer = connection.ask(Visit(path, headers))
    tag = answer.header("etag")
    if not tag:
        raise AssertionError(f"{path} has no ETag")
    return Visit(path, {**headers, "If-None-Match": tag}, expect=304)


def edit_work(world):
    """The wiki form, then a save with one more line; each connection its own page.

    Returns:
        A ``Work``; its budget is in milliseconds, not multiples.
    """
    cookies = {}

    def cycle(connection, number):
        if number not in cookies:
            cookies[number] = sign_in(world.people[number + 1])
        path = reverse(
            "wiki:page_edit",
            kwargs={"space": world.space.slug, "page": f"page-{number + 4}"},
        )
        drawn = connection.ask(Visit(path, cookies[number]))
        if drawn.status != 200:
            raise AssertionError(f"the wiki form answers {drawn.status}")
        values = form_values(plain_text(drawn))
        values["body"] += "\nOne more line of the bench."
        values["summary"] = "A line more"
        saved = connection.ask(
            Visit(path, cookies[number], data=urlencode(values, doseq=True).encode())
        )
        if saved.status != 302:
            raise AssertionError(f"saving a wiki page answers {saved.status}")

    return Work("member: wiki form and save", 25, cycle=cycle, in_milliseconds=True)


def plain_text(answer):
    """A body as text, unpacked."""
    body = answer.body
    if answer.header("content-encoding") == "gzip":
        body = gzip.decompress(body)
    return body.decode()


TAGS = re.compile(r"<(input|textarea)\b([^>]*)>(?:([^<]*)</textarea>)?")
ATTRIBUTE = re.compile(r'([\w-]+)(?:="([^"]*)")?')


def form_values(html):
    """What a browser would send of the page's largest form, nothing touched."""
    forms = re.findall(r"<form\b.*?</form>", html, re.DOTALL)
    form = max(forms, key=len)
    values = {}
    for kind, attributes, text in TAGS.findall(form):
        found = dict(ATTRIBUTE.findall(attributes))
        name = found.get("name")
        if not name:
            continue
        if kind == "textarea":
            values[name] = unescape(text).removeprefix("\n")
        elif found.get("type") in ("radio", "checkbox"):
            if "checked" in found:
                values[name] = unescape(found.get("value", "on"))
        elif found.get("type") not in ("submit", "file", "button"):
            values[name] = unescape(found.get("value", ""))
    return values
