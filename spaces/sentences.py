"""The record, told: one sentence per verb.

Every verb that ``write_record`` is called with has its sentence here. A sentence may
use ``%(actor)s``, ``%(about)s``, ``%(space)s`` and any key of the record's detail;
values that are codes (a role, an openness) are told in words by ``_WORDS``.
"""

from collections import defaultdict

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from spaces.models import Membership, SiteRules, Space
from spaces.models.space import OPENNESS

SENTENCES = {
    # The space itself
    "space_created": _("%(actor)s created the space."),
    "space_changed": _("%(actor)s changed what the space says of itself: %(what)s."),
    "openness_changed": _(
        "%(actor)s changed the openness from “%(old)s” to “%(new)s”."
    ),
    "state_changed": _("%(actor)s changed the state from “%(old)s” to “%(new)s”."),
    "rest_reminded": _(
        "%(actor)s reminded the facilitators that the space is still resting."
    ),
    "tools_changed": _("%(actor)s changed the tools: %(new)s."),
    "rules_changed": _("%(actor)s changed the house rules."),
    "questions_changed": _("%(actor)s changed the questions asked of newcomers."),
    "digest_default_changed": _(
        "%(actor)s changed the digest that newcomers get from “%(old)s” to “%(new)s”."
    ),
    "digest_proposed": _("%(actor)s proposed the digest “%(new)s” to all members."),
    # Stakeholder groups
    "group_added": _("%(actor)s added the stakeholder group “%(group)s”."),
    "group_renamed": _("%(actor)s renamed the group “%(old)s” to “%(new)s”."),
    "group_removed": _("%(actor)s removed the stakeholder group “%(group)s”."),
    "group_merged": _("%(actor)s merged the group “%(group)s” into “%(into)s”."),
    "pages_imported": _("%(actor)s took %(number)s wiki pages in from files."),
    # Gatherings
    "gathering_added": _("%(actor)s added the gathering “%(title)s”."),
    "gathering_changed": _("%(actor)s changed the gathering “%(title)s”."),
    "gathering_removed": _("%(actor)s removed the gathering “%(title)s”."),
    # Who belongs
    "member_joined": _("%(about)s joined."),
    "member_left": _("%(actor)s left."),
    "request_declined": _("%(actor)s declined the request of %(about)s."),
    "people_invited": _("%(actor)s invited people by letter (%(number)s)."),
    "link_created": _("%(actor)s made an invitation link."),
    "invitation_revoked": _("%(actor)s took an invitation back."),
    "role_changed": _("%(actor)s changed the role of %(about)s: %(new)s."),
    "member_banned": _("%(actor)s banned %(about)s."),
    "ban_lifted": _("%(actor)s lifted the ban of %(about)s."),
    # Linkers
    "person_registered": _("%(actor)s registered %(about)s, who has no account."),
    "claim_link_made": _("%(actor)s made a link with which %(about)s takes over."),
    "person_claimed": _("%(about)s took over what was typed for %(name)s."),
    "consent_withdrawn": _("%(actor)s ended typing for somebody at their wish."),
    # Talk
    "announced": _(
        "%(actor)s sent an announcement to the members (%(number)s by mail at once)."
    ),
    "message_hidden": _("%(actor)s hid a message by %(about)s."),
    "message_restored": _("%(actor)s restored a message by %(about)s."),
    "message_released": _("%(actor)s let a waiting message through."),
    "tag_opened": _("%(actor)s opened the hashtag #%(tag)s to everybody."),
    "tag_closed": _("%(actor)s closed the hashtag #%(tag)s to outsiders."),
    "guest_pass_given": _(
        "%(actor)s gave %(guest)s a guest pass for one conversation (%(days)s days)."
    ),
    "guest_pass_revoked": _("%(actor)s ended the guest pass of %(guest)s."),
    # Stories and webinars
    "story_withdrawn": _("%(actor)s withdrew a story by %(about)s."),
    "seat_offered": _("%(actor)s asked %(guest)s into a webinar as a guest."),
    "seat_revoked": _("%(actor)s ended the pass of %(guest)s for a webinar."),
    "webinar_cancelled": _("%(actor)s cancelled a webinar."),
    # The wiki
    "page_deleted": _("%(actor)s deleted a wiki page."),
    "page_undeleted": _("%(actor)s brought a deleted wiki page back."),
    "page_protected": _("%(actor)s changed who edits a wiki page: %(new)s."),
    "writer_trusted": _("%(actor)s trusts the wiki changes of %(about)s."),
    "writer_untrusted": _("%(actor)s looks at the wiki changes of %(about)s again."),
    "proposal_approved": _("%(actor)s approved a proposal for a page by %(about)s."),
    "proposal_declined": _("%(actor)s declined a proposal for a page by %(about)s."),
    "proposal_raised": _("A proposal for a wiki page has waited long; others know."),
    "page_care_changed": _("%(actor)s changed who looks after a wiki page."),
    "page_looked_at": _("%(actor)s looked at a wiki page: %(new)s."),
    "page_care_raised": _("Nobody looked at a wiki page when asked; others know."),
    # Site administrators
    "admin_stepped_in": _(
        "%(actor)s, a site administrator, stepped in as facilitator."
    ),
    "facilitator_named": _(
        "%(actor)s, a site administrator, made %(about)s a facilitator."
    ),
    "letters_retried": _(
        "%(actor)s let letters that had failed be tried again (%(number)s)."
    ),
    "site_rules_changed": _(
        "%(actor)s changed who may create spaces from “%(old)s” to “%(new)s”."
    ),
    "creating_allowed": _("%(actor)s allowed %(about)s to create spaces."),
    "creating_forbidden": _("%(actor)s no longer lets %(about)s create spaces."),
    "person_deactivated": _("%(actor)s closed the account of %(about)s."),
    "person_reactivated": _("%(actor)s opened the account of %(about)s again."),
    "admin_named": _("%(actor)s made %(about)s a site administrator."),
    "demo_loaded": _("The demo alliance was loaded."),
    "admin_removed": _("%(actor)s took the administrator’s rights from %(about)s."),
}


def _openness(detail):
    return {
        key: str(OPENNESS.get(tuple(detail[key]), " · ".join(detail[key])))
        for key in ("old", "new")
        if isinstance(detail.get(key), list) and len(detail[key]) == 2
    }


def _labels(choices):
    table = dict(choices)

    def words(detail):
        return {
            key: str(table.get(detail[key], detail[key])).split(":")[0]
            for key in ("old", "new")
            if isinstance(detail.get(key), str)
        }

    return words


def _tools(detail):
    table = dict(Space.Tool.choices)
    chosen = [str(table.get(tool, tool)) for tool in detail.get("new", [])]
    return {"new": ", ".join(chosen) or gettext("none")}


def _parts(detail):
    fields = {field.name: field.verbose_name for field in Space._meta.fields}
    return {"what": ", ".join(str(fields.get(n, n)) for n in detail.get("what", []))}


def _role(detail):
    table = dict(Membership.Role.choices)
    return {
        key: str(table.get(detail[key], detail[key]))
        for key in ("role", "old", "new")
        if isinstance(detail.get(key), str)
    }


# Codes of the wiki, which stands above.
_PROTECTIONS = [
    ("open", _("all members")),
    ("approval", _("members propose, a steward approves")),
    ("stewards", _("stewards and facilitators")),
]
_VERDICTS = [
    ("right", _("still right")),
    ("work", _("needs work")),
    ("old", _("out of date")),
]

_WORDS = {
    "page_protected": _labels(_PROTECTIONS),
    "page_looked_at": _labels(_VERDICTS),
    "openness_changed": _openness,
    "state_changed": _labels(Space.State.choices),
    "tools_changed": _tools,
    "space_changed": _parts,
    "digest_default_changed": _labels(Space.Frequency.choices),
    "digest_proposed": _labels(Space.Frequency.choices),
    "site_rules_changed": _labels(SiteRules.Creation.choices),
    "role_changed": _role,
}


def sentence(record):
    """One line of the record as a person reads it.

    Args:
        record: a ``Record`` with ``actor`` and ``about`` fetched.

    Returns:
        plain text, never markup; a verb nobody describes is shown as it is.
    """
    words = {key: value for key, value in record.detail.items() if value is not None}
    if tell := _WORDS.get(record.verb):
        words |= tell(record.detail)
    words["actor"] = _name(record.actor, record.actor_id, gettext("The clock"))
    words["about"] = _name(record.about, record.about_id, gettext("somebody"))
    words["space"] = record.space.name if record.space_id else gettext("the site")
    template = SENTENCES.get(record.verb)
    if template is None:
        return f"{words['actor']}: {record.verb.replace('_', ' ')}"
    return str(template) % defaultdict(lambda: "…", words)


def _name(person, identifier, otherwise):
    return person.get_full_name() if identifier and person else otherwise
