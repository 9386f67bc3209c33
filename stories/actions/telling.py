"""Telling a story: the form, its one readable text, out and back."""

from textwrap import indent

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from conversations.actions import open_thread, rename_thread
from conversations.actions import set_audience as set_thread_audience
from conversations.actions.threads import start_following
from markup.rendering import plain_text, render
from notifications.actions import notify
from notifications.kinds import kind_of
from spaces.actions.recording import write_record
from spaces.models import Audience
from stories.actions.media import carry_media, remove_all_media
from stories.models import Story
from stories.reading import reading_minutes

# The guided parts in the order they are read. "What happened" stands without a
# heading where nothing else was filled in.
PARTS = [
    "set_out",
    "body",
    "did_not_work",
    "surprised",
    "differently",
    "do_not_copy",
]
RESERVED = {"new", "feed", "tagged"}
# What an edit leaves alone.
FATE = ["state", "published", "withdrawn", "thread", "photo"]


def write_story(
    space,
    *,
    by,
    words,
    author=None,
    came_by="web",
    draft_id=None,
):
    """Begin a story as a draft.

    Args:
        space: where.
        by: who types.
        words: cleaned field values of ``Story`` (title, parts, audience …).
        author: the teller, when that is somebody ``by`` types for.
        came_by: one of ``Authored.CameBy``.
        draft_id: made by the form; the same id twice is the same story.

    Returns:
        the ``Story``.

    Raises:
        TextTooLong: over the cap; nothing was written.
    """
    teller = author or by
    known = Story.objects.filter(draft_id=draft_id).first() if draft_id else None
    if known and (known.entered_by_id, known.space_id) == (by.pk, space.pk):
        # The button was pressed twice. What is out, or taken back, changes only where
        # it is asked who may.
        if known.state != Story.State.DRAFT:
            return known
        return edit_story(known, by=by, words=words)
    if known:
        draft_id = None  # the id of another form is no second press of this one
    story = Story(
        space=space,
        author=teller,
        author_group=getattr(space.membership_of(teller), "group", None),
        entered_by=by,
        came_by=came_by,
        draft_id=draft_id,
    )
    _fill(story, words)
    for slug in _slugs(story.title):
        story.slug = slug
        try:
            with transaction.atomic():
                story.save()
                _after_words(story)
        except IntegrityError:
            again = (
                Story.objects.filter(
                    draft_id=draft_id, entered_by=by, space=space
                ).first()
                if draft_id
                else None
            )
            if again:
                return again
            continue
        return story
    raise RuntimeError("No free address for a story was found.")


@transaction.atomic
def edit_story(story, *, by, words):
    """Change the words or the audience. The address stays.

    Args:
        story: the ``Story``.
        by: who types.
        words: cleaned field values.

    Returns:
        the story.
    """
    # Published or taken back by another tab since the form was drawn, it stays so.
    story.refresh_from_db(fields=FATE, from_queryset=Story.objects.select_for_update())
    _fill(story, words)
    story.changed = timezone.now()
    story.save()
    _after_words(story)
    if story.thread_id:
        rename_thread(story.thread, title=story.title)
        set_thread_audience(
            story.thread,
            audience=story.audience,
            audience_group=story.audience_group,
        )
    return story


@transaction.atomic
def publish_story(story, *, by):
    """Bring a draft out, open the talk under it and tell people. Twice is harmless.

    Args:
        story: the ``Story``.
        by: who publishes.

    Returns:
        the story.
    """
    story = Story.objects.select_for_update(of=("self",)).get(pk=story.pk)
    if story.state != Story.State.DRAFT:
        return story
    story.state = Story.State.PUBLISHED
    story.published = timezone.now()
    story.thread = open_thread(
        space=story.space,
        origin="story",
        title=story.title,
        path=story.get_absolute_url(),
        audience=story.audience,
        audience_group=story.audience_group,
    )
    story.save(update_fields=["state", "published", "thread"])
    start_following(story.thread, [story.author, by])
    carry_media(story)
    notify(kind_of("stories.story_published"), story, about={"by": by.pk})
    return story


@transaction.atomic
def withdraw_story(story, *, by, reason=""):
    """Take a story back: gone from every list, feed and search at once. Twice is
    harmless.

    Args:
        story: the ``Story``.
        by: the teller, or a steward (then ``reason`` is on the record).

    Returns:
        the story.
    """
    story.refresh_from_db(fields=FATE, from_queryset=Story.objects.select_for_update())
    if story.state != Story.State.PUBLISHED:
        return story
    story.state = Story.State.WITHDRAWN
    story.withdrawn = timezone.now()
    story.save(update_fields=["state", "withdrawn"])
    if story.thread_id:
        story.thread.hidden = story.withdrawn
        story.thread.save(update_fields=["hidden"])
    carry_media(story)
    write_record(
        "story_withdrawn",
        by=by,
        space=story.space,
        about=story.author,
        reason=reason,
        story=story.pk,
    )
    return story


def discard_story(story, *, by):
    """Throw a draft away, with its photos; what was published meanwhile stays."""
    with transaction.atomic():
        drafts = Story.objects.filter(pk=story.pk, state=Story.State.DRAFT)
        if drafts.select_for_update().exists():
            remove_all_media(story, by=by)
            drafts.delete()


def widest_audience(space):
    """What a new item of this space is by default: as open as the space itself."""
    return Audience.PUBLIC if space.is_open else Audience.MEMBERS


def _fill(story, words):
    for name, value in words.items():
        setattr(story, name, value)
    rendered = render(
        story_text(story),
        profile="story",
        tag_url=lambda tag: reverse(
            "discover:tag_detail", kwargs={"space": story.space.slug, "tag": tag}
        ),
    )
    story.body_html = rendered.html
    story.plain = rendered.plain
    story.minutes = reading_minutes(rendered.plain)
    story.words_for_tags = rendered.tags


def _after_words(story):
    story.tags.set_words(story.words_for_tags)
    carry_media(story)


def story_text(story):
    """The whole story as one Markdown text, its guided parts under their headings."""
    told = [(name, getattr(story, name).strip()) for name in PARTS]
    told = [(name, text) for name, text in told if text]
    if [name for name, _ in told] == ["body"]:
        return told[0][1]
    return "\n\n".join(_part(name, text) for name, text in told)


def _part(name, text):
    """One guided part under its heading; what did not work stands in a box."""
    heading = Story._meta.get_field(name).verbose_name
    if name == "did_not_work":
        return f'!!! warning "{heading}"\n' + indent(text, "    ")
    return f"## {heading}\n\n{text}"


def _slugs(title):
    """Addresses to try: the title's words, then with a number behind."""
    stem = slugify(plain_text(title), allow_unicode=True)[:160].strip("-") or "story"
    if stem not in RESERVED:
        yield stem
    for number in range(2, 1000):
        yield f"{stem}-{number}"
