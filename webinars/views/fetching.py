"""The webinar that an address means."""

from spaces.entry import find
from webinars.models import Webinar


def get_webinar(request, space, slug):
    """The webinar with this slug, if this reader sees it; 404 otherwise."""
    webinar = find(
        request,
        Webinar.objects.select_related(
            "thread", "audience_group", "room", "stance_question"
        ).prefetch_related("hosts"),
        space=space,
        space_id=space.pk,
        slug=slug,
    )
    webinar.thread.space = space
    return webinar
