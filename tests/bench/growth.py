"""Does a page cost more when the site is a thousand times as full?

A million messages in 50,000 threads, and a hundred thousand revisions of 5,000 pages,
are put into the member's space and one beside it, half each. PostgreSQL makes them out
of one row of the seeded world and the words of all its texts, so a search finds them.
"""

import statistics
import time

from django.db import connection

from conversations.models import Message, Thread
from tests.bench import pages
from tests.bench.seed import WORDS
from wiki.models import Page, Revision

MESSAGES, REVISIONS = 1_000_000, 100_000
BUDGET = 1.5
PER_THREAD, PER_PAGE = 20, 20
# A page that is kept costs the same, however full the site is.
ONLY = "drawn anew"
GROWN = "Grown"
# Filled row by row they would take most of the time.
SLOW_INDEXES = ("messages_search", "pages_search")
# Text number {0}: some fourteen words, others in each.
TEXT = (
    "(SELECT string_agg((%(words)s::text[])"
    "[1 + (({0}) * 7919 + k * 104729 + ({0}) / k) %% {size}], ' ')"
    " FROM generate_series(1, 14) k)"
)


def text_number(number):
    """SQL for a text of many words."""
    return TEXT.format(number, size=len(set(WORDS)))


def multiply(cursor, model, like, source, values, where="true", /, **columns):
    """Insert copies of a row.

    Args:
        model: whose table.
        like: number of the row to copy.
        source: SQL that gives a row per copy.
        values: for the parameters of all this SQL.
        where: which rows of ``source``.
        **columns: SQL for what differs from the row.
    """
    fields = [
        field.column
        for field in model._meta.concrete_fields
        if not (field.primary_key or field.generated)
    ]
    assert columns.keys() <= set(fields), columns.keys() - set(fields)
    names = ", ".join(f'"{name}"' for name in fields)
    exprs = ", ".join(columns.get(name, f'one."{name}"') for name in fields)
    table = model._meta.db_table
    cursor.execute(
        f'INSERT INTO "{table}" ({names}) SELECT {exprs}'  # noqa: S608 (our own names)
        f' FROM "{table}" one, {source} WHERE one.id = %(like)s AND {where}',
        {**values, "like": like, "words": sorted(set(WORDS))},
    )


def grow(world, *, messages, revisions, say):
    """Put the rows in, half of them into the member's own space."""
    began = time.monotonic()
    with connection.cursor() as cursor:
        # No foreign key is looked up a million times; all of them are right.
        cursor.execute("SET session_replication_role = replica")
        kept = [_without(cursor, name) for name in SLOW_INDEXES]
        for space in (world.space, world.spaces[2]):
            _grow_talk(cursor, world, space, messages // PER_THREAD // 2)
            grow_pages(cursor, world, space, revisions // PER_PAGE // 2)
        for statement in kept:
            cursor.execute(statement)
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE")
    say(f"  grown in {time.monotonic() - began:.0f} s")


def _without(cursor, index):
    """Drop an index; returns the statement that makes it again."""
    cursor.execute("SELECT pg_get_indexdef(%s::regclass)", [index])
    (statement,) = cursor.fetchone()
    cursor.execute(f"DROP INDEX {index}")
    return statement


def _grow_talk(cursor, world, space, number):
    like = world.thread
    values = {"space": space.pk, "number": number, "each": PER_THREAD, "grown": GROWN}
    multiply(
        cursor,
        Thread,
        like.pk,
        "generate_series(1, %(number)s) n",
        values,
        space_id="%(space)s",
        title="%(grown)s || ' ' || n",
        path="''",
        created="now() - interval '400 days' - n * interval '1 minute'",
        last_activity="now() - interval '300 days' - n * interval '1 minute'",
        message_count="%(each)s",
    )
    multiply(
        cursor,
        Message,
        like.messages.oldest_first().values_list("pk", flat=True).first(),
        "conversations_thread t, generate_series(1, %(each)s) m,"
        f" LATERAL (SELECT {text_number('t.id * 20 + m')} AS words) w",
        values | {"people": [person.pk for person in world.people]},
        "t.space_id = %(space)s AND t.title LIKE %(grown)s || ' %%'",
        thread_id="t.id",
        author_id="(%(people)s::int[])[1 + (t.id + m) %% cardinality(%(people)s)]",
        entered_by_id="(%(people)s::int[])[1 + (t.id + m) %% cardinality(%(people)s)]",
        body="w.words",
        body_html="'<p>' || w.words || '</p>'",
        created="t.created + m * interval '1 hour'",
        client_id="gen_random_uuid()",
    )


def grow_pages(cursor, world, space, number):
    """Put so many pages, each of ``PER_PAGE`` versions, into a space."""
    like = world.page
    values = {"space": space.pk, "number": number, "each": PER_PAGE, "grown": GROWN}
    multiply(
        cursor,
        Page,
        like.pk,
        f"generate_series(1, %(number)s) n,"
        f" LATERAL (SELECT {text_number('n')} AS words) w",
        values,
        space_id="%(space)s",
        title="%(grown)s || ' page ' || n",
        key="'grown page ' || n",
        slug="'grown-page-' || n",
        body_html="'<p>' || w.words || '</p>'",
        plain="w.words",
        headings="'[]'",
        parent_id="NULL",
        thread_id="NULL",
        client_id="NULL",
        created="now() - interval '300 days'",
        changed="now() - interval '200 days' - n * interval '1 minute'",
    )
    multiply(
        cursor,
        Revision,
        like.current_id,
        "wiki_page p, generate_series(1, %(each)s) r",
        values,
        "p.space_id = %(space)s AND p.slug LIKE 'grown-page-%%'",
        page_id="p.id",
        number="r",
        base_id="NULL",
        title="p.title",
        body="p.plain",
        created="p.created + r * interval '1 hour'",
    )
    cursor.execute(
        "UPDATE wiki_page p SET current_id = r.id FROM wiki_revision r"
        " WHERE r.page_id = p.id AND r.number = %s AND p.slug LIKE 'grown-page-%%'"
        " AND p.space_id = %s",
        [PER_PAGE, space.pk],
    )


def measure(world, *, rounds, say, messages=MESSAGES, revisions=REVISIONS):
    """Measure the works, grow, measure again.

    Returns:
        list of (before, after): two ``pages.Cost`` of one work.
    """
    before = pages.measure(world, rounds=rounds, only=ONLY, say=say)
    grow(world, messages=messages, revisions=revisions, say=say)
    after = pages.measure(world, rounds=rounds, only=ONLY, say=say)
    return list(zip(before, after, strict=True))


def table(pairs):
    """Rows for the table of growth.

    Args:
        pairs: of ``measure``.
    """
    head = ("work", "÷ reference, small", "÷ reference, grown", "growth", "budget", "")
    rows = []
    for before, after in pairs[1:]:
        small = statistics.median(before.ratios)
        grown = statistics.median(after.ratios)
        rows.append(
            (
                before.work.name,
                f"{small:.1f}",
                f"{grown:.1f}",
                f"{grown / small:.2f}",
                f"{BUDGET}",
                "kept" if grown <= BUDGET * small else "over",
            )
        )
    return head, rows
