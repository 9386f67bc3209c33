"""Writes the demo's talk, stories and pages by the apps' own actions, dated back."""

import re

from conversations.actions import post_message, post_to_exchange
from conversations.models import Message, Thread
from demo.pictures import draw
from demo.scripts import amend, read
from demo.sounds import play
from files.actions import upload
from files.converting import convert_next
from files.models import File
from files.recordings import can_convert
from notifications.models import Notice
from spaces.models import Audience, Record
from stories.actions import add_media, describe_media, publish_story, write_story
from stories.models import Story
from wiki.actions import create_page, save_page
from wiki.models import Page, Revision

_PAGE = re.compile(r"\[\[([^\]]+)\]\]")


class Writer:
    """Writes into one space.

    Args:
        space: the ``Space``.
        people: dict of key to ``User``.
        clock: the ``Clock``.
    """

    def __init__(self, space, people, clock):
        self.space, self.people, self.clock = space, people, clock
        self.audience = Audience.PUBLIC if space.is_open else Audience.MEMBERS
        self.groups = {
            membership.person_id: membership.group
            for membership in space.memberships.select_related("group")
        }
        # While nobody listens there is nothing to date, and queries to save.
        self.is_heard = False
        self.settled = {Notice: _newest(Notice), Record: _newest(Record)}

    def settle(self, moment):
        """Date what the last action left in inboxes and on the record."""
        if not self.is_heard:
            return
        for model, last in self.settled.items():
            rows = model.objects.filter(pk__gt=last)
            newest = rows.order_by("-pk").values_list("pk", flat=True).first()
            if newest:
                rows.update(created=moment)
                self.settled[model] = newest

    def linked(self, words):
        """A message's words: ``[[Title]]`` becomes a link, as people paste them.

        Only wiki pages know the short form.
        """
        return _PAGE.sub(lambda found: self._link_to(found[1]), self.clock.fill(words))

    def _link_to(self, title):
        page = Page.objects.filter(space=self.space, title=title).first()
        return f"[{title}]({page.get_absolute_url()})" if page else f"*{title}*"

    def _voices(self, part):
        """Who speaks and who types, as the actions want to hear it."""
        speaker = self.people[part.who]
        typist = part.flags.get("typed")
        voices = {"by": self.people[typist] if typist else speaker}
        if typist:
            voices["author"] = speaker
        return voices | {"came_by": part.flags.get("via", "web")}

    def exchange(self, parts):
        """Write posts of the exchange with their answers.

        Args:
            parts: ``==`` parts of a script.
        """
        for part in parts:
            moment = self.clock.ago(part.when)
            message = post_to_exchange(
                self.space,
                body=self.linked(part.words),
                talk=part.talk,
                audience=self.audience,
                **self._voices(part),
            )
            self._date(message, moment)
            Thread.objects.filter(pk=message.thread_id).update(
                created=moment, last_activity=moment
            )
            self.answers(message.thread, part.answers, moment)

    def answers(self, thread, parts, moment):
        """Write answers below one another, each some time after the last.

        Args:
            thread: the ``Thread``.
            parts: ``--`` parts.
            moment: of what they answer.
        """
        for part in parts:
            moment = self.clock.after(moment, part.when)
            self.say(thread, part, moment)

    def say(self, thread, part, moment):
        """One message below something, at a moment."""
        message = post_message(
            thread,
            body=self.linked(part.words),
            talk=part.talk,
            **self._voices(part),
        )
        self._date(message, moment)
        Thread.objects.filter(pk=thread.pk).update(last_activity=moment)

    def _date(self, message, moment):
        Message.objects.filter(pk=message.pk).update(created=moment)
        self.settle(moment)

    def stories(self, script):
        """Write stories, their pictures and the talk under them.

        Args:
            script: in the form told in ``demo.texts.stories_one``.
        """
        for part in read(script):
            moment = self.clock.ago(part.when)
            voices = self._voices(part)
            words = {name: text for name, text in part.sections if name}
            story = write_story(
                self.space,
                words=words | part.fields | {"audience": self.audience},
                **voices,
            )
            add_media(
                story, by=voices["by"], files=self._photos(part, voices["by"], moment)
            )
            self._sound(part, story, voices["by"])
            if "draft" not in part.flags:
                story = publish_story(story, by=voices["by"])
                Story.objects.filter(pk=story.pk).update(published=moment)
                Thread.objects.filter(pk=story.thread_id).update(
                    created=moment, last_activity=moment
                )
            Story.objects.filter(pk=story.pk).update(created=moment, changed=moment)
            self.settle(moment)
            if part.answers:
                self.answers(story.thread, part.answers, moment)

    def _photos(self, part, by, moment):
        photos = []
        for name in filter(None, part.flags.get("photo", "").split("+")):
            picture, words = draw(name)
            photo = upload(self.space, picture, by=by, alt=words)
            File.objects.filter(pk=photo.pk).update(created=moment)
            photos.append(photo)
        return photos

    def _sound(self, part, story, by):
        name = part.flags.get("sound")
        if not name or not can_convert(File.Kind.SOUND):
            return
        recording, words, cues = play(name)
        file = upload(self.space, recording, by=by, kind=File.Kind.SOUND)
        (item,) = add_media(
            story, by=by, files=[file], caption="The rim, as it sounds from the store"
        )
        describe_media(item, by=by, transcript=words, cues=cues)
        # Who has just started Alliance wants to hear it now.
        convert_next()

    def pages(self, script):
        """Write wiki pages, all their versions and the talk under them.

        Args:
            script: in the form told in ``demo.texts.wiki_one``.
        """
        for part in read(script):
            moment = self.clock.ago(part.when)
            text = part.words
            voices = self._voices(part)
            outcome = create_page(
                self.space,
                title=self.clock.fill(part.fields["title"]),
                body=self.clock.fill(text),
                audience=self.audience,
                group=self.groups.get(voices.get("author", voices["by"]).pk),
                **voices,
            )
            page = outcome.page
            Page.objects.filter(pk=page.pk).update(created=moment)
            Thread.objects.filter(pk=page.thread_id).update(
                created=moment, last_activity=moment
            )
            self._date_version(outcome.revision, moment)
            for version in part.versions:
                moment = self.clock.ago(version.when)
                text = amend(text, version.sections)
                by = self.people[version.who]
                outcome = save_page(
                    page,
                    by=by,
                    body=self.clock.fill(text),
                    base=outcome.revision,
                    summary=version.note,
                    group=self.groups.get(by.pk),
                )
                self._date_version(outcome.revision, moment)
            self.answers(page.thread, part.answers, moment)

    def _date_version(self, revision, moment):
        Revision.objects.filter(pk=revision.pk).update(created=moment)
        Page.objects.filter(pk=revision.page_id).update(changed=moment)
        self.settle(moment)


def _newest(model):
    return model.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
