import factory

from conversations.actions.counting import first_answer
from conversations.models import Message, Thread
from tests.factories.accounts import UserFactory
from tests.factories.spaces import SpaceFactory


class ThreadFactory(factory.django.DjangoModelFactory):
    """A post of the exchange, for members, without its first message."""

    class Meta:
        model = Thread

    space = factory.SubFactory(SpaceFactory)
    title = factory.Sequence(lambda n: f"Thread {n}")


class MessageFactory(factory.django.DjangoModelFactory):
    """One message, as the actions would have left it."""

    class Meta:
        model = Message
        skip_postgeneration_save = True

    thread = factory.SubFactory(ThreadFactory)
    author = factory.SubFactory(UserFactory)
    body = factory.Sequence(lambda n: f"Words number {n}")
    body_html = factory.LazyAttribute(lambda message: f"<p>{message.body}</p>")

    @factory.post_generation
    def counted(self, create, extracted, **kwargs):
        """The thread counts what can be read."""
        if create and self.hidden is None and self.held is None:
            thread = self.thread
            if thread.message_count == 0:
                thread.opening_talk = self.talk
            elif thread.answered is None:
                thread.answered = first_answer(thread)
            thread.message_count += 1
            thread.last_activity = max(thread.last_activity, self.created)
            thread.save()
