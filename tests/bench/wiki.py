"""The wiki grown large: a page with 5,000 versions, 100,000 changes, texts of 50 kB.

Its works are measured beside the reference as those of ``pages`` are. The rows stand in
a space of their own, so that the other parts measure what they always did.
"""

import random
import time
from dataclasses import dataclass

from django.db import connection, transaction
from django.urls import reverse

from spaces.models import Membership, Space
from tests.bench import pages, seed
from tests.bench.growth import grow_pages, multiply
from tests.bench.load import Visit
from tests.bench.servers import Stores
from tests.bench.works import Work, anew, edit_work, sign_in
from tests.factories.spaces import MembershipFactory, SpaceFactory
from tests.factories.wiki import PageFactory, RevisionFactory
from wiki.actions.importing import check_import, take_in, want_import
from wiki.models import Page, Revision

VERSIONS, CHANGES, LONG, BEGUN = 5_000, 100_000, 50_000, 500
SLUG = "bench-large-wiki"


@dataclass
class Begun:
    """What it took to take many pages in.

    Attributes:
        number: of pages.
        milliseconds: of processor per page, PostgreSQL and Redis included.
        seconds: by the clock, all of them.
    """

    number: int
    milliseconds: float
    seconds: float


def prepare(world, say):
    """The space with the large wiki; made the first time.

    Args:
        world: a seeded ``World``.
        say: told what it does.

    Returns:
        the ``Space``.
    """
    space = Space.objects.filter(slug=SLUG).first()
    if space is not None:
        return space
    say(f"  {CHANGES:,} versions of pages …")
    space = _made(world)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return space


@transaction.atomic
def _made(world):
    chance = random.Random(7)  # noqa: S311 (words, not secrets)
    space = SpaceFactory(slug=SLUG, name="Bench large wiki", visibility="listed")
    seed.join(space, world.people, world.groups[world.space.pk])
    Membership.objects.filter(space=space).update(group=None)
    _fifty_kilobytes(space, chance, world.member)
    many = PageFactory(
        space=space, title="Many versions", slug="many", created_by=world.member
    )
    few = PageFactory(
        space=space, title="Few versions", slug="few", created_by=world.member
    )
    with connection.cursor() as cursor:
        grow_pages(cursor, world, space, (CHANGES - VERSIONS) // 20)
        for page, number in ((many, VERSIONS), (few, 30)):
            _more_versions(cursor, page, number)
    return space


def _fifty_kilobytes(space, chance, by):
    """A page whose two versions differ in a tenth of their sentences."""
    old = [seed.paragraph(chance, 500) for _ in range(LONG // 510)]
    new = [*old]
    for place in range(0, len(new), 3):
        sentences = new[place].split(". ")
        sentences[place % len(sentences)] = seed.sentence(chance)[:-1]
        new[place] = ". ".join(sentences)
    page = PageFactory(
        space=space,
        title="Fifty kilobytes",
        slug="fifty",
        created_by=by,
        body="\n\n".join(old),
    )
    page.current = RevisionFactory(
        page=page, number=2, body="\n\n".join(new), author=by, base=page.current
    )
    page.save(update_fields=["current"])


def _more_versions(cursor, page, number):
    """So many versions of a page, an hour apart, of several writers' summaries."""
    multiply(
        cursor,
        Revision,
        page.current_id,
        "generate_series(2, %(number)s) r",
        {"number": number},
        number="r",
        base_id="NULL",
        body="one.body || ' ' || r",
        summary="'Change ' || r",
        created="one.created + r * interval '1 minute'",
    )
    page.current = page.revisions.first()
    page.save(update_fields=["current"])


def works(world, space):
    """What is measured.

    Args:
        world: a seeded ``World``.
        space: of ``prepare``.

    Returns:
        callable for ``pages.measure``.
    """

    def chosen(world, _connection):
        signed_in = sign_in(world.member)

        def at(name, **more):
            return reverse(f"wiki:{name}", kwargs={"space": space.slug, **more})

        view = world.page.get_absolute_url()
        compare = f"{at('page_compare', page='fifty')}?from=1&to=2"
        rows = [
            ("a page, drawn anew", view, 2.4),
            ("difference of two texts of 50 kB", compare, None),
            ("history of 30 versions", at("page_history", page="few"), None),
            ("history of 5,000 versions", at("page_history", page="many"), None),
            ("its last leaf", f"{at('page_history', page='many')}?page=167", None),
            ("recent changes of 100,000", at("change_list"), None),
        ]
        return [
            Work("reference", 1.0, Visit("/")),
            *(
                Work(
                    name,
                    budget or 0,
                    cycle=anew(path, signed_in),
                    budgeted=budget is not None,
                )
                for name, path, budget in rows
            ),
            edit_work(world),
        ]

    return chosen


def take_in_pages(world, number=BEGUN):
    """Take in a handbook: pages of 8.6 kB that link to one another.

    Args:
        world: a seeded ``World``.
        number: how many.

    Returns:
        ``Begun``.
    """
    chance = random.Random(11)  # noqa: S311 (words, not secrets)
    space = SpaceFactory(slug=f"begun-{time.time_ns()}", visibility="listed")
    MembershipFactory(space=space, person=world.member, role="facilitator")
    found = {
        f"{place}.md": _begun_text(chance, place, number).encode()
        for place in range(number)
    }
    stores = Stores()
    began, cpu, theirs = time.monotonic(), time.process_time(), stores.seconds()
    held = check_import(space, found, by=world.member, audience="members")
    want_import(held, by=world.member)
    take_in()
    used = time.process_time() - cpu + stores.seconds() - theirs
    assert Page.objects.filter(space=space).count() == number
    return Begun(number, 1000 * used / number, time.monotonic() - began)


def _begun_text(chance, place, number):
    links = [f"Begun {(place + far) % number}" for far in (1, 7)]
    return f"# Begun {place}\n\n{seed.wiki_text(chance, links)}"


def measure(world, *, rounds, only, say):
    """Measure all of it.

    Args:
        world: a seeded ``World``.
        rounds, only, say: as for ``pages.measure``.

    Returns:
        (list of ``pages.Cost``, ``Begun``).
    """
    space = prepare(world, say)
    costs = pages.measure(
        world, rounds=rounds, only=only, say=say, choose=works(world, space)
    )
    say(f"  taking in {BEGUN} pages …")
    return costs, take_in_pages(world)


def table(costs, begun):
    """Rows for the table of the wiki.

    Args:
        costs, begun: of ``measure``.
    """
    head, rows = pages.table(costs)
    one = costs[0].milliseconds[-1]
    rows.append(
        (
            f"one of {begun.number} imported pages that link, in the worker",
            f"{begun.milliseconds:.2f}",
            f"{begun.milliseconds / one:.2f}",
            "",
            "",
            f"{begun.number / begun.seconds:.0f}",
            "",
        )
    )
    return head, rows
