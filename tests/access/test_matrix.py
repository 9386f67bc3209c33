"""Every URL, as everybody, in every openness: the answer, and what it must not hold."""

from operator import attrgetter

import pytest
from django.urls import get_resolver, resolve, reverse

from tests.access.asking import verdict
from tests.access.doors import DOORS
from tests.access.matrix import CAST, OPENNESS
from tests.test_architecture import our_patterns

# Each test is a savepoint inside the world's transaction.
pytestmark = pytest.mark.django_db
SOME = ["guest", "outsider", "banned", "other_group", "member"]
HTMX = {"HX-Request": "true", "HX-Target": "main"}


def address(world, name, openness, line):
    corner = world.corners[openness]
    words = {
        word: path[1:] if path.startswith("=") else attrgetter(path)(corner)
        for word, path in line.words.items()
    }
    url = reverse(name, kwargs=words)
    return f"{url}?{line.query}" if line.query else url


def knocks(name):
    """Every (openness, line, method, person, headers) that this URL is asked with."""
    for number, line in enumerate(DOORS[name]):
        for openness in OPENNESS if line.per_space else OPENNESS[:1]:
            for method in line.methods:
                for person in CAST:
                    yield openness, line, method, person, None
        # HTMX changes the form of an answer, never rights: a few stand for all.
        if number == 0 and "GET" in line.methods:
            for person in SOME:
                yield "listed" if line.per_space else "open", line, "GET", person, HTMX


@pytest.mark.parametrize("name", DOORS)
def test_url_answers_as_its_door_says(world, name):
    wrong = []
    for openness, line, method, person, headers in knocks(name):
        url = address(world, name, openness, line)
        data = line.data if method == "POST" else None
        response, text, wrote = world.browsers[person].ask(method, url, data, headers)
        wanted = line.door[openness][person]
        got = verdict(response, line.also)
        where = (openness, person, f"{method}{' hx' if headers else ''}", url)
        if got != wanted:
            wrong.append((*where, f"{got}, not {wanted}"))
        if got != "yes" and set(wrote) - set(line.keeps):
            wrong.append((*where, f"wrote {wrote}"))
        # What stands in the address was known before; a token is a right to read.
        leaks = [] if line.by_token else world.leaks(person, text)
        if shown := [word for word in leaks if word not in url]:
            wrong.append((*where, f"shows {shown}"))

    assert not wrong, table(wrong)


def table(rows):
    """Rows as lines, their cells one below the other."""
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return "\n".join(
        [
            "",
            *(
                "  ".join([*map(str.ljust, row[:4], widths), row[4]])
                for row in sorted(rows)
            ),
        ]
    )


def route_of(name, line, world):
    url = address(world, name, "open", line)
    return resolve(url.partition("?")[0]).route


def test_every_url_has_a_line_and_every_line_a_url(world):
    patterns = {
        f"{namespace}:{pattern.name}" if namespace else pattern.name
        for namespace, pattern in our_patterns()
    }
    asked = {
        route_of(name, line, world) for name, lines in DOORS.items() for line in lines
    }
    routes = set(_routes(get_resolver().url_patterns))

    assert sorted(patterns ^ set(DOORS)) == []
    assert sorted(routes - asked) == []


def _routes(patterns, prefix=""):
    """The whole route of every URL of ours, as ``resolve`` tells it."""
    ours = {id(pattern) for _namespace, pattern in our_patterns()}
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from _routes(pattern.url_patterns, route)
        elif id(pattern) in ours:
            yield route
