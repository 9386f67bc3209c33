"""Database queries per page, with one row and with thirty: the number must not grow."""

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from conversations.models import Thread
from spaces.models import Space
from tests.bench import seed

MOST = 12
ROWS = (1, 30)


def addresses(space):
    """(name, address) of the pages of one space, and those across spaces."""
    link = {"space": space.slug}
    page, story = {"page": "page-0"}, {"story": "story-0"}
    thread = Thread.objects.filter(space=space, origin="exchange").first()
    return [
        ("home", reverse("discover:home")),
        ("search", reverse("discover:search") + "?q=harmattan"),
        ("inbox", reverse("notifications:inbox")),
        ("space front page", space.get_absolute_url()),
        ("exchange", reverse("conversations:exchange", kwargs=link)),
        ("thread", thread.get_absolute_url()),
        ("stories", reverse("stories:story_list", kwargs=link)),
        ("story", reverse("stories:story_detail", kwargs=link | story)),
        ("wiki index", reverse("wiki:page_list", kwargs=link)),
        ("wiki changes", reverse("wiki:change_list", kwargs=link)),
        ("wiki page", reverse("wiki:page_detail", kwargs=link | page)),
        ("wiki history", reverse("wiki:page_history", kwargs=link | page)),
        ("wiki form", reverse("wiki:page_edit", kwargs=link | page)),
        ("webinars", reverse("webinars:webinar_list", kwargs=link)),
        ("people", reverse("spaces:member_list", kwargs=link)),
        ("tag", reverse("discover:tag_detail", kwargs=link | {"tag": "firebelts"})),
    ]


def measure():
    """Count the queries of each page.

    Returns:
        dict of name to a list: one number per entry of ``ROWS``.
    """
    found = {}
    for rows in ROWS:
        space = Space.objects.filter(slug=f"rows-{rows}").first()
        if space is None:
            space, member = seed.seed_rows(rows)
        else:
            member = User.objects.get(email=f"row0@rows{rows}.example")
        client = Client(headers={"host": "localhost"})
        client.force_login(member, backend=settings.AUTHENTICATION_BACKENDS[0])
        for name, address in addresses(space):
            client.get(address)  # the first visit of a session is counted once only
            # As if it were another page, or the kept one would be given again.
            address += "&anew=1" if "?" in address else "?anew=1"
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(address)
            if answer.status_code != 200:
                raise AssertionError(f"{name}: {answer.status_code} for {address}")
            found.setdefault(name, []).append(len(queries))
    return found


def table(found):
    """Rows for the table of queries.

    Args:
        found: of ``measure``.
    """
    head = ("page", *(f"{rows} row{'s'[: rows - 1]}" for rows in ROWS), "budget", "")
    rows = []
    for name, numbers in found.items():
        is_kept = len(set(numbers)) == 1 and max(numbers) <= MOST
        rows.append(
            (name, *map(str, numbers), str(MOST), "kept" if is_kept else "over")
        )
    return head, rows
