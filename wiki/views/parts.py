"""What the form of a section sends, made the form of the whole page: from there on a
section is saved, joined with others' words, proposed or refused like any other text."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from markup.sections import Section
from wiki.forms import PageForm
from wiki.sectioning import put_back, section_of
from wiki.views.drafts import find_base


@dataclass(frozen=True)
class Part:
    """The section that was typed.

    Attributes:
        section: as it stands in the version it was made from.
        words: what was typed in its place.
    """

    section: Section
    words: str

    @property
    def id(self):
        """The id of its heading."""
        return self.section.id


def read_form(request, space, page):
    """The form of the whole page, whichever form was sent.

    Args:
        request: a POST.
        space, page: where.

    Returns:
        (``PageForm``, ``Part`` or None). A form of a section that is wrong comes back
        as it is, to be drawn again.
    """
    place = request.POST.get("section", "")
    who = {"space": space, "user": request.user, "page": page}
    if not place:
        return PageForm(request.POST, **who), None
    base = find_base(page, request.POST.get("base"))
    section = section_of(base, place)
    if section is None:
        form = PageForm(request.POST, section=Section(place, place, 2, 0, 0), **who)
        form.add_error(
            "body",
            _("The version you began with has no such section. Your words are still "
              "here: copy them, and put them where they belong on the whole page."),
        )  # fmt: skip
        return form, None
    small = PageForm(request.POST, section=section, **who)
    if not small.is_valid():
        return small, None
    words = small.cleaned_data
    kept = {"title": page.title, "parent": "", "audience": page.audience,
            "protection": page.protection}  # fmt: skip
    data = {
        **kept,
        **{f"initial-{name}": value for name, value in kept.items()},
        "base": base.pk,
        "body": put_back(base, section, words["body"]),
        "summary": words["summary"],
    }
    if words["is_minor"]:
        data["is_minor"] = "on"
    return PageForm(data, **who), Part(section, words["body"])
