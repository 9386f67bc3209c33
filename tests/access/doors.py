"""One line per URL of ours: which door it is, and how to knock.

``line(door, …)`` is a way to knock: methods, then the URL's words as attributes of a
``Corner`` (``pk="public_thread.pk"``). A URL with several lines is asked about several
objects. The doors are in ``matrix.py``, the objects in ``world.py``.
"""

from dataclasses import dataclass, field

from tests.access.matrix import (
    INSIDE,
    admins,
    card,
    card_signed_in,
    everybody,
    facilitators,
    file_of,
    group_item,
    known_to,
    members,
    members_item,
    nobody,
    only,
    open_feed,
    opens_tags,
    own_draft,
    own_import,
    own_proposal,
    own_upload,
    part_of_group_item,
    part_of_members_item,
    public_of_its_own,
    read,
    read_signed_in,
    signed_in,
    stewards,
)

GET, POST = ("GET",), ("POST",)
FORM = ("GET", "POST")


@dataclass(frozen=True)
class Line:
    """One way to knock at one URL.

    Attributes:
        door: openness → person → answer.
        methods: which of GET and POST.
        words: URL word → path of an attribute of the corner, or a literal after "=".
        query: added to the address.
        data: what is posted.
        by_token: whoever holds the address may read what it shows.
        per_space: asked in each of the three corners.
        also: status codes that count as an answer here.
        keeps: tables that are written to even where the answer is no.
    """

    door: dict
    methods: tuple
    words: dict
    query: str = ""
    data: dict = field(default_factory=dict)
    by_token: bool = False
    per_space: bool = True
    also: tuple = ()
    keeps: tuple = ()


def line(door, methods=GET, *, space=True, **fields):
    known = {"query", "data", "by_token", "per_space", "also", "keeps"}
    more = {name: fields.pop(name) for name in known & set(fields)}
    words = {"space": "slug", **fields} if space else fields
    return Line(door=door, methods=methods, words=words, **more)


def once(door, methods=GET, **fields):
    """A URL outside the spaces: asked once."""
    return line(door, methods, space=False, per_space=False, **fields)


DOORS = {
    # ── discover ─────────────────────────────────────────────────────────────
    "discover:home": [once(everybody())],
    "discover:search": [
        once(everybody()),
        once(everybody(), query="q=zebra"),
        once(everybody(), query="q=zebra&in=people"),
        once(everybody(), query="q=zebra&in=messages"),
        once(everybody(), query="q=zebra&in=stories"),
        once(everybody(), query="q=zebra&in=pages"),
        once(everybody(), query="q=zebra&in=spaces"),
    ],
    "discover:sitemap": [once(everybody())],
    "discover:sitemap_section": [
        once(everybody(), section=f"={kind}")
        for kind in ("spaces", "stories", "wiki", "webinars")
    ],
    "discover:robots": [once(everybody())],
    "discover:space_detail": [line(card())],
    "discover:tag_detail": [
        line(read(), tag="=zebra"),
        # A tag that only a group has used looks to others as one that nobody has.
        line(read(), tag="group_tag"),
        line(read(), tag="=nobody-has-used-this"),
    ],
    "discover:tag_live": [
        line(read(), tag="=zebra"),
        # A word that only others' items carry is a word that nobody has used.
        line(group_item(), tag="group_tag"),
        line(only(outside="none"), tag="=nobody-has-used-this"),
    ],
    # ── accounts ─────────────────────────────────────────────────────────────
    "accounts:account_home": [once(signed_in())],
    "accounts:profile_edit": [once(signed_in(), FORM)],
    "accounts:language_set": [once(everybody(), FORM)],
    # Its address is a secret of 96 bits (docs/decisions/profile-photos.md).
    "accounts:photo": [
        once(everybody(), pk="world.writer.pk", version="photo_version", size="=96")
    ],
    # ── notifications ────────────────────────────────────────────────────────
    "notifications:inbox": [
        once(signed_in()),
        once(signed_in(), query="show=unread"),
        once(signed_in(), query="page=2"),
    ],
    "notifications:inbox_count": [once(signed_in())],
    "notifications:inbox_read": [once(signed_in(), POST)],
    "notifications:inbox_clear": [once(signed_in(), POST)],
    "wishes:preferences": [once(signed_in(), FORM), once(signed_in(), query="page=2")],
    "wishes:preferences_less": [once(signed_in(), POST)],
    "wishes:preferences_undo": [once(signed_in(), POST)],
    "wishes:letters_resume": [once(signed_in(), POST)],
    "notifications:notice_open": [
        line(known_to("member"), POST, space=False, pk="own_notice.pk")
    ],
    "notifications:notice_read": [
        line(known_to("member"), POST, space=False, pk="own_notice.pk")
    ],
    "healthz": [once(everybody(), also=(503,))],  # no worker runs under tests
    "ui:component_list": [once(nobody())],
    # ── spaces: the space itself ─────────────────────────────────────────────
    "spaces:space_begin": [line(read_signed_in())],
    "spaces:space_about": [line(card())],
    "spaces:record_list": [line(members())],
    "spaces:gathering_list": [line(read())],
    "spaces:gathering_create": [line(facilitators(), FORM)],
    "spaces:gathering_edit": [line(facilitators(), FORM, pk="gathering.pk")],
    "spaces:gathering_delete": [line(facilitators(), FORM, pk="gathering.pk")],
    "spaces:space_settings": [line(facilitators(), FORM)],
    "spaces:space_openness": [line(facilitators(), FORM)],
    "spaces:space_groups": [line(facilitators(), FORM)],
    "spaces:space_group_edit": [line(facilitators(), FORM, pk="officers.pk")],
    "spaces:space_group_move": [line(facilitators(), POST, pk="officers.pk")],
    "spaces:space_group_remove": [line(facilitators(), FORM, pk="officers.pk")],
    "spaces:space_questions": [line(facilitators(), FORM)],
    "spaces:space_question_edit": [line(facilitators(), FORM, pk="question.pk")],
    "spaces:space_tools": [line(facilitators(), FORM)],
    "spaces:space_rules": [line(facilitators(), FORM)],
    "spaces:space_digest": [line(facilitators(), FORM)],
    "spaces:space_state": [line(facilitators(), FORM)],
    # ── spaces: its people ───────────────────────────────────────────────────
    "spaces:space_join": [line(card(), FORM)],
    "spaces:request_withdraw": [line(card_signed_in(), POST)],
    "spaces:request_list": [line(stewards())],
    "spaces:request_detail": [line(stewards(), FORM, pk="asked.pk")],
    "spaces:invitation_list": [line(stewards())],
    "spaces:invitation_create": [line(stewards(), FORM)],
    "spaces:invitation_link_create": [line(stewards(), FORM)],
    "spaces:invitation_resend": [line(stewards(), POST, pk="letter.pk")],
    "spaces:invitation_revoke": [line(stewards(), POST, pk="letter.pk")],
    "spaces:member_list": [line(members()), line(members(), query="q=zebra")],
    "spaces:member_detail": [line(members(), pk="silent.pk")],
    "spaces:role_edit": [line(facilitators(), FORM, pk="silent.pk")],
    "spaces:member_ban": [
        line(stewards(), FORM, pk="silent.pk"),
        line(facilitators(), FORM, pk="steward_row.pk"),
    ],
    "spaces:member_unban": [line(stewards(), POST, pk="banned.pk")],
    "spaces:member_banned": [line(stewards())],
    "spaces:role_handover": [line(facilitators(), FORM)],
    "spaces:linked_list": [line(facilitators())],
    "spaces:linked_create": [line(only(), FORM)],  # linkers; nobody of the cast
    "spaces:linked_claim_link": [line(facilitators(), FORM, pk="typed.pk")],
    "spaces:linked_end": [line(facilitators(), FORM, pk="typed.pk")],
    "spaces:member_settings": [line(members(), FORM)],
    "spaces:member_leave": [line(members(), FORM)],
    "spaces:mail_settings": [
        line(everybody(), FORM, token="mail_token", by_token=True),
        line(nobody(), FORM, token="=2:forged"),
    ],
    # ── spaces: outside any one ──────────────────────────────────────────────
    "joining:space_create": [once(signed_in(), FORM)],
    "joining:space_draft_edit": [
        once(known_to("member"), FORM, key="world.draft.key", step="=concern")
    ],
    # Somebody else's key begins a draft of one's own.
    "joining:space_draft_save": [
        once(signed_in(), POST, key="world.draft.key", step="=concern")
    ],
    "joining:space_draft_review": [
        once(known_to("member"), FORM, key="world.draft.key")
    ],
    "joining:space_draft_delete": [
        once(known_to("member"), POST, key="world.draft.key")
    ],
    "joining:invitation_detail": [
        line(everybody(), FORM, space=False, token="letter_token", by_token=True),
        line(everybody(), FORM, space=False, token="link_token", by_token=True),
        line(everybody(), space=False, token="=forged", also=(410,)),
    ],
    "joining:invitation_decline": [
        line(everybody(), FORM, space=False, token="letter_token", by_token=True),
        line(everybody(), FORM, space=False, token="=forged", also=(410,)),
    ],
    "joining:linked_claim": [
        line(everybody(), space=False, token="claim_token", by_token=True),
        line(everybody(), space=False, token="=forged", also=(410,)),
    ],
    "joining:linked_claim_accept": [
        line(signed_in(), POST, space=False, token="claim_token", by_token=True)
    ],
    "joining:account_close": [once(signed_in(), FORM)],
    # ── the site's administrators ────────────────────────────────────────────
    "site_admin:space_list": [once(admins()), once(admins(), query="q=zebra")],
    "site_admin:space_detail": [line(admins())],
    "site_admin:space_openness": [line(admins(), FORM)],
    "site_admin:space_state": [line(admins(), FORM)],
    "site_admin:space_facilitator": [line(admins(), FORM)],
    "site_admin:space_step_in": [line(admins(), FORM)],
    "site_admin:site_rules": [once(admins(), FORM)],
    "site_admin:person_list": [once(admins())],
    "site_admin:person_detail": [once(admins(), FORM, pk="world.writer.pk")],
    "site_admin:record_list": [once(admins()), once(admins(), query="of=site")],
    "site_admin:outbox": [once(admins(), FORM)],
    "inbound:own_addresses": [line(members(), FORM)],
    "inbound:letter_list": [line(stewards())],
    "inbound:letter_decide": [line(stewards(), POST, pk="waiting_mail.pk")],
    # No provider is named in the tests: there is no such address.
    "inbound:mail_arrived": [once(nobody(), POST, provider="=mailgun")],
    "inbound:held_list": [once(admins())],
    "inbound:held_decide": [once(admins(), POST, pk="world.held.pk")],
    # ── digests ──────────────────────────────────────────────────────────────
    "digests:digest_read": [
        line(everybody(), FORM, space=False, token="issue_token", by_token=True),
        line(nobody(), FORM, space=False, token="=2:forged"),
    ],
    # It is its reader's, and nobody else knows of it.
    "digests:digest_detail": [line(known_to("member"), space=False, pk="issue.pk")],
    # Fetched without the space: what one may not see does not exist.
    "digests:item_open": [
        line(public_of_its_own(), space=False, letter="=t", pk="public_thread.pk"),
        line(known_to(*INSIDE), space=False, letter="=t", pk="members_thread.pk"),
        line(known_to("member"), space=False, letter="=t", pk="group_thread.pk"),
        line(known_to(), space=False, letter="=t", pk="hidden_thread.pk"),
        line(known_to(*INSIDE), space=False, letter="=s", pk="members_story.pk"),
        line(known_to("member"), space=False, letter="=s", pk="group_story.pk"),
        line(known_to("member"), space=False, letter="=p", pk="group_page.pk"),
        line(known_to("member"), space=False, letter="=w", pk="group_webinar.pk"),
    ],
    "digests:digest_preview": [
        line(facilitators()),
        line(facilitators(), query="often=monthly&looks=text"),
    ],
    "digests:digest_preview_mail": [line(facilitators(), query="often=monthly")],
    "digests:digest_people": [line(facilitators())],
    # ── mail of a local run: no such page elsewhere ──────────────────────────
    "inbound:dev_mail_list": [once(nobody())],
    "inbound:dev_mail_detail": [once(nobody(), FORM, name="=1-a")],
    "inbound:dev_mail_html": [once(nobody(), name="=1-a")],
    "inbound:dev_mail_file": [once(nobody(), name="=1-a", number="=0")],
    # ── conversations ────────────────────────────────────────────────────────
    "conversations:exchange": [
        line(read()),
        line(read(), query="show=unanswered"),
    ],
    "conversations:suggestion_list": [
        line(members(), query="q=%40zebra"),
        line(members(), query="q=%23zq"),
    ],
    "conversations:thread_create": [line(members(), FORM)],
    "conversations:thread_letters": [
        line(everybody(), FORM, token="letters_token", by_token=True),
        line(nobody(), FORM, token="=2-3-4:forged"),
    ],
    "conversations:announcement_list": [line(facilitators())],
    "conversations:announcement_create": [line(facilitators(), FORM)],
    "conversations:thread_detail": [
        line(read(), pk="public_thread.pk"),
        line(members_item(), pk="members_thread.pk"),
        line(group_item(), pk="group_thread.pk"),
        line(only("steward", "facilitator", outside="none"), pk="hidden_thread.pk"),
        line(read(), pk="public_webinar.thread.pk"),
        line(group_item(), pk="group_story.thread.pk"),
    ],
    "conversations:exchange_live": [line(read())],
    "conversations:thread_live": [
        line(read(), pk="public_thread.pk"),
        line(members_item(), pk="members_thread.pk"),
        line(group_item(), pk="group_thread.pk"),
        line(only("steward", "facilitator", outside="none"), pk="hidden_thread.pk"),
        line(read(), pk="public_webinar.thread.pk"),
        line(group_item(), pk="group_story.thread.pk"),
    ],
    "conversations:thread_follow": [
        line(members(), POST, pk="public_thread.pk"),
        line(group_item(), POST, pk="group_thread.pk"),
    ],
    "conversations:thread_audience": [line(only("member"), FORM, pk="own_post.pk")],
    "conversations:message_create": [
        line(members(), FORM, pk="public_thread.pk"),
        line(members_item(), FORM, pk="members_thread.pk"),
        line(group_item(), FORM, pk="group_thread.pk"),
    ],
    "conversations:message_detail": [
        line(read(), pk="own_message.pk"),
        line(group_item(), pk="group_message.pk"),
    ],
    "conversations:message_history": [
        line(read(), pk="own_message.pk"),
        line(group_item(), pk="group_message.pk"),
        line(only("steward", "facilitator", outside="none"), pk="hidden_message.pk"),
    ],
    "conversations:message_react": [
        line(members(), POST, pk="public_message.pk", data={"kind": "thanks"}),
        line(group_item(), POST, pk="group_message.pk", data={"kind": "same"}),
        line(only(), POST, pk="hidden_message.pk", data={"kind": "same"}),
    ],
    "conversations:message_edit": [
        line(only("member"), FORM, pk="own_message.pk"),
        line(only(), FORM, pk="hidden_message.pk"),
    ],
    "conversations:message_hide": [line(stewards(), FORM, pk="own_message.pk")],
    "conversations:message_restore": [
        line(stewards(), FORM, pk="hidden_message.pk"),
        line(only(), FORM, pk="own_message.pk"),
    ],
    "conversations:message_release": [line(stewards(), FORM, pk="held_message.pk")],
    "conversations:message_withdraw": [line(only("member"), FORM, pk="own_message.pk")],
    "conversations:tag_open": [
        line(opens_tags(), FORM, tag="=zebra"),
        line(opens_tags(), FORM, tag="=nobody-has-used-this"),
    ],
    "conversations:guest_word_create": [
        line(read(), FORM, tag="=zebraopen"),
        line(only(outside="none"), FORM, tag="=zebra"),
    ],
    "conversations:guest_word_confirm": [
        line(everybody(), FORM, token="word_token", by_token=True, also=(410,)),
        line(nobody(), FORM, token="=forged"),
    ],
    "conversations:held_list": [line(stewards())],
    "conversations:held_decide": [line(stewards(), POST, pk="held_message.pk")],
    "conversations:guest_pass_list": [
        line(stewards(), FORM, pk="public_thread.pk"),
        line(part_of_members_item("steward", "facilitator"), pk="members_thread.pk"),
    ],
    "conversations:guest_pass_revoke": [
        line(only("steward", "facilitator", outside="none"), POST, pk="guest_pass.pk")
    ],
    "conversations:guest_pass_open": [
        line(everybody(), token="pass_token", by_token=True),
        line(nobody(), token="=forged"),
    ],
    # ── wiki ─────────────────────────────────────────────────────────────────
    "wiki:page_list": [
        line(read()),
        line(read(), query="view=tree"),
        line(read(), query="view=wanted"),
    ],
    "wiki:page_create": [line(members(), FORM)],
    "wiki:page_preview": [
        line(members(), POST),
        line(members(), POST, page="public_page.slug"),
        line(group_item(), POST, page="group_page.slug"),
    ],
    "wiki:draft_save": [
        line(members(), POST),
        line(members(), POST, page="public_page.slug"),
        line(group_item(), POST, page="group_page.slug"),
    ],
    "wiki:draft_discard": [
        line(read_signed_in(), POST),
        line(read_signed_in(), POST, page="public_page.slug"),
        line(group_item(), POST, page="group_page.slug"),
    ],
    "wiki:page_detail": [
        line(read(), page="public_page.slug"),
        line(members_item(), page="members_page.slug"),
        line(group_item(), page="group_page.slug"),
        line(read(), page="gone_page.slug", also=(410,)),
    ],
    "wiki:page_edit": [
        line(members(), FORM, page="public_page.slug"),
        # What somebody has typed while the page was closed is kept as their draft.
        line(stewards(), FORM, page="guarded_page.slug", keeps=("wiki_draft",)),
        line(members_item(), FORM, page="members_page.slug"),
        line(group_item(), FORM, page="group_page.slug"),
    ],
    "wiki:page_links": [
        line(read(), page="public_page.slug"),
        line(members_item(), page="members_page.slug"),
        line(group_item(), page="group_page.slug"),
    ],
    "wiki:page_history": [
        line(read(), page="public_page.slug"),
        line(members_item(), page="members_page.slug"),
        line(group_item(), page="group_page.slug"),
        line(read(), page="gone_page.slug", also=(410,)),
    ],
    "wiki:import_create": [line(stewards(), FORM)],
    "wiki:import_detail": [line(own_import(), pk="held_import.pk")],
    "wiki:import_confirm": [line(own_import(), POST, pk="held_import.pk")],
    "wiki:import_drop": [line(own_import(), POST, pk="held_import.pk")],
    "wiki:template_list": [line(members())],
    "wiki:template_create": [line(stewards(), FORM)],
    "wiki:template_edit": [line(stewards(), FORM, pk="template.pk")],
    "wiki:template_remove": [line(stewards(), POST, pk="template.pk")],
    "wiki:attachment_list": [
        line(read(), page="public_page.slug"),
        line(members(), POST, page="public_page.slug"),
        line(stewards(), POST, page="guarded_page.slug"),
        line(members_item(), page="members_page.slug"),
        line(group_item(), FORM, page="group_page.slug"),
        line(read(), page="gone_page.slug", also=(410,)),
    ],
    "wiki:attachment_serve": [
        line(read(), page="public_page.slug", name="=plan.txt"),
        line(members_item(), page="members_page.slug", name="=plan.txt"),
        line(group_item(), page="group_page.slug", name="=plan.txt"),
        line(read(), page="gone_page.slug", name="=plan.txt", also=(410,)),
    ],
    "wiki:attachment_detail": [
        line(read(), page="public_page.slug", name="=plan.txt"),
        line(members_item(), page="members_page.slug", name="=plan.txt"),
        line(group_item(), page="group_page.slug", name="=plan.txt"),
    ],
    "wiki:attachment_choose": [
        line(
            members(),
            POST,
            page="public_page.slug",
            name="=plan.txt",
            number="=1",
        ),
    ],
    "wiki:attachment_remove": [
        line(stewards(), POST, page="public_page.slug", name="=plan.txt"),
    ],
    "wiki:page_export": [
        line(read(), page="public_page.slug"),
        line(members_item(), page="members_page.slug"),
        line(group_item(), page="group_page.slug"),
        line(read(), page="gone_page.slug", also=(410,)),
    ],
    "wiki:page_print": [
        line(read(), page="public_page.slug"),
        line(members_item(), page="members_page.slug"),
        line(group_item(), page="group_page.slug"),
        line(read(), page="gone_page.slug", also=(410,)),
    ],
    "wiki:page_archive": [
        line(read(), page="public_page.slug"),
        line(members_item(), page="members_page.slug"),
        line(group_item(), page="group_page.slug"),
        line(read(), page="gone_page.slug", also=(410,)),
    ],
    "wiki:page_raw": [
        line(read(), page="public_page.slug"),
        line(members_item(), page="members_page.slug"),
        line(group_item(), page="group_page.slug"),
        line(read(), page="gone_page.slug", also=(410,)),
    ],
    "wiki:page_json": [
        line(read(), page="public_page.slug"),
        line(members_item(), page="members_page.slug"),
        line(group_item(), page="group_page.slug"),
        line(read(), page="gone_page.slug", also=(410,)),
    ],
    "wiki:page_feed": [
        line(read(), page="public_page.slug"),
        line(members_item(), page="members_page.slug"),
        line(group_item(), page="group_page.slug"),
        line(read(), page="gone_page.slug", also=(410,)),
    ],
    "wiki:page_pdf": [
        line(read(), page="public_page.slug"),
        line(members_item(), page="members_page.slug"),
        line(group_item(), page="group_page.slug"),
        line(read(), page="gone_page.slug", also=(410,)),
    ],
    "wiki:wiki_export": [line(read())],
    "wiki:wiki_print": [line(read())],
    "wiki:wiki_archive": [line(read())],
    "wiki:wiki_pdf": [line(read())],
    "wiki:wiki_feed": [line(read())],
    "wiki:revision_detail": [
        line(read(), page="public_page.slug", number="=1"),
        line(members_item(), page="members_page.slug", number="=1"),
        line(group_item(), page="group_page.slug", number="=1"),
        line(read(), page="gone_page.slug", number="=1", also=(410,)),
    ],
    "wiki:page_compare": [
        line(read(), page="public_page.slug"),
        line(read(), page="public_page.slug", query="view=side"),
        line(members_item(), page="members_page.slug"),
        line(group_item(), page="group_page.slug"),
        line(read(), page="gone_page.slug", also=(410,)),
    ],
    "wiki:page_restore": [
        line(members(), FORM, page="public_page.slug", number="=1"),
        line(stewards(), FORM, page="guarded_page.slug", number="=1"),
        line(group_item(), FORM, page="group_page.slug", number="=1"),
    ],
    "wiki:page_move": [
        line(members(), FORM, page="public_page.slug"),
        line(stewards(), FORM, page="guarded_page.slug"),
        line(group_item(), FORM, page="group_page.slug"),
    ],
    "wiki:page_delete": [
        line(stewards(), FORM, page="public_page.slug"),
        line(part_of_group_item(), FORM, page="group_page.slug"),
    ],
    "wiki:page_undelete": [line(stewards(), POST, page="gone_page.slug")],
    "wiki:page_undo": [
        line(members(), FORM, page="public_page.slug", number="=2"),
        line(stewards(), FORM, page="guarded_page.slug", number="=2"),
        line(group_item(), FORM, page="group_page.slug", number="=2"),
    ],
    "wiki:page_blame": [
        line(read(), page="public_page.slug"),
        line(members_item(), page="members_page.slug"),
        line(group_item(), page="group_page.slug"),
    ],
    "wiki:change_list": [
        line(read()),
        line(read(), query="show=unseen&large=on"),
        line(read(), query="under=zebra"),
    ],
    "wiki:changes_read": [line(members(), POST)],
    "wiki:patrol_list": [line(stewards())],
    "wiki:patrol_seen": [line(stewards(), POST)],
    "wiki:patrol_trust": [line(stewards(), POST)],
    "wiki:watch_list": [line(members(), FORM)],
    "wiki:watch_stop": [line(members(), POST, pk="=1")],
    "wiki:page_watch": [
        line(members(), FORM, page="public_page.slug"),
        line(group_item(), FORM, page="group_page.slug"),
    ],
    "wiki:watch_letters": [
        line(everybody(), FORM, token="watch_token", by_token=True),
        line(nobody(), FORM, token="=forged"),
    ],
    "wiki:page_propose": [
        line(members(), FORM, page="approval_page.slug"),
        line(stewards(), page="guarded_page.slug"),
        line(group_item(), page="group_page.slug"),
    ],
    "wiki:proposal_list": [line(members()), line(members(), query="show=past")],
    "wiki:proposal_detail": [
        line(own_proposal(), page="approval_page.slug", pk="proposal.pk"),
    ],
    "wiki:proposal_decide": [
        line(
            own_proposal(member="no"),
            POST,
            page="approval_page.slug",
            pk="proposal.pk",
        ),
    ],
    "wiki:proposal_comment": [
        line(own_proposal(), POST, page="approval_page.slug", pk="proposal.pk"),
    ],
    "wiki:proposal_withdraw": [
        line(
            own_proposal(steward="no", facilitator="no"),
            POST,
            page="approval_page.slug",
            pk="proposal.pk",
        ),
    ],
    "wiki:page_care": [
        line(stewards(), FORM, page="public_page.slug"),
        line(part_of_group_item(), FORM, page="group_page.slug"),
    ],
    "wiki:page_look": [
        line(stewards(), FORM, page="public_page.slug"),
        line(only("member", "steward", "facilitator"), FORM, page="cared_page.slug"),
    ],
    "wiki:care_list": [line(stewards())],
    "wiki:care_look": [
        line(everybody(), FORM, token="care_token", by_token=True),
        line(nobody(), FORM, token="=forged"),
    ],
    # ── stories ──────────────────────────────────────────────────────────────
    "stories:story_list": [line(read())],
    "stories:story_feed": [line(open_feed(), kind="=atom")],
    "stories:tag_feed": [line(open_feed(), tag="=zebra", kind="=json")],
    "stories:story_create": [line(members(), FORM)],
    "stories:story_detail": [
        line(read(), story="public_story.slug"),
        line(members_item(), story="members_story.slug"),
        line(group_item(), story="group_story.slug"),
        line(own_draft(), story="draft_story.slug"),
        line(own_draft(), story="withdrawn_story.slug"),
    ],
    "stories:story_edit": [
        line(only("member"), FORM, story="own_story.slug"),
        line(own_draft(), FORM, story="draft_story.slug"),
    ],
    "stories:story_publish": [line(own_draft(), POST, story="draft_story.slug")],
    "stories:story_withdraw": [
        line(only("member", "steward", "facilitator"), FORM, story="own_story.slug")
    ],
    "stories:story_respond": [
        line(members(), FORM, story="public_story.slug"),
        line(group_item(), FORM, story="group_story.slug"),
    ],
    "stories:story_media": [
        line(only("member"), FORM, story="own_story.slug"),
        line(own_draft(), FORM, story="draft_story.slug"),
        line(part_of_members_item(), story="members_story.slug"),
    ],
    "stories:media_edit": [
        line(only("member"), FORM, story="own_story.slug", item="own_medium.pk"),
        line(own_draft(), FORM, story="draft_story.slug", item="draft_medium.pk"),
    ],
    "stories:media_move": [
        line(only("member"), POST, story="own_story.slug", item="own_medium.pk"),
        line(own_draft(), POST, story="draft_story.slug", item="draft_medium.pk"),
    ],
    "stories:media_remove": [
        line(only("member"), POST, story="own_story.slug", item="own_medium.pk"),
        line(own_draft(), POST, story="draft_story.slug", item="draft_medium.pk"),
    ],
    "stories:media_state": [
        line(read(), story="public_story.slug", item="public_medium.pk"),
        line(members_item(), story="members_story.slug", item="members_medium.pk"),
        line(group_item(), story="group_story.slug", item="group_medium.pk"),
        line(own_draft(), story="draft_story.slug", item="draft_medium.pk"),
    ],
    "stories:media_cues": [
        line(read(), story="public_story.slug", item="public_medium.pk"),
        line(members_item(), story="members_story.slug", item="members_medium.pk"),
        line(group_item(), story="group_story.slug", item="group_medium.pk"),
        line(own_draft(), story="draft_story.slug", item="draft_medium.pk"),
    ],
    "stories:story_discard": [line(own_draft(), POST, story="draft_story.slug")],
    # ── webinars ─────────────────────────────────────────────────────────────
    "calendar:calendar_home": [once(signed_in())],
    "calendar:reminder_edit": [once(signed_in(), FORM)],
    "calendar:calendar_renew": [once(signed_in(), POST)],
    "calendar:calendar_feed": [
        line(everybody(), space=False, token="calendar_token", by_token=True),
        once(nobody(), token="=1.forged"),
    ],
    "webinars:space_calendar": [line(read())],
    "webinars:webinar_list": [line(read())],
    "webinars:webinar_create": [line(members(), FORM)],
    "webinars:webinar_detail": [
        line(read(), webinar="public_webinar.slug"),
        line(members_item(), webinar="members_webinar.slug"),
        line(group_item(), webinar="group_webinar.slug"),
    ],
    "webinars:webinar_edit": [line(stewards(), FORM, webinar="public_webinar.slug")],
    "webinars:webinar_cancel": [line(stewards(), FORM, webinar="public_webinar.slug")],
    "webinars:webinar_answer": [
        line(members(), POST, webinar="public_webinar.slug"),
        line(group_item(), POST, webinar="group_webinar.slug"),
    ],
    # Those who come and those who tend; the host's page is the host's and stewards'.
    "webinars:webinar_join": [
        line(
            only("member", "steward", "facilitator"),
            FORM,
            webinar="public_webinar.slug",
        ),
    ],
    "webinars:webinar_room": [line(stewards(), FORM, webinar="public_webinar.slug")],
    "webinars:webinar_reminders": [
        line(stewards(), webinar="public_webinar.slug"),
    ],
    "webinars:webinar_views": [line(stewards(), FORM, webinar="public_webinar.slug")],
    "webinars:seat_offer": [line(stewards(), POST, webinar="public_webinar.slug")],
    "webinars:seat_reply": [
        line(stewards(), POST, webinar="public_webinar.slug", pk="seat.pk")
    ],
    "webinars:seat_revoke": [
        line(stewards(), POST, webinar="public_webinar.slug", pk="ended_seat.pk")
    ],
    "webinars:webinar_stance": [
        line(members(), POST, webinar="public_webinar.slug"),
        line(group_item(), POST, webinar="group_webinar.slug"),
    ],
    # The pass of one outsider for one session: whoever holds the address.
    "seats:seat_detail": [
        line(everybody(), space=False, token="seat_token", by_token=True),
        once(nobody(), token="=forged"),
    ],
    **{
        f"seats:seat_{verb}": [
            line(everybody(), POST, space=False, token="seat_token", by_token=True),
            once(nobody(), POST, token="=forged"),
        ]
        for verb in ("answer", "ask", "join", "check")
    },
    "webinars:webinar_move": [line(stewards(), POST, webinar="public_webinar.slug")],
    "webinars:recording_show": [
        line(stewards(), POST, webinar="public_webinar.slug", pk="recording.pk")
    ],
    # Opened by a secret in the address; what is recorded is signed as well.
    "rooms:room_ended": [
        line(everybody(), space=False, token="room_token", by_token=True),
        once(nobody(), token="=1.forged"),
    ],
    "rooms:room_recorded": [
        line(nobody(), POST, space=False, token="room_token"),
        once(nobody(), POST, token="=1.forged"),
    ],
    "webinars:webinar_calendar": [
        line(read(), webinar="public_webinar.slug"),
        line(members_item(), webinar="members_webinar.slug"),
        line(group_item(), webinar="group_webinar.slug"),
    ],
    # ── files ────────────────────────────────────────────────────────────────
    "files:upload_begin": [line(members(), POST)],
    "files:upload_go_on": [line(own_upload(), token="incoming.token")],
    "files:file_serve": [
        line(file_of("public"), pk="public_file.pk"),
        line(file_of("members"), pk="members_file.pk"),
        line(file_of("group"), pk="group_file.pk"),
        line(known_to("member"), pk="draft_file.pk"),
    ],
}
