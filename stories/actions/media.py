"""What a story is told with besides words: hang on, describe, move, take off.

``Story.photo`` is the first of its photos, kept here, so that lists, feeds and letters
need no second query for it.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from files.actions import describe, follow_audience
from files.models import File
from files.removing import remove
from stories.models import Story, StoryFile

MOST = 20  # photos, recordings and films of one story


@transaction.atomic
def add_media(story, *, by, files=(), link="", caption=""):
    """Hang photos, sound or film on a story, behind what is there already.

    The same recording sent twice (a second press, a line that broke) hangs there once.

    Args:
        story: the ``Story``.
        by: who brings them.
        files: drafts from ``files.actions.upload``.
        link: the address of a film that stands elsewhere.
        caption: the words below it, for one file or a link.

    Returns:
        the new ``StoryFile`` rows.

    Raises:
        ValidationError: the story has as many as it can hold; says so.
    """
    _lock(story)
    files = _not_yet_there(story, files)
    held = story.media.count()
    if held + len(files) + bool(link) > MOST:
        raise ValidationError(
            _("A story holds %(most)d photos and recordings. Take some off first.")
            % {"most": MOST}
        )
    last = story.media.aggregate(last=Max("place"))["last"]
    place = 0 if last is None else last + 1
    rows = [
        StoryFile(
            story=story,
            file=file,
            kind=file.kind,
            caption=caption if len(files) == 1 else "",
            place=place + number,
        )
        for number, file in enumerate(files)
    ]
    if link and not story.media.filter(link=link).exists():
        rows.append(
            StoryFile(
                story=story,
                kind=StoryFile.Kind.LINK,
                link=link,
                caption=caption,
                place=place + len(rows),
            )
        )
    rows = StoryFile.objects.bulk_create(rows)
    carry_media(story)
    _choose_cover(story)
    return rows


@transaction.atomic
def describe_media(item, *, by, **words):
    """Say what it shows, what stands below it and what is said in it.

    Args:
        item: the ``StoryFile``.
        by: who writes.
        **words: any of alt, caption, transcript, cues; what is left out stays.

    Returns:
        the item.
    """
    if item.file_id and "alt" in words:
        describe(item.file, by=by, words=words["alt"])
    told = [name for name in ("caption", "transcript", "cues") if name in words]
    for name in told:
        setattr(item, name, words[name])
    if told:
        item.save(update_fields=told)
    return item


@transaction.atomic
def move_media(item, *, by, forward):
    """Change places with the neighbour; at either end nothing happens.

    Args:
        item: the ``StoryFile``.
        by: who moves it.
        forward: towards the beginning of the story.

    Returns:
        the item.
    """
    story = _lock(item.story)
    rows = list(story.media.in_order())
    old = rows.index(item)
    new = old - 1 if forward else old + 1
    if 0 <= new < len(rows):
        rows[old], rows[new] = rows[new], rows[old]
        for place, row in enumerate(rows):
            row.place = place
        StoryFile.objects.bulk_update(rows, ["place"])
        item.place = new
        _choose_cover(story)
    return item


@transaction.atomic
def remove_media(item, *, by):
    """Take it off and delete it for good, also from the disk.

    Args:
        item: the ``StoryFile``.
        by: who takes it off; None for the clock.
    """
    story = _lock(item.story)
    file = item.file
    item.delete()
    _choose_cover(story)
    if file is not None:
        remove(file, by=by)


@transaction.atomic
def remove_all_media(story, *, by):
    """Take off and delete everything a story was told with besides words.

    Args:
        story: the ``Story``.
        by: who does it.
    """
    for item in story.media.with_files():
        remove_media(item, by=by)


def carry_media(story):
    """Files follow their story: its audience, and whether it is out. Call it in the
    transaction that changes either."""
    follow_audience(
        File.objects.filter(pk__in=story.media.values("file")),
        to=story,
        is_draft=story.state != Story.State.PUBLISHED,
    )


def _lock(story):
    """One after the other, so that two at one moment do not take the same place."""
    story.refresh_from_db(
        fields=["state", "photo", "audience", "audience_group"],
        from_queryset=Story.objects.select_for_update(),
    )
    return story


def _not_yet_there(story, files):
    there = set(story.media.values_list("file", flat=True))
    known = set(story.media.exclude(file__digest="").values_list("file__digest"))
    fresh = []
    for file in files:
        if file.pk in there or (file.digest,) in known:
            continue
        known |= {(file.digest,)} if file.digest else set()
        fresh.append(file)
    return fresh


def _choose_cover(story):
    first = story.media.filter(kind=StoryFile.Kind.PHOTO).in_order().first()
    photo = first.file_id if first else None
    if story.photo_id != photo:
        Story.objects.filter(pk=story.pk).update(photo=photo)
        story.photo_id = photo
