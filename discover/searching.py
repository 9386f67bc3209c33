"""Search over everything a person may see, in PostgreSQL."""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.contrib.postgres.search import (
    SearchQuery,
    SearchRank,
    SearchVectorField,
)
from django.db.models import (
    BigIntegerField,
    ExpressionWrapper,
    F,
    Q,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, Lower, StrIndex
from django.db.models.lookups import GreaterThan
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accounts.prepared import Prepared
from conversations.models import Message
from spaces.models import Membership, Space
from spaces.models.searched import CONFIG
from stories.models import Story
from ui import cards
from wiki.models import Page

PER_KIND = 20
# Of each kind, where all of them stand on one page.
SIDE_BY_SIDE = 6
# A word that stands everywhere is weighed in its newest places only.
MOST_WEIGHED = 60
# So many of the newest texts are read before the index of words is asked.
LONG_TEXTS, SHORT_TEXTS = 200, 5_000
# Letters of a long text that are looked through for the piece to show.
LOOKED_THROUGH = 20_000
PIECE_BEFORE, PIECE_LENGTH = 80, 240
# Up to so many letters a word is marked as it stands, or with its plural's s.
SHORT_WORD = 4
# PostgreSQL's names of the languages whose endings it knows.
ENDINGS = {"en": "english", "fr": "french", "es": "spanish", "pt": "portuguese"}


@dataclass
class Hit:
    """One thing found; ``pieces`` is the snippet as (text, is_match) pairs."""

    kind: str
    title: str
    url: str
    where: str
    when: datetime | None
    pieces: list

    def draw(self):
        """As HTML."""
        return cards.hit(
            kind=self.kind,
            title=self.title,
            url=self.url,
            where=self.where,
            when=self.when,
            pieces=self.pieces,
        )


KINDS = {
    "messages": gettext_lazy("Exchange"),
    "stories": gettext_lazy("Stories"),
    "pages": gettext_lazy("Wiki"),
    "people": gettext_lazy("People"),
    "spaces": gettext_lazy("Spaces"),
}


class Typed(SearchQuery):
    """What was typed: the very words, or their stems in the reader's language.

    Texts keep their words as they stand, because many languages meet in one space; a
    stem finds them by their beginning ("trees" finds "tree", "planting" finds
    "planted"). Quotes, ``or`` and ``-word`` work as people know them.
    """

    def __init__(self, words, language):
        super().__init__(words, search_type="websearch")
        self.set_source_expressions([Value(words), Value(language)])

    def as_sql(self, compiler, connection):
        """A subquery, so that PostgreSQL makes it once and not for each row."""
        words, language = self.get_source_expressions()
        words, words_params = compiler.compile(words)
        language, language_params = compiler.compile(language)
        sql = (
            f"(SELECT websearch_to_tsquery('{CONFIG}', {words}) || regexp_replace("
            f"websearch_to_tsquery({language}::regconfig, {words})::text, "
            # English stems end in i where the word ends in y.
            r"'''([^'' ]{2,}[^'' i])i?''', '''\1'':*', 'g')::tsquery)"
        )
        return sql, [*words_params, *language_params, *words_params]


def search(user, words, *, only=""):
    """Everything visible to this person that holds these words.

    Args:
        user: who looks.
        words: as typed; quotes and ``-word`` work as people know them.
        only: one key of ``KINDS``, or empty for all.

    Returns:
        dict of kind to list of ``Hit``, best first: up to ``PER_KIND`` of the only
        kind, or one more than ``SIDE_BY_SIDE`` of each; one query each.
    """
    words = words.replace("\x00", "").strip()[:200]
    if not words:
        return {}
    asked = {"words": words, "language": ENDINGS.get(get_language(), CONFIG)}
    finders = {
        "stories": _stories,
        "pages": _pages,
        "messages": _messages,
        "people": _people,
        "spaces": _spaces,
    }
    most = PER_KIND if only else SIDE_BY_SIDE + 1
    return {
        kind: hits
        for kind, finder in finders.items()
        if only in ("", kind) and (hits := finder(user, asked, most))
    }


def _by_most(build):
    """Two queries: for one kind alone, and for all kinds side by side."""
    return {
        most: Prepared(partial(_cut, build, most))
        for most in (PER_KIND, SIDE_BY_SIDE + 1)
    }


def _cut(build, most, *args, **named):
    return build(*args, **named)[:most]


def _weighed(rows, query, *, stretch):
    """The best of the newest rows with these words.

    PostgreSQL cannot know whether it will soon meet enough of them when it reads from
    the newest row backwards (fine for common words, hopeless for rare ones) or should
    ask the index for all of them (the other way round). So a stretch is read backwards,
    and only when that was not enough the index is asked for those before it.

    Args:
        rows: what may be seen.
        query: a ``Typed``.
        stretch: how far to read.
    """
    last = rows.model.objects.order_by("-pk").values("pk")[:1]
    edge = ExpressionWrapper(Subquery(last) - stretch, output_field=BigIntegerField())
    # No index knows this expression, nor the sum below; each has its one way.
    read = Coalesce("words", Value(""), output_field=SearchVectorField())
    near = rows.alias(read=read).filter(pk__gt=edge, read=query).order_by("-pk")
    far = rows.filter(pk__lte=edge, words=query).order_by((F("pk") + 0).desc())
    near, far = (part.values("pk")[:MOST_WEIGHED] for part in (near, far))
    return (
        rows.model.objects.filter(pk__in=near.union(far, all=True)[:MOST_WEIGHED])
        .annotate(rank=SearchRank(F("words"), query))
        .order_by("-rank", "-pk")
    )


@_by_most
def _find_stories(user, words, language):
    return (
        _weighed(
            Story.objects.visible_to(user), Typed(words, language), stretch=LONG_TEXTS
        )
        .select_related("space")
        .only(
            "title",
            "slug",
            "published",
            "created",
            "plain",
            "space__slug",
            "space__name",
        )
    )


@_by_most
def _find_pages(user, words, language):
    return (
        _weighed(
            Page.objects.visible_to(user), Typed(words, language), stretch=LONG_TEXTS
        )
        .select_related("space")
        .only("title", "slug", "changed", "plain", "space__slug", "space__name")
    )


@_by_most
def _find_messages(user, words, language):
    return (
        _weighed(
            Message.objects.visible_to(user),
            Typed(words, language),
            stretch=SHORT_TEXTS,
        )
        .select_related("thread__space", "author")
        .only(
            "talk",
            "body",
            "created",
            "author_name",
            "author__name",
            "author__email",
            "thread__path",
            "thread__message_count",
            "thread__space__slug",
            "thread__space__name",
        )
    )


@_by_most
def _find_people(user, words, language):
    memberships = Membership.objects.visible_to(user).active()
    return (
        memberships.filter(
            _holding(
                words, "person__name", "person__organisation", "person__helps_with"
            ),
            person__is_active=True,
        )
        # Whoever shares several spaces with the reader is found once.
        .order_by("person__name", "person", "pk")
        .distinct("person__name", "person")
        .select_related("person", "space")
        .only(
            "person__name",
            "person__email",
            "person__organisation",
            "person__helps_with",
            "space__slug",
            "space__name",
        )
    )


@_by_most
def _find_spaces(user, words, language):
    spaces = Space.objects.visible_to(user)
    return (
        spaces.filter(_holding(words, "name", "concern"))
        .order_by("name", "pk")
        .only("slug", "name", "concern", "visibility", "join_policy")
    )


def _holding(words, *fields):
    """Rows with these very letters in one of the fields, large or small."""
    found = Q()
    for field in fields:
        found |= Q(GreaterThan(StrIndex(Lower(field), Lower(Value(words))), 0))
    return found


def marking(words):
    """What to mark of the words typed, also where their ending differs.

    Args:
        words: as typed.

    Returns:
        A pattern, or None where nothing typed is a word.
    """
    parts = []
    for term in words.split():
        if term.startswith("-") or term.lower() == "or":
            continue
        for word in re.findall(r"\w+", term):
            if len(word) > SHORT_WORD:
                parts.append(re.escape(word[:-1]) + r"\w*")
            else:
                parts.append(re.escape(word) + r"(?:e?s)?\b")
    if not parts:
        return None
    return re.compile(rf"\b(?:{'|'.join(parts)})", re.IGNORECASE)


def pieces_of(text, marked):
    """The piece of a text around the first match.

    Args:
        text: the whole of it.
        marked: of ``marking``.

    Returns:
        ``[("the ", False), ("bell", True)]``.
    """
    first = marked.search(text, 0, LOOKED_THROUGH) if marked else None
    start = max(first.start() - PIECE_BEFORE, 0) if first else 0
    if start:
        start = text.find(" ", start, first.start()) + 1 or first.start()
    end = start + PIECE_LENGTH
    if end < len(text):
        end = text.rfind(" ", start + PIECE_LENGTH // 2, end) % (end + 1)
    piece = " ".join(text[start:end].split())
    piece = ("… " if start else "") + piece + (" …" if end < len(text) else "")
    pieces, done = [], 0
    for match in marked.finditer(piece) if marked else ():
        pieces.append((piece[done : match.start()], False))
        pieces.append((match[0], True))
        done = match.end()
    pieces.append((piece[done:], False))
    return [(words, hit) for words, hit in pieces if words]


def _stories(user, asked, most):
    marked = marking(asked["words"])
    return [
        Hit(
            kind=_("Story"),
            title=story.title,
            url=story.get_absolute_url(),
            where=story.space.name,
            when=story.published or story.created,
            pieces=pieces_of(story.plain, marked),
        )
        for story in _find_stories[most](user, **asked)
    ]


def _pages(user, asked, most):
    marked = marking(asked["words"])
    return [
        Hit(
            kind=_("Wiki"),
            title=page.title,
            url=page.get_absolute_url(),
            where=page.space.name,
            when=page.changed,
            pieces=pieces_of(page.plain, marked),
        )
        for page in _find_pages[most](user, **asked)
    ]


def _messages(user, asked, most):
    marked = marking(asked["words"])
    return [
        Hit(
            kind=message.get_talk_display() or str(_("Post")),
            title=message.author_label,
            url=message.get_absolute_url(),
            where=message.thread.space.name,
            when=message.created,
            pieces=pieces_of(message.body, marked),
        )
        for message in _find_messages[most](user, **asked)
    ]


def _people(user, asked, most):
    if not user.is_authenticated:
        return []
    return [
        Hit(
            kind=_("Person"),
            title=membership.person.get_full_name(),
            url=membership.get_absolute_url(),
            where=membership.person.organisation or membership.space.name,
            when=None,
            pieces=[(membership.person.helps_with, False)]
            if membership.person.helps_with
            else [],
        )
        for membership in _find_people[most](user, **asked)
    ]


def _spaces(user, asked, most):
    return [
        Hit(
            kind=_("Space"),
            title=space.name,
            url=space.get_absolute_url(),
            where=str(space.openness),
            when=None,
            pieces=[(space.concern, False)],
        )
        for space in _find_spaces[most](user, **asked)
    ]
