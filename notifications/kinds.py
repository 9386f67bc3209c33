"""A Kind: one sort of thing people are told.

Each app declares its Kinds in its ``notifications.py``; they are found by
``autodiscover_modules("notifications")``. A Kind knows what happened, who is told, who
may still see it, how it reads and what an answer by mail does. It sends nothing.
"""

import re
from dataclasses import dataclass
from datetime import timedelta

from django.utils.module_loading import autodiscover_modules


@dataclass(frozen=True)
class Scope:
    """Where a notice belongs: List-Id, unsubscribe and mail headings come from it.

    Attributes:
        key: stable machine name, e.g. ``"space-12"``.
        label: what people call it.
        url: path of its page.
    """

    key: str
    label: str
    url: str


@dataclass(frozen=True)
class Wish:
    """How one person wants to be told of one thing."""

    inbox: bool = True
    mail: bool = True


class Kind:
    """Subclass, fill in, done. ``target`` is whatever model the Kind is about."""

    #: ``app.past_tense``: also finds the templates ``<app>/mail/<name>_subject.txt``,
    #: ``<name>.txt`` and ``<name>.html``.
    slug = ""
    #: What a person reads on the preferences page.
    label = ""
    #: A mail that has not left after this long is marked missed instead (None: never).
    expires_after: timedelta | None = timedelta(days=7)
    #: Whether it calls people by name: said on the inbox's line, however much follows.
    calls = False
    #: Whether an answer by mail does something (then ``answer`` is defined).
    is_answerable = False
    #: Whether it reads short words ("weekly", "mute") in its answers itself.
    reads_commands = False

    def load(self, ids):
        """Fetch targets in bulk.

        Args:
            ids: primary keys as strings.

        Returns:
            dict of ``str(pk)`` to target; what is gone is left out.
        """
        raise NotImplementedError

    def recipients(self, target, about):
        """People who are told (before wishes and rights are asked)."""
        raise NotImplementedError

    def wishes(self, people, target, about):
        """How each of these people wants to be told.

        Returns:
            dict of person id to ``Wish``; who is missing gets inbox and mail.
        """
        return {}

    def may_see(self, user, target):
        """Asked when the row is made and again at the moment of telling.

        ``user`` is None when the letter goes to a bare address.
        """
        raise NotImplementedError

    def allowed(self, people, target):
        """``may_see`` for many people at once; override where one query can answer.

        Returns:
            the set of their ids.
        """
        return {person.pk for person in people if self.may_see(person, target)}

    def allowed_each(self, readers, targets):
        """``allowed`` for a whole claim: many targets, each with its own people;
        override where targets share what is asked.

        Args:
            readers: dict of ``str(pk)`` to the people the target is meant for.
            targets: dict of ``str(pk)`` to target, every key of ``readers`` among them.

        Returns:
            dict of ``str(pk)`` to the set of ids of those who may see it.
        """
        return {pk: self.allowed(people, targets[pk]) for pk, people in readers.items()}

    def visible(self, user, targets):
        """``may_see`` for one person's many targets (the inbox asks); override where
        one query can answer.

        Args:
            targets: dict of ``str(pk)`` to target.

        Returns:
            the same dict, less what this person may not see.
        """
        return {pk: it for pk, it in targets.items() if self.may_see(user, it)}

    def load_for(self, user, ids):
        """``load`` and ``visible`` for the inbox; override where one query does both.

        Returns:
            dict of ``str(pk)`` to target, only what this person may see.
        """
        targets = self.load(ids)
        return self.visible(user, targets) if targets else {}

    def wakes(self, target, until):
        """Whether its letter leaves in a person's quiet hours too.

        Only what is worthless in the morning, or what the person is waiting for.

        Args:
            target: what it is about.
            until: when the quiet hours end.
        """
        return False

    def line(self, target, about):
        """One line for the inbox, in the active language."""
        raise NotImplementedError

    def url(self, target, about):
        """Path of the page this is about."""
        return target.get_absolute_url()

    def scope(self, target):
        """The ``Scope`` this belongs to, or None."""
        return None

    def group_key(self, target, about):
        """Notices with the same key fold into one line of the inbox."""
        return f"{self.slug}:{target.pk}"

    def gather(self, pairs):
        """Fetch what many letters of this Kind need, in a constant number of queries.

        Args:
            pairs: list of (target, ``Delivery``), all of one claim.

        Returns:
            dict of delivery id to extra mail context; None instead of the extra
            context drops that letter (nothing is left to tell).
        """
        return {}

    def mail_context(self, target, delivery):
        """What the mail templates get beside target, recipient, about, url, scope.

        ``action_label`` names the button (``action_url`` is ``url`` unless given);
        ``text_only`` true leaves the HTML part out.
        """
        return {}

    def from_name(self, target, delivery):
        """Shown as the sender; empty: the scope's label, or the site's name."""
        return ""

    def mail_headers(self, target, delivery):
        """Extra headers, e.g. threading (``In-Reply-To``, ``References``)."""
        return {}

    def attachments(self, target, delivery):
        """``(name, bytes, mime type)`` tuples.

        One whose mime type names a calendar method (``text/calendar;
        method=REQUEST``) also becomes an alternative, which is what calendars read.
        """
        return []

    def delivered(self, deliveries):
        """Called once letters are known to have gone out, in the same transaction."""

    def returned(self, deliveries):
        """Called when letters that had gone out came back undelivered."""

    def quiet_url(self, target, delivery):
        """Path that one-click unsubscribe (RFC 8058) posts to, or None."""
        return None

    def quiet_urls(self, pairs):
        """``quiet_url`` for a whole claim; override where one query can answer.

        Args:
            pairs: list of (target, ``Delivery``).

        Returns:
            dict of delivery id to path; for who is missing ``quiet_url`` is asked.
        """
        return {}

    def answer(self, target, delivery, letter):
        """What a mailed answer does: calls the same action as the web.

        Args:
            target: the thing this Kind is about.
            delivery: the ``Delivery`` that was answered (its recipient is the person).
            letter: an ``inbound`` letter with ``text``, ``subject``, ``attachments``.

        Returns:
            a sentence for the confirming mail, or "" when none is needed.
        """
        raise NotImplementedError

    @property
    def template_stem(self):
        """``wiki.page_changed`` → ``wiki/mail/page_changed``."""
        app, name = self.slug.split(".", 1)
        return f"{app}/mail/{name}"


_kinds = {}


def register(kind):
    """Class decorator that makes a Kind known under its slug."""
    if not re.fullmatch(r"[a-z_]+\.[a-z_]+", kind.slug):
        raise ValueError(f"A Kind needs a slug like 'wiki.page_changed': {kind!r}")
    if kind.slug in _kinds and type(_kinds[kind.slug]) is not kind:
        raise ValueError(f"Two Kinds are called {kind.slug}")
    _kinds[kind.slug] = kind()
    return kind


def kind_of(slug):
    """The Kind with this slug, or None when its app has gone."""
    return _kinds.get(slug)


def all_kinds():
    """Every Kind, by slug."""
    return dict(sorted(_kinds.items()))


def discover():
    """Import every app's ``notifications`` module."""
    autodiscover_modules("notifications")
