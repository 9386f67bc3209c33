"""One world for the whole matrix: three spaces, the cast, one object of each sort.

Everything private carries a word of its own that stands nowhere else, and the world
knows who may read it. ``zebra`` stands in all of it, so that a search finds it.
"""

import re
import secrets
import uuid
from datetime import timedelta
from types import SimpleNamespace

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from accounts.models import User
from accounts.photos import SIZES, name_of
from conversations.actions import (
    edit_message,
    give_guest_pass,
    hide_message,
    open_tag,
    post_message,
    post_to_exchange,
    say_as_guest,
)
from conversations.quieting import letters_token
from digests.models import Issue, sign_issue
from files.uploading import begin_upload
from inbound.models import ReceivedLetter
from notifications.models import Delivery, Notice
from spaces.actions.inviting import create_link, invite_people
from spaces.actions.linking import make_claim_link, register_linked
from spaces.actions.recording import write_record
from spaces.models import Gathering, JoinQuestion, SpaceDraft
from spaces.tokens import invitation_token, sign_membership
from stories.actions import (
    add_media,
    describe_media,
    publish_story,
    withdraw_story,
    write_story,
)
from tags.models import Tag
from tests.access.matrix import CAST, INSIDE, OPENNESS
from tests.access.pages import make_pages
from tests.factories.accounts import UserFactory
from tests.factories.files import FileFactory
from tests.factories.spaces import GroupFactory, MembershipFactory, SpaceFactory
from webinars.actions import answer_webinar, calendar_feed_of, schedule_webinar
from webinars.actions.seating import answer_seat, ask_for_checks, offer_seat
from webinars.models import Recording

STEWARDS = {"steward", "facilitator"}
JOINING = {"open": "open", "listed": "request", "hidden": "invitation"}
STATUS = {"invited": "invited", "requested": "requested", "banned": "banned"}
EVERYBODY = set(CAST)


class World:
    """The cast, a corner per openness, and every secret with its readers."""

    def __init__(self):
        self.people = {
            name: UserFactory(email=f"{name}@example.org", name=name.title())
            for name in CAST
            if name != "guest"
        }
        User.objects.filter(pk=self.people["admin"].pk).update(
            is_staff=True, is_superuser=True
        )
        self.people["admin"].refresh_from_db()
        # Writes most things, so that the cast meets other people's.
        self.writer = UserFactory(email="writer@example.org", name="Nana Writer")
        self.writer.photo, self.photo_version = _square()
        self.writer.save()
        self.secrets = {}
        self.corners = {openness: Corner(self, openness) for openness in OPENNESS}
        self._drafts()
        self.held = ReceivedLetter.objects.create(
            key="a",
            message_id="<a@example.org>",
            sender="x@example.org",
            state="held",
            delivery=Delivery.objects.filter(recipient=self.writer).first()
            or Delivery.objects.first(),
        )

    def secret(self, openness, sort, readers):
        """A new word for something private.

        Args:
            openness, sort: become the word, so that a failure says what leaked.
            readers: names of the cast who may read it.
        """
        word = f"zq{openness}{sort}"
        self.secrets[word] = set(readers)
        return word

    def leaks(self, person, text):
        """Words in this text that this person should not read."""
        found = set(re.findall(r"zq(?:any|open|listed|hidden)[a-z]+", text))
        return sorted(word for word in found if person not in self.secrets[word])

    def _drafts(self):
        word = self.secret("any", "spacedraft", {"member"})
        self.draft = SpaceDraft.objects.create(
            owner=self.people["member"],
            answers={"concern": {"name": [f"Zebra {word}"]}},
        )


def _square():
    """A stored profile photo: its name and the part of it that nobody can guess."""
    version = secrets.token_hex(12)
    for size in SIZES:
        default_storage.save(name_of(version, size), ContentFile(b"square"))
    return name_of(version, SIZES[0]), version


class Corner(SimpleNamespace):
    """A space of one openness and everything in it, by name."""

    def __init__(self, world, openness):
        super().__init__(world=world, openness=openness, people=world.people)
        self._space()
        self._memberships()
        self._settings()
        self._talk()
        self._open_tag()
        self._stories()
        self._webinars()
        self._files()
        self._letters()
        make_pages(self)
        self._notices()

    # ── who may read what ────────────────────────────────────────────────────

    def public(self, sort):
        """A word in a public item: never wider than its space."""
        return self.secret(sort, EVERYBODY if self.openness == "open" else INSIDE)

    def audience(self, wanted):
        """What an item may have here; "public" exists in open spaces only."""
        if wanted == "public" and self.openness != "open":
            return "members"
        return wanted

    def secret(self, sort, readers=INSIDE):
        return self.world.secret(self.openness, sort, readers)

    # ── what there is ────────────────────────────────────────────────────────

    def _space(self):
        card = EVERYBODY
        if self.openness == "hidden":
            card = {*INSIDE, "invited", "admin"}
        word = self.secret("name", card)
        self.space = SpaceFactory(
            slug=word,
            name=f"Zebra {word}",
            visibility=self.openness,
            join_policy=JOINING[self.openness],
        )
        self.slug = word

    def _memberships(self):
        self.farmers = GroupFactory(space=self.space, name="Farmers", palette=0)
        self.officers = GroupFactory(space=self.space, name="Officers", palette=1)
        groups = {"member": self.farmers, "other_group": self.officers}
        self.rows = {}
        for name, person in self.people.items():
            if name in INSIDE or name in STATUS:
                self.rows[name] = MembershipFactory(
                    space=self.space,
                    person=person,
                    role=name if name in STEWARDS else "member",
                    status=STATUS.get(name, "active"),
                    group=groups.get(name),
                )
        asked = self.rows["requested"]
        asked.requested = timezone.now()
        # Who asked reads their own words on the page that says how it stands.
        asked.request_message = self.secret("request", {*STEWARDS, "requested"})
        asked.save()
        banned = self.rows["banned"]
        banned.decision_reason = self.secret("banreason", {*STEWARDS, "banned"})
        banned.save()
        self.writer = MembershipFactory(
            space=self.space,
            person=self.world.writer,
            group=self.farmers,
            is_linker=True,
        )
        # Belongs, and has never written: known to members and the site's admins.
        word = self.secret("silent", {*INSIDE, "admin"})
        silent = UserFactory(name=f"Zebra {word}", helps_with="Zebra keeping")
        self.silent = MembershipFactory(space=self.space, person=silent)
        self.asked, self.banned = self.rows["requested"], self.rows["banned"]
        self.steward_row = self.rows["steward"]
        self.photo_version = self.world.photo_version

    def _settings(self):
        self.gathering = Gathering.objects.create(
            space=self.space,
            title=f"Zebra {self.public('gathering')}",
            starts=timezone.now() + timedelta(days=40),
        )
        self.question = JoinQuestion.objects.create(
            space=self.space, text="Where do you farm?"
        )
        write_record(
            "openness_changed",
            by=self.people["facilitator"],
            space=self.space,
            reason=self.secret("record", {*INSIDE, "admin"}),
            old=["listed", "request"],
            new=["listed", "request"],
        )

    def _talk(self):
        member, steward = self.people["member"], self.people["steward"]
        writer = self.world.writer
        self.public_thread = self._post(self.public("publicpost"), "public")
        self.members_thread = self._post(self.secret("memberspost"), "members")
        self.group_tag = self.secret("grouptag", {"member"})
        self.group_thread = self._post(
            self.secret("grouppost", {"member"}),
            "group",
            self.farmers,
            tags=[self.group_tag],
        )
        self.public_message = self.public_thread.messages.get()
        self.group_message = self.group_thread.messages.get()
        self.own_message = post_message(
            self.public_thread, by=member, body=f"Zebra {self.public('ownmessage')}"
        )
        # Hidden and waiting words stand in the middle of a talk that many read.
        self.hidden_message = post_message(
            self.public_thread,
            by=writer,
            body=f"Zebra {self.secret('hiddenmessage', STEWARDS)}",
        )
        # What it said at first is out of sight with it.
        edit_message(
            self.hidden_message,
            by=writer,
            body=f"Zebra {self.secret('hiddenwording', STEWARDS)}",
        )
        hide_message(self.hidden_message, by=steward, reason="House rules.")
        self.held_message = post_message(
            self.public_thread,
            by=None,
            author_name="A guest",
            body=f"Zebra {self.secret('heldmessage', STEWARDS)}",
            held=True,
        )
        self.hidden_thread = self._post(self.secret("hiddenpost", STEWARDS), "public")
        opening = self.hidden_thread.messages.get()
        hide_message(opening, by=steward, reason="House rules.")
        self.own_post = post_to_exchange(
            self.space,
            by=member,
            body=f"Zebra own post {self.public('ownpost')} #zebra",
            audience=self.audience("public"),
        ).thread
        # On the record, which members and the site's administrators read.
        name = self.secret("passname", {*INSIDE, "admin"})
        address = self.secret("passaddress", {*STEWARDS, "admin"})
        self.guest_pass = give_guest_pass(
            self.members_thread,
            by=steward,
            name=f"Zebra {name}",
            address=f"{address}@example.org",
            days=7,
        )
        self.pass_token = self.guest_pass.token
        self.calendar_token = calendar_feed_of(self.people["member"]).token

    def _open_tag(self):
        """A hashtag opened to guests; in spaces that are not open it opens nothing."""
        word = "zebraopen"
        tag = Tag(space=self.space, name=word, slug=word, display=word)
        tag = open_tag(tag, by=self.people["facilitator"])
        self.word_token = say_as_guest(
            tag,
            name="A guest",
            address="guest@example.org",
            body=f"Zebra {self.secret('guestword', set())}",
            client_id=uuid.uuid4(),
            proved=False,
        ).token

    def _post(self, word, audience, group=None, tags=()):
        """A post of the writer, with a hashtag that all posts share."""
        message = post_to_exchange(
            self.space,
            by=self.world.writer,
            body=f"Zebra {word} asks. #zebra",
            talk="question",
            audience=self.audience(audience),
            audience_group=group,
            tags=tags,
        )
        return message.thread

    def _stories(self):
        self.public_story = self._story(self.public("publicstory"), "public")
        self.members_story = self._story(self.secret("membersstory"), "members")
        self.group_story = self._story(
            self.secret("groupstory", {"member"}), "group", self.farmers
        )
        member = self.people["member"]
        draft = self.secret("draftstory", {"member"})
        self.draft_story = self._draft(draft, "members", by=member)
        story = self._draft(
            self.secret("withdrawnstory", {"member"}), "members", by=member
        )
        story = publish_story(story, by=member)
        withdraw_story(story, by=member)
        self.withdrawn_story = story
        self.own_story = publish_story(
            self._draft(self.public("ownstory"), "public", by=member), by=member
        )

        for sort in ("public", "members", "group", "draft", "own"):
            story = getattr(self, f"{sort}_story")
            cues = f"WEBVTT\n\n00:00.000 --> 00:02.000\n{story.title}\n"
            medium = add_media(story, by=member, link=f"https://film.example/{sort}")[0]
            describe_media(medium, by=member, caption=story.title, cues=cues)
            setattr(self, f"{sort}_medium", medium)
        self.incoming = begin_upload(
            self.space, by=member, name=self.secret("incoming", {"member"}), size=9
        )

    def _draft(self, word, audience, group=None, by=None):
        words = {
            "title": f"Zebra {word}",
            "body": f"Zebra {word} tells. #zebra",
            "did_not_work": f"Zebra {word} failed.",
            "audience": self.audience(audience),
            "audience_group": group,
        }
        return write_story(self.space, by=by or self.world.writer, words=words)

    def _story(self, word, audience, group=None):
        story = self._draft(word, audience, group)
        return publish_story(story, by=self.world.writer)

    def _webinars(self):
        room = self.secret("room", {*STEWARDS, "member"})
        for audience, word in (
            ("public", self.public("publicwebinar")),
            ("members", self.secret("memberswebinar")),
            ("group", self.secret("groupwebinar", {"member"})),
        ):
            webinar = schedule_webinar(
                self.space,
                by=self.world.writer,
                words={
                    "title": f"Zebra {word}",
                    "question": f"Zebra {word}?",
                    "description": f"Zebra {word} #zebra",
                    "starts": timezone.now() + timedelta(days=2),
                    "ends": timezone.now() + timedelta(days=2, hours=1),
                    "time_zone": "Africa/Accra",
                    "join_url": f"https://rooms.example.org/{room}",
                    "audience": self.audience(audience),
                    "audience_group": self.farmers if audience == "group" else None,
                },
            )
            setattr(self, f"{audience}_webinar", webinar)
            answer_webinar(webinar, by=self.people["member"], answer="yes")
        room_row = self.public_webinar.room
        self.room_token = room_row.token
        self.recording = Recording.objects.create(
            room=room_row,
            record_id=f"record-{room_row.pk}",
            address=f"https://rooms.example.org/{room}",
        )
        seats = [
            offer_seat(
                self.public_webinar,
                by=self.world.writer,
                name="A guest",
                address=f"seat{number}.{self.slug}@example.org",
                language="en",
                stands_for="charcoal makers",
            )
            for number in range(2)
        ]
        self.seat, self.ended_seat = seats
        answer_seat(self.seat, answer="yes")
        ask_for_checks(self.public_webinar, text="What was said.")
        self.seat_token = self.seat.token
        # Who comes is for members to see; this one says it by name.
        answer_webinar(self.public_webinar, by=self.silent.person, answer="yes")

    def _files(self):
        for sort, word, fields in (
            ("public", self.public("publicfile"), {"audience": "public"}),
            ("members", self.secret("membersfile"), {}),
            (
                "group",
                self.secret("groupfile", {"member"}),
                {"audience": "group", "audience_group": self.farmers},
            ),
            (
                "draft",
                self.secret("draftfile", {"member"}),
                {"is_draft": True, "uploaded_by": self.people["member"]},
            ),
        ):
            fields = {"uploaded_by": self.world.writer, **fields}
            fields["audience"] = self.audience(fields.get("audience", "members"))
            content = ContentFile(f"zebra {word}".encode(), "field.webp")
            file = FileFactory(space=self.space, original=content, **fields)
            setattr(self, f"{sort}_file", file)

    def _letters(self):
        by = self.people["facilitator"]
        word = self.secret("letter", {*STEWARDS, "invited"})
        invited = invite_people(
            self.space,
            by=by,
            rows=[{"address": f"{self.openness}-friend@example.org"}],
            message=word,
        )
        (self.letter,) = invited.invited
        self.letter_token = invitation_token(self.letter)
        mail = self.secret("waitingmail", STEWARDS)
        self.waiting_mail = ReceivedLetter.objects.create(
            key=f"waiting-{self.openness}",
            message_id="<b@example.org>",
            sender="x@example.org",
            state="held",
            way="post",
            text=f"Zebra {mail}",
            space=self.space,
            membership=self.space.memberships.get(person=self.people["member"]),
        )
        self.link = create_link(self.space, by=by)
        self.link_token = invitation_token(self.link)
        self.typed = register_linked(
            self.space,
            by=self.world.writer,
            name=f"Zebra {self.secret('linked', {*INSIDE, 'admin'})}",
            consent=self.secret("consent", {"facilitator"}),
            consent_given=timezone.now().date(),
            contact=self.secret("contact", {"facilitator"}),
        )
        self.claim_token = make_claim_link(self.typed, by=self.world.writer)
        self.mail_token = sign_membership(self.rows["member"])
        self.letters_token = letters_token(self.members_thread, self.people["member"])
        self.issue = self._issue(self.rows["member"])
        self.issue_token = sign_issue(self.issue.pk)

    def _issue(self, membership):
        """A digest that the member got."""
        delivery = Delivery.objects.create(
            recipient=membership.person,
            recipient_key=f"user-{membership.person_id}",
            kind="digests.space_digest",
            target=str(membership.pk),
            state="sent",
        )
        now = timezone.now()
        return Issue.objects.create(
            delivery=delivery,
            membership=membership,
            since=now - timedelta(days=1),
            until=now,
        )

    def _notices(self):
        """Everybody was once told of the private things, and may have left since."""
        told = [
            ("conversations.message_posted", self.own_message.pk),
            ("conversations.message_posted", self.hidden_message.pk),
            (
                "conversations.message_posted",
                self.group_message.pk,
            ),
            ("stories.story_published", self.members_story.pk),
            ("stories.story_published", self.group_story.pk),
            ("stories.story_published", self.withdrawn_story.pk),
            ("webinars.webinar_scheduled", self.members_webinar.pk),
            ("webinars.webinar_scheduled", self.group_webinar.pk),
            *self.page_notices,
        ]
        Notice.objects.bulk_create(
            Notice(
                recipient=person, kind=kind, target=str(pk), group_key=f"{kind}:{pk}"
            )
            for person in self.people.values()
            for kind, pk in told
        )
        self.own_notice = Notice.objects.filter(recipient=self.people["member"]).first()
