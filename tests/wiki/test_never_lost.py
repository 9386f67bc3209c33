"""No word vanishes unseen: by chance through the action, and fifty at once over HTTP.

Every word of these texts is new, so what a text joined of two must have in it can be
said without knowing how they are joined.
"""

import random
import re
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from itertools import cycle, islice
from threading import Barrier
from urllib.parse import urlencode

import pytest
import redis
from django.db import connection, transaction
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from markup.merging import resolve
from tests.bench.load import Connection, Visit
from tests.bench.works import form_values, plain_text, sign_in
from tests.factories.accounts import UserFactory
from tests.factories.spaces import MembershipFactory
from tests.processes import Running, environment, free_port
from wiki.actions import Collided, create_page, save_page
from wiki.models import Draft, Revision

WORD = re.compile(r"\w+")


def words(text):
    """The words of a text, in order."""
    return WORD.findall(text)


def text_of(paragraphs, sentences, each):
    """Paragraphs of sentences; no word is there twice."""
    return "\n\n".join(
        " ".join(
            " ".join(f"p{paragraph}s{sentence}w{word}" for word in range(each)) + "."
            for sentence in range(sentences)
        )
        for paragraph in range(paragraphs)
    )


def edited(text, deed, place, word):
    """A text after one deed at a place (a number, taken round) with a new word."""
    found = list(WORD.finditer(text))
    if not found:
        return f"{text}\n\n{word}."
    spot = found[place % len(found)]
    before, old, after = text[: spot.start()], spot[0], text[spot.end() :]
    return {
        "exchange": f"{before}{word}{after}",
        "put in": f"{before}{old} {word}{after}",
        "drop": f"{before}{after}",
        "sentence": f"{before}{old}. {word}.{after}",
        "paragraph": f"{before}{old}\n\n{word}.\n\n{after}",
        "drop the end": f"{before}{old}",
        "at the end": f"{text}\n\n{word}.",
    }[deed]


DEEDS = st.tuples(
    st.sampled_from(
        [
            "exchange", "put in", "drop", "sentence", "paragraph", "drop the end",
            "at the end",
        ]
    ),
    st.integers(0, 60),
)  # fmt: skip
# Who saves: how many versions old their form is, what they did, what they choose.
SAVES = st.tuples(
    st.integers(0, 6),
    st.lists(DEEDS, min_size=1, max_size=4),
    st.lists(st.sampled_from(["mine", "theirs", "both"]), min_size=1, max_size=3),
)


class Undone(Exception):
    """Ends a transaction as if nothing had been."""


@pytest.mark.django_db
@settings(
    max_examples=25,
    # To make a fault smaller takes minutes, each save being a real one; the example
    # that failed is printed as it is.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(SAVES, min_size=2, max_size=7))
def test_any_order_of_old_forms_keeps_every_word_or_shows_it(space, ada, saves):
    try:
        with transaction.atomic():
            save_all(space, ada, saves)
            raise Undone
    except Undone:
        pass


def save_all(space, by, saves):
    """Let each save a form that may be some versions old, and look at what became."""
    page = create_page(
        space, by=by, title="Belts", body=text_of(3, 3, 3), audience="members"
    ).page
    versions = [page.current]
    for number, (age, deeds, choices) in enumerate(saves):
        base, newest = versions[-1 - age % len(versions)], versions[-1]
        mine = base.body
        for step, (deed, place) in enumerate(deeds):
            mine = edited(mine, deed, place, f"new{number}x{step}")
        try:
            outcome = save_page(page, by=by, body=mine, base=base)
            shown = set()
        except Collided as collided:
            parts, collisions = collided.merge.parts, collided.merge.collisions
            # Nothing was written, and the page of the conflict shows both texts whole.
            assert page.revisions.count() == len(versions)
            for side, text in (("mine", mine), ("theirs", newest.body)):
                assert "".join(getattr(part, side) for part in parts) == text
            shown = {
                word
                for part in collisions
                for text in (part.mine, part.theirs)
                for word in words(text)
            }
            decided = resolve(parts, list(islice(cycle(choices), len(collisions))))
            outcome = save_page(page, by=by, body=decided, base=collided.theirs)
            assert outcome.revision.body == decided
        joined = set(words(outcome.revision.body))
        needed = still_due(base.body, mine, newest.body)
        assert needed - joined <= shown
        assert joined <= {*words(base.body), *words(mine), *words(newest.body)}
        if outcome.revision != newest:
            versions.append(outcome.revision)
    # And every text that was ever accepted is in the history.
    kept = Revision.objects.filter(page=page).order_by("number")
    assert [revision.body for revision in kept] == [it.body for it in versions]


def still_due(base, mine, theirs):
    """What a text joined of two must have in it: the words that one of them has put
    in, and the old ones that neither has dropped."""
    once = {word for word, number in Counter(words(base)).items() if number == 1}
    old, mine, theirs = (set(words(text)) for text in (base, mine, theirs))
    # A word may stand twice after somebody chose so: each of two people may then drop
    # another one of the two.
    return (mine - old) | (theirs - old) | (mine & theirs & once)


# ── fifty people, one page, one moment ───────────────────────────────────────────────

SAVERS = 50
TAGS = re.compile(r"<[^>]+>")
MOST_TRIES = 60


@pytest.fixture
def site(tmp_path):
    """Alliance as it is served: two processes of eight threads. Gives its port."""
    port = free_port()
    variables = environment(
        tmp_path, ALLIANCE_BIND=f"127.0.0.1:{port}", ALLIANCE_DEBUG="1"
    )
    command = [
        sys.executable, "-m", "gunicorn", "--config=alliance/gunicorn.py",
        "alliance.wsgi",
    ]  # fmt: skip

    def answers():
        asking = Connection(port)
        try:
            return asking.ask(Visit("/healthz")).status
        except OSError:
            return False
        finally:
            asking.close()

    with Running(command, variables, tmp_path / "web.log") as process:
        process.wait_for(answers)
        yield port
    # What it asked of workers is not for those of another test.
    client = redis.Redis.from_url(variables["REDIS_URL"])
    client.flushdb()
    client.close()


class Saver:
    """Somebody with a browser who changes one thing, and decides where words collide.

    Attributes:
        word: what they write and nobody else does.
        drops: the word they take away.
        shown: the words of every conflict they were shown.
        tries: how often they pressed the button.
    """

    def __init__(self, number, port, path, person, old):
        self.chance = random.Random(number)
        self.connection, self.path = Connection(port), path
        self.person, self.cookie = person, sign_in(person)
        self.word, self.drops = f"Marker{number}", ""
        self.old, self.shown, self.tries = old, set(), 0

    def open(self):
        """Have the form drawn and change one thing in it."""
        answer = self.connection.ask(Visit(self.path, self.cookie))
        assert answer.status == 200
        self.values = form_values(plain_text(answer))
        assert self.values["body"] == self.old
        deed = self.chance.choice(
            ["exchange", "exchange", "put in", "sentence", "paragraph", "at the end"]
        )
        place = self.chance.randrange(10_000)
        if deed == "exchange":
            known = words(self.old)
            self.drops = known[place % len(known)]
        self.values["body"] = edited(self.old, deed, place, self.word)

    def save(self):
        """Press the button until it is saved; keep both where words collide."""
        try:
            while self.tries < MOST_TRIES:
                self.tries += 1
                data = urlencode(self.values).encode()
                answer = self.connection.ask(Visit(self.path, self.cookie, data=data))
                if answer.status == 302:
                    return self
                text = plain_text(answer)
                assert answer.status == 409, TAGS.sub(" ", text)
                self.decide(text)
            raise AssertionError(f"{self.word} was asked {self.tries} times")
        finally:
            self.connection.close()

    def decide(self, text):
        """Look at a conflict: one's own words are in it. Choose, and send it again."""
        visible = unescape(TAGS.sub("", text))
        assert self.word in visible
        self.shown |= set(words(visible))
        self.values = form_values(text)
        for place in range(text.count('<section class="collision"')):
            # Most keep all; some insist on their own words or give way.
            choice = self.chance.choice(["both", "both", "both", "mine", "theirs"])
            self.values[f"choice_{place}"] = choice


@pytest.mark.django_db(transaction=True)
def test_fifty_savers_of_one_page_over_http_lose_nothing_unseen(space, site):
    old = text_of(paragraphs=12, sentences=3, each=4)
    people = [
        MembershipFactory(space=space, person=UserFactory()).person
        for _ in range(SAVERS)
    ]
    page = create_page(
        space, by=people[0], title="Belts", body=old, audience="members"
    ).page
    path = reverse("wiki:page_edit", kwargs={"space": space.slug, "page": page.slug})
    savers = [
        Saver(number, site, path, person, old) for number, person in enumerate(people)
    ]
    connection.close()
    barrier = Barrier(SAVERS)

    def work(saver):
        saver.open()
        barrier.wait(timeout=60)
        return saver.save()

    with ThreadPoolExecutor(SAVERS) as pool:
        list(pool.map(work, savers))

    page.refresh_from_db()
    final, shown = (
        set(words(page.current.body)),
        set().union(*(saver.shown for saver in savers)),
    )
    written = {saver.word for saver in savers}
    dropped = {saver.drops for saver in savers}
    # Every word that is not in the page was in a conflict that somebody decided, or
    # its dropping was somebody's change; the words that nobody touched are all there.
    assert (written | set(words(old))) - final <= shown | dropped
    assert len(written & final) > SAVERS / 2
    assert sum(saver.tries for saver in savers) > SAVERS
    # Each accepted form is one version, in a row without gaps, with its writer's word
    # (whoever gave way has none of their own in it) and its writer's name.
    versions = list(page.revisions.order_by("number").select_related("author"))
    assert [it.number for it in versions] == list(range(1, len(versions) + 1))
    ever = set().union(*(words(it.body) for it in versions))
    insisted = [saver for saver in savers if saver.word in ever]
    assert len(versions) - 1 >= len(insisted)
    assert {saver.person for saver in insisted} <= {it.author for it in versions[1:]}
    assert not Draft.objects.filter(page=page).exists()
