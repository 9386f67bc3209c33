"""Content of the bench's own: ten spaces with pages, stories and talk of real length.

The sizes are those the peers were measured with: wiki pages of about 8.6 kB, stories of
about 3.3 kB, twenty comments of about 350 bytes.
"""

import random
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from conversations.models import Message, Thread
from markup.rendering import render
from spaces.models import Gathering, Membership, Space, StakeholderGroup
from stories.models import Story
from stories.reading import reading_minutes
from tags.models import Tag
from tests.factories.spaces import GroupFactory, SpaceFactory
from tests.factories.webinars import WebinarFactory
from tests.factories.wiki import PageFactory

WORDS = (
    "the fire belt was cut in october before the harmattan and youth groups kept it "
    "clear while the district officer walked the boundary with those who lost seeds "
    "last season because rain came late and nobody had asked the nursery about water "
    "although buyers wanted certified timber from plots that three families share with "
    "cocoa under shade trees whose roots hold the slope above the river market road"
).split()
GROUPS = ("Farmers", "District officers", "Companies", "Researchers", "Youth")
PEOPLE = 60
# (pages, stories, threads) of a space.
MANY, FEW = (40, 30, 60), (8, 8, 15)


@dataclass
class World:
    """What was made, for those who measure.

    Attributes:
        member: belongs to every space, is no steward.
        spaces: ten; the first is open to read, the second for members.
    """

    member: User = None
    people: list = field(default_factory=list)
    spaces: list = field(default_factory=list)
    groups: dict = field(default_factory=dict)
    open_page: object = None
    open_story: object = None
    open_tag: object = None
    page: object = None
    story: object = None
    thread: object = None

    @property
    def open_space(self):
        """Anyone reads it."""
        return self.spaces[0]

    @property
    def space(self):
        """For members."""
        return self.spaces[1]


def sentence(chance, words=14):
    """One sentence of these words."""
    text = " ".join(chance.choices(WORDS, k=words))
    return text.capitalize() + "."


def paragraph(chance, letters):
    """Sentences up to about this length."""
    text = ""
    while len(text) < letters:
        text += sentence(chance) + " "
    return text.strip()


def wiki_text(chance, links=()):
    """A page of about 8.6 kB with headings, a list and links."""
    parts = [paragraph(chance, 400)]
    for number in range(8):
        parts += [
            f"## {sentence(chance, 4)[:-1]} {number}",
            paragraph(chance, 700),
            "\n".join(f"- {sentence(chance, 8)}" for _ in range(3)),
        ]
    parts += [f"See also [[{title}]]." for title in links]
    return "\n\n".join(parts)


@transaction.atomic
def seed(*, seed_number=1):
    """Make the world.

    Args:
        seed_number: of the random numbers; the same content each time.

    Returns:
        A ``World``.
    """
    chance = random.Random(seed_number)  # noqa: S311 (words, not secrets)
    now = timezone.now()
    world = World()
    world.people = User.objects.bulk_create(
        User(
            email=f"person{number}@bench.example",
            name=f"{sentence(chance, 1)[:-1]} Person{number}",
            password="!",
        )
        for number in range(PEOPLE)
    )
    world.member = world.people[0]
    for number in range(10):
        space = SpaceFactory(
            slug=f"bench-{number}",
            name=f"Bench forum {number}",
            visibility="open" if number == 0 else "listed",
            concern=sentence(chance, 12),
        )
        world.spaces.append(space)
        world.groups[space.pk] = [
            GroupFactory(space=space, name=name, palette=palette)
            for palette, name in enumerate(GROUPS)
        ]
        join(space, world.people, world.groups[space.pk])
        fill(world, space, chance, now, number_of=MANY if number < 2 else FEW)
    world.open_page = world.open_space.pages_made[3]
    world.page = world.space.pages_made[3]
    world.open_story = world.open_space.stories_made[1]
    world.story = world.space.stories_made[1]
    world.thread = world.space.threads_made[0]
    world.open_tag = Tag.objects.get(space=world.open_space, slug="firebelts")
    return world


@transaction.atomic
def seed_rows(rows):
    """A space of which every list has this many rows.

    Args:
        rows: 1 or 30, say.

    Returns:
        ``(space, member)``.
    """
    chance = random.Random(rows)  # noqa: S311 (words, not secrets)
    world = World(
        people=User.objects.bulk_create(
            User(email=f"row{number}@rows{rows}.example", name=f"Row {number}")
            for number in range(rows)
        )
    )
    space = SpaceFactory(slug=f"rows-{rows}", name=f"Rows {rows}")
    world.groups[space.pk] = [GroupFactory(space=space, name="Farmers")]
    join(space, world.people, world.groups[space.pk])
    numbers = (rows, rows, rows)
    fill(world, space, chance, timezone.now(), number_of=numbers, messages=rows)
    return space, world.people[0]


def join(space, people, groups):
    """Make them members, spread over the groups."""
    Membership.objects.bulk_create(
        Membership(
            space=space,
            person=person,
            group=groups[number % len(groups)],
            status="active",
            joined=timezone.now(),
        )
        for number, person in enumerate(people)
    )


def fill(world, space, chance, now, *, number_of, messages=20):
    """Put pages, stories, talk, gatherings and a webinar into a space.

    Args:
        number_of: (pages, stories, threads).
        messages: in each thread.
    """
    groups = world.groups[space.pk]
    audience = "public" if space.is_open else "members"
    Gathering.objects.create(
        space=space, title="Yearly gathering", starts=now - timedelta(days=200)
    )
    Gathering.objects.create(
        space=space, title="Next gathering", starts=now + timedelta(days=160)
    )
    space.pages_made = []
    for number in range(number_of[0]):
        titles = [page.title for page in space.pages_made[-3:]]
        space.pages_made.append(
            PageFactory(
                space=space,
                title=f"{sentence(chance, 3)[:-1]} {number}",
                slug=f"page-{number}",
                audience=audience,
                created_by=chance.choice(world.people),
                body=wiki_text(chance, titles),
            )
        )
    space.stories_made = [
        make_story(world, space, chance, now, number, audience)
        for number in range(number_of[1])
    ]
    space.threads_made = make_threads(
        space,
        world.people,
        groups,
        chance,
        now,
        number_of[2],
        audience=audience,
        messages=messages,
    )
    talk_under(space.stories_made, world.people, groups, chance, now)
    WebinarFactory(
        space=space,
        title=f"Webinar of {space.name}",
        slug="webinar-1",
        created_by=world.people[0],
    )


def make_story(world, space, chance, now, number, audience):
    """One published story with its own talk."""
    body = "\n\n".join(paragraph(chance, 650) for _ in range(5)) + "\n\n#FireBelts"
    rendered = render(body, profile="story")
    author = chance.choice(world.people)
    story = Story.objects.create(
        space=space,
        author=author,
        entered_by=author,
        author_group=chance.choice(world.groups[space.pk]),
        title=sentence(chance, 6)[:-1],
        slug=f"story-{number}",
        state="published",
        audience=audience,
        body=body,
        body_html=rendered.html,
        plain=rendered.plain,
        minutes=reading_minutes(rendered.plain),
        did_not_work=paragraph(chance, 150),
        published=now - timedelta(days=number, hours=2),
    )
    story.thread = Thread.objects.create(
        space=space,
        origin="story",
        title=story.title,
        path=story.get_absolute_url(),
        audience=audience,
    )
    story.save(update_fields=["thread"])
    story.tags.set_words(["FireBelts"])
    return story


def make_threads(space, people, groups, chance, now, number, *, audience, messages=20):
    """Exchange posts, each with its answers and a hashtag."""
    threads = Thread.objects.bulk_create(
        Thread(
            space=space,
            title=sentence(chance, 8)[:110],
            audience=audience,
            opening_talk="question",
            message_count=messages,
            created=now - timedelta(days=3 + index),
            answered=now - timedelta(days=2 + index),
            last_activity=now - timedelta(days=index, hours=1),
        )
        for index in range(number)
    )
    add_messages(threads, people, groups, chance, messages)
    threads[0].tags.set_words(["FireBelts"])
    tag = Tag.objects.get(space=space, slug="firebelts")
    through = Thread.tags.through
    through.objects.bulk_create(
        [through(content_object=thread, tag=tag) for thread in threads[::3]],
        ignore_conflicts=True,
    )
    return threads


def add_messages(threads, people, groups, chance, messages):
    """Words of about 350 bytes, an hour apart."""
    rows = []
    for thread in threads:
        for index in range(messages):
            body = paragraph(chance, 330)
            person = chance.choice(people)
            rows.append(
                Message(
                    thread=thread,
                    author=person,
                    entered_by=person,
                    author_group=chance.choice(groups),
                    talk="question" if index == 0 else "",
                    body=body,
                    body_html=render(body, profile="message").html,
                    created=thread.created + timedelta(hours=index),
                )
            )
    Message.objects.bulk_create(rows, batch_size=500)


def talk_under(stories, people, groups, chance, now):
    """Three comments under each of the first stories."""
    threads = [story.thread for story in stories[:5]]
    add_messages(threads, people, groups, chance, 3)
    Thread.objects.filter(pk__in=[thread.pk for thread in threads]).update(
        message_count=3, last_activity=now
    )


def has_world():
    """Whether this database holds a world already."""
    return Space.objects.filter(slug="bench-0").exists()


def find_world():
    """The world an earlier run made in this database."""
    world = World(
        people=list(
            User.objects.filter(email__endswith="@bench.example").order_by("pk")
        ),
        spaces=list(Space.objects.filter(slug__startswith="bench-").order_by("pk")),
    )
    world.member = world.people[0]
    for space in world.spaces:
        world.groups[space.pk] = list(StakeholderGroup.objects.filter(space=space))
    first, second = world.spaces[:2]
    pages = {
        page.space_id: page
        for page in PageFactory._meta.model.objects.filter(slug="page-3")
    }
    stories = {story.space_id: story for story in Story.objects.filter(slug="story-1")}
    world.open_page, world.page = pages[first.pk], pages[second.pk]
    world.open_story, world.story = stories[first.pk], stories[second.pk]
    world.thread = (
        Thread.objects.filter(space=second, origin="exchange")
        .order_by("-last_activity")
        .first()
    )
    world.open_tag = Tag.objects.get(space=first, slug="firebelts")
    return world
