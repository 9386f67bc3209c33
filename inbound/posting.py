"""Posts and stories from a member's own address, and changing them by mail."""

import re
import uuid

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from conversations.actions import (
    post_to_exchange,
    withdraw_message,
)
from conversations.models import Message
from conversations.notifications import answer_by_letter
from conversations.permissions import can_post_to_exchange
from files.actions import describe
from files.mailed import SHOWS, take_photos
from inbound.commands import command_in, obey
from inbound.tongues import without_prefix
from markup.limits import STORY_CAP
from notifications.words import word_for
from spaces.models import Audience
from stories.actions import (
    add_media,
    discard_story,
    publish_story,
    withdraw_story,
    write_story,
)
from stories.models import Story
from stories.permissions import (
    can_discard_story,
    can_tell_story,
    can_withdraw_story,
)

LETTERS = uuid.uuid5(uuid.NAMESPACE_URL, "alliance:inbound:letters")
LONGEST_TITLE = 160
MOST_STORY_PHOTOS = 4

_DRAFT = re.compile(
    r"^\s*(draft|brouillon|borrador|rascunho|rasimu|entwurf|concept|مسودة)\s*[:：]?\s*",
    re.IGNORECASE,
)
_ASKS = re.compile(r"[?？؟]\s*$")


def post(door, letter):
    """Begin a conversation of the exchange: the subject is its first line.

    Args:
        door: a member's own.
        letter: an inbound letter.

    Returns:
        (words, made, path) for ``Done``.

    Raises:
        PermissionDenied, ValidationError: it cannot be done; says why.
    """
    person, space = door.person, door.space
    if not can_post_to_exchange(person, space):
        raise PermissionDenied(
            _("Nobody can post to the exchange of %(space)s now.") % {"space": space}
        )
    heading, text = without_prefix(letter.subject), letter.text.strip()
    if heading and text.split("\n", 1)[0].strip() != heading:
        text = f"{heading}\n\n{text}".strip()
    if not text and letter.photos:
        text = _("A photo")
    photos, faults = take_photos(letter, space, by=person)
    asks = _ASKS.search(heading) or _ASKS.search(text.split("\n", 1)[0])
    message = post_to_exchange(
        space,
        by=person,
        body=text,
        talk=Message.Talk.QUESTION if asks else "",
        photo=photos[0] if photos else None,
        client_id=uuid.uuid5(LETTERS, letter.message_id),
        came_by=Message.CameBy.MAIL,
        trimmed=letter.trimmed,
    )
    words = [
        _(
            "Your post stands in the exchange of %(space)s; its members can read it. "
            "To take it back, answer with: %(word)s"
        )
        % {"space": space, "word": word_for("withdraw")},
        *faults,
        *_ask_what_is_shown(photos),
    ]
    return "\n\n".join(words), f"message-{message.pk}", message.get_absolute_url()


def tell_story(door, letter):
    """Tell a story: the subject is its title; "draft" before it keeps it back.

    Args, Returns, Raises: as ``post``.
    """
    person, space = door.person, door.space
    if not can_tell_story(person, space):
        raise PermissionDenied(
            _("Nobody can tell a story in %(space)s now.") % {"space": space}
        )
    title, text = without_prefix(letter.subject), letter.text.strip()
    is_draft = bool(_DRAFT.match(title))
    title = _DRAFT.sub("", title)
    if not text:
        raise ValidationError(_("Tell at least a sentence of what happened."))
    if len(text) > STORY_CAP:
        raise ValidationError(
            _("The story has %(length)d characters; %(cap)d is the most.")
            % {"length": len(text), "cap": STORY_CAP}
        )
    if not title:
        title = text.split("\n", 1)[0]
    photos, faults = take_photos(letter, space, by=person, most=MOST_STORY_PHOTOS)
    story = write_story(
        space,
        by=person,
        words={
            "title": _shortened(title),
            "body": text,
            "language": person.language,
            # Wider is the teller's own step, on the page.
            "audience": Audience.MEMBERS,
            "audience_group": None,
        },
        came_by=Story.CameBy.MAIL,
        draft_id=uuid.uuid5(LETTERS, letter.message_id),
    )
    add_media(story, by=person, files=photos)
    if is_draft:
        words = _("Your story is kept as a draft that only you can see.")
    else:
        story = publish_story(story, by=person)
        words = _(
            "Your story stands in %(space)s; its members can read it. To take it back, "
            "answer with: %(word)s"
        ) % {"space": space, "word": word_for("withdraw")}
    words = [words, *faults, *_ask_what_is_shown(photos)]
    return "\n\n".join(words), f"story-{story.pk}", story.get_absolute_url()


def _shortened(title):
    if len(title) <= LONGEST_TITLE:
        return title
    return title[: LONGEST_TITLE - 1].rsplit(" ", 1)[0] + "…"


def _ask_what_is_shown(photos):
    if not photos or photos[0].alt:
        return []
    return [
        _(
            "What does the photo show? Answer this mail with “photo:” and a few words, "
            "for people who cannot see it."
        )
    ]


def go_on(door, letter):
    """An answer to "your post stands there": take it back, say what its photo shows,
    or go on talking below it.

    Args:
        door: with the ``earlier`` letter.
        letter: the answer.

    Returns:
        A sentence ("" when none is needed), or None where the earlier letter made
        nothing, or what it made is gone.

    Raises:
        PermissionDenied, ValidationError: it cannot be done; says why.
    """
    made = _made(door.earlier)
    if made is None or door.person not in (made.author, made.entered_by):
        return None
    said = command_in(letter.text, name=door.person.get_full_name())
    if said and said.name == "withdraw":
        return _take_back(made, by=door.person)
    if said and (
        words := obey(said, person=door.person, space=door.space, target=made)
    ):
        return words
    shown = SHOWS.search(letter.text)
    if shown and not letter.photos and made.photo is not None:
        describe(made.photo, by=door.person, words=shown["words"])
        return _("Thank you. Your photo now says what it shows: %(words)s") % {
            "words": made.photo.alt
        }
    if made.thread is None:
        raise PermissionDenied(
            _("Nobody can answer a draft; publish it first: it is on the web.")
        )
    return answer_by_letter(made.thread, letter, by=door.person)


def _take_back(made, *, by):
    if not isinstance(made, Story):
        withdraw_message(made, by=by)
    elif can_withdraw_story(by, made):
        withdraw_story(made, by=by)
    elif can_discard_story(by, made):
        discard_story(made, by=by)
    return _("It has been taken back; nobody can read it any more.")


SPACE_OF = {"story": ["space"]}


def _made(row):
    kind, _sign, number = row.made.partition("-")
    if not number.isdecimal():
        return None
    things = {"message": Message.objects, "story": Story.objects}.get(kind)
    found = things and things.filter(pk=int(number)).select_related(
        "author", "entered_by", "photo", "thread__space", *SPACE_OF.get(kind, ())
    )
    return found.first() if found is not None else None
