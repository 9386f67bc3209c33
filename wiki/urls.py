"""Addresses of the wiki, below ``/s/<space>/wiki/``."""

from django.urls import path

from wiki.views import (
    attaching,
    caring,
    changing,
    drafts,
    editing,
    history,
    patrol,
    proposing,
    reading,
    taking_home,
    templating,
    undoing,
    watching,
)

app_name = "wiki"

# "new" is the one word no page may have as its address (wiki/titles.py).
urlpatterns = [
    path("", reading.page_list, name="page_list"),
    path("new/", editing.page_create, name="page_create"),
    path("new/preview/", editing.page_preview, name="page_preview"),
    path("new/draft/", drafts.draft_save, name="draft_save"),
    path("new/draft/discard/", drafts.draft_discard, name="draft_discard"),
    # As is each first word here: no page has it as its address.
    path("care/", caring.care_list, name="care_list"),
    path("care/<str:token>/", caring.care_look, name="care_look"),
    path("proposals/", proposing.proposal_list, name="proposal_list"),
    path("changes/", patrol.change_list, name="change_list"),
    path("changes/read/", patrol.changes_read, name="changes_read"),
    path("changes/feed/", taking_home.wiki_feed, name="wiki_feed"),
    path("export/", taking_home.wiki_export, name="wiki_export"),
    path("export/print/", taking_home.wiki_print, name="wiki_print"),
    path("export/pdf/", taking_home.wiki_pdf, name="wiki_pdf"),
    path("export/markdown/", taking_home.wiki_archive, name="wiki_archive"),
    path("patrol/", patrol.patrol_list, name="patrol_list"),
    path("patrol/seen/", patrol.patrol_seen, name="patrol_seen"),
    path("patrol/trust/", patrol.patrol_trust, name="patrol_trust"),
    path("templates/", templating.template_list, name="template_list"),
    path("templates/new/", templating.template_create, name="template_create"),
    path("templates/<int:pk>/", templating.template_edit, name="template_edit"),
    path(
        "templates/<int:pk>/remove/", templating.template_remove, name="template_remove"
    ),
    path("watching/", watching.watch_list, name="watch_list"),
    path("watching/<int:pk>/stop/", watching.watch_stop, name="watch_stop"),
    path("watching/letters/<str:token>/", watching.watch_letters, name="watch_letters"),
    path("<str:page>/", reading.page_detail, name="page_detail"),
    path("<str:page>/edit/", editing.page_edit, name="page_edit"),
    path("<str:page>/preview/", editing.page_preview, name="page_preview"),
    path("<str:page>/draft/", drafts.draft_save, name="draft_save"),
    path("<str:page>/draft/discard/", drafts.draft_discard, name="draft_discard"),
    path("<str:page>/links/", reading.page_links, name="page_links"),
    path("<str:page>/history/", history.page_history, name="page_history"),
    path(
        "<str:page>/history/<int:number>/",
        history.revision_detail,
        name="revision_detail",
    ),
    path(
        "<str:page>/history/<int:number>/restore/",
        history.page_restore,
        name="page_restore",
    ),
    path("<str:page>/history/<int:number>/undo/", undoing.page_undo, name="page_undo"),
    path("<str:page>/care/", caring.page_care, name="page_care"),
    path("<str:page>/look/", caring.page_look, name="page_look"),
    path("<str:page>/propose/", proposing.page_propose, name="page_propose"),
    path(
        "<str:page>/proposals/<int:pk>/",
        proposing.proposal_detail,
        name="proposal_detail",
    ),
    path(
        "<str:page>/proposals/<int:pk>/decide/",
        proposing.proposal_decide,
        name="proposal_decide",
    ),
    path(
        "<str:page>/proposals/<int:pk>/withdraw/",
        proposing.proposal_withdraw,
        name="proposal_withdraw",
    ),
    path(
        "<str:page>/proposals/<int:pk>/comment/",
        proposing.proposal_comment,
        name="proposal_comment",
    ),
    path("<str:page>/files/", attaching.attachment_list, name="attachment_list"),
    path(
        "<str:page>/files/<str:name>/",
        attaching.attachment_serve,
        name="attachment_serve",
    ),
    path(
        "<str:page>/files/<str:name>/versions/",
        attaching.attachment_detail,
        name="attachment_detail",
    ),
    path(
        "<str:page>/files/<str:name>/choose/<int:number>/",
        attaching.attachment_choose,
        name="attachment_choose",
    ),
    path(
        "<str:page>/files/<str:name>/remove/",
        attaching.attachment_remove,
        name="attachment_remove",
    ),
    path("<str:page>/export/", taking_home.page_export, name="page_export"),
    path("<str:page>/print/", taking_home.page_print, name="page_print"),
    path("<str:page>/pdf/", taking_home.page_pdf, name="page_pdf"),
    path("<str:page>/markdown/", taking_home.page_archive, name="page_archive"),
    path("<str:page>/raw/", taking_home.page_raw, name="page_raw"),
    path("<str:page>/json/", taking_home.page_json, name="page_json"),
    path("<str:page>/feed/", taking_home.page_feed, name="page_feed"),
    path("<str:page>/watch/", watching.page_watch, name="page_watch"),
    path("<str:page>/blame/", undoing.page_blame, name="page_blame"),
    path("<str:page>/compare/", history.page_compare, name="page_compare"),
    path("<str:page>/move/", changing.page_move, name="page_move"),
    path("<str:page>/delete/", changing.page_delete, name="page_delete"),
    path("<str:page>/undelete/", changing.page_undelete, name="page_undelete"),
]
