"""From typed words to what a message stores: safe HTML, tags, who is named."""

import re
import unicodedata
from html import unescape
from urllib.parse import quote, urlencode

from django.db.models import Q
from django.db.models.functions import Length
from django.urls import reverse
from django.utils.html import strip_tags

from conversations.marks import LONGEST_ADDRESS
from markup.rendering import Target, excerpt, render
from markup.tags import tag_key
from spaces.models import Membership

MOST_NAMES = 20
MOST_PEOPLE = 200
TITLE_WORDS = 14


class Naming:
    """Finds the members of a space that a text names, in one query.

    ``@[Ben Tetteh]`` is the whole name; ``@Ben`` and ``@Ben Tetteh`` are enough where
    only one person is called so. Where two are, the suggestions write the number of the
    membership behind the name: ``@[Ben Tetteh|17]``.

    Args:
        space: whose members are meant.
    """

    def __init__(self, space):
        self.space = space
        self.people = {}

    def __call__(self, names):
        """Return targets by name, for ``markup.render``; keep who is meant by each."""
        keys = {name: split_key(name) for name in names}
        members = self._members(list(dict.fromkeys(keys.values())))
        targets = {}
        for name, (called, number) in keys.items():
            person = _only(members, called, number)
            if person:
                self.people[name] = person
                targets[name] = Target(
                    url=person_url(self.space, person), label=str(person)
                )
        return targets

    def _members(self, keys):
        wanted = Q()
        # "@Ben Tetteh asked" asks for "Ben" and for longer names: the first finds all.
        keys = [key for key in keys if not any(_goes_on(key, each) for each in keys)]
        for called, number in keys[:MOST_NAMES]:
            if number is not None:
                wanted |= Q(pk=number)
            elif called:
                wanted |= Q(person__name__iexact=called) | Q(
                    person__name__istartswith=f"{called} "
                )
        if not wanted:
            return []
        return list(
            Membership.objects.active()
            .filter(wanted, space=self.space)
            .select_related("person")
            # Who is called exactly so must not be cut off by many who begin so.
            .order_by(Length("person__name"))[:MOST_PEOPLE]
        )


def _goes_on(key, shorter):
    return key[1] is None and key[0].startswith(f"{shorter[0]} ") and bool(shorter[0])


def split_key(name):
    """(what somebody is called, number of the membership or None) of a mention."""
    called, bar, number = name.rpartition("|")
    if bar and number.isdecimal() and len(number) < 18:
        return called.strip(), int(number)
    return unicodedata.normalize("NFC", re.sub(r"[._]+", " ", name)).strip(), None


def _only(members, called, number=None):
    """The member who is meant; None where two might be."""
    if number is not None:
        found = [each.person for each in members if each.pk == number]
        return found[0] if found else None
    folded = called.casefold()
    people = [membership.person for membership in members]
    whole = [person for person in people if person.name.casefold() == folded]
    if len(whole) == 1:
        return whole[0]
    begins = [
        person for person in people if person.name.casefold().startswith(f"{folded} ")
    ]
    return begins[0] if len(begins) == 1 and not whole else None


def mention_of(membership, *, is_shared=False):
    """How a member is named in a text so that exactly this one is meant.

    Args:
        membership: with its ``person``.
        is_shared: somebody else of the space is called the same.

    Returns:
        ``@[Ben Tetteh]``, or ``@[Ben Tetteh|17]``.
    """
    called = str(membership.person)
    plain = " ".join(re.sub(r"[\[\]@|\\`*_~<>]", " ", called).split())[:100]
    if is_shared or plain != membership.person.name or "." in plain:
        return f"@[{plain}|{membership.pk}]"
    return f"@[{plain}]"


def person_url(space, person):
    """Where a member of a space is found."""
    directory = reverse("spaces:member_list", kwargs={"space": space.slug})
    return f"{directory}?{urlencode({'q': str(person)})}"


def draw_message(text, space, *, by_guest=False):
    """Draw a message.

    Args:
        text: what somebody typed.
        space: whose members and tags are meant.
        by_guest: names call nobody: who belongs to the space is no guest's business.

    Returns:
        (``Rendered``, the people named in it).

    Raises:
        TextTooLong: over the cap of a message.
    """
    naming = Naming(space)
    # Reversed once, not once for each tag.
    start = reverse(
        "discover:tag_detail", kwargs={"space": space.slug, "tag": "TAG"}
    ).rsplit("TAG", 1)
    rendered = render(
        text,
        profile="message",
        mention=None if by_guest else naming,
        tag_url=lambda word: quote(tag_key(word)).join(start),
    )
    named = {
        person.pk: person
        for name in rendered.mentions
        if (person := naming.people.get(name))
    }
    return rendered, list(named.values())


def first_link(html):
    """The first address elsewhere that a drawn message leads to.

    Args:
        html: ``body_html``.

    Returns:
        an http(s) address, or "".
    """
    found = _LINK_ELSEWHERE.search(html)
    url = unescape(found[1]) if found else ""
    return url if len(url) <= LONGEST_ADDRESS else ""


_LINK_ELSEWHERE = re.compile(r'<a class="external" href="(https?://[^"]+)"')


def quote_of(message, *, most=1200):
    """A message as somebody quotes it: its words behind ">", whose they are first.

    Args:
        message: with its author.
        most: characters; the rest becomes "…".
    """
    words = message.body
    if len(words) > most:
        words = f"{words[:most].rsplit(None, 1)[0]} …"
    lines = [f"**{message.author_label}:**", *words.splitlines()]
    return "\n".join(f"> {line}".rstrip() for line in lines) + "\n\n"


NODS = {"+1": "same", "＋1": "same", "👍": "same", "🙏": "thanks", "❤": "thanks"}


def nod_in(text):
    """Which reaction a mail means that says nothing else: "+1", a thumb.

    Args:
        text: what is left of the mail.

    Returns:
        one of ``Reaction.Kind``, or "".
    """
    return NODS.get(_TONES.sub("", text).strip(" \t\r\n.!"), "")


# Colours of skin, and the sign that asks for a coloured picture.
_TONES = re.compile("[\U0001f3fb-\U0001f3ff\ufe0f]")


def cut_headline(html):
    """Split a drawn message into its first line, as words, and the rest, as HTML.

    Args:
        html: ``body_html`` of a message.

    Returns:
        (headline, rest). The headline is empty where the first line is too long to be
        read as one, or where its marks run on into the next.
    """
    found = _FIRST_LINE.match(html)
    if not found:
        return "", html
    start, line, end = found["start"], found["line"], found["end"]
    if not _is_balanced(line):
        return "", html
    words = unescape(strip_tags(line)).strip()
    after = html[found.end() :]
    rest = after.lstrip() if end == "</p>" else f"{start}{after.lstrip()}"
    if len(words) <= LONGEST_HEADLINE:
        return words, rest
    sentence = _SENTENCE.match(line)
    if sentence is None or "<" in sentence[0]:
        return "", html
    after = html[found.start("line") + sentence.end() :]
    return unescape(sentence[0]).strip(), f"{start}{after}"


LONGEST_HEADLINE = 110
_FIRST_LINE = re.compile(
    r"(?P<start><p[^<>]*>)(?P<line>.*?)(?P<end></p>|<br ?/?>)", re.DOTALL
)
_SENTENCE = re.compile(rf".{{12,{LONGEST_HEADLINE - 1}}}?[.?!…](?:\s+|$)", re.DOTALL)
_OPENING, _CLOSING = re.compile(r"<[a-z]"), re.compile(r"</")
_VOID = re.compile(r"<(?:br|img|hr)\b")


def _is_balanced(html):
    opened = len(_OPENING.findall(html)) - len(_VOID.findall(html))
    return opened == len(_CLOSING.findall(html))


def title_of(rendered):
    """What a post is called in lists and letters: its first line, or its beginning."""
    headline, _ = cut_headline(rendered.html)
    return headline or excerpt(rendered.plain, words=TITLE_WORDS)[:200]
