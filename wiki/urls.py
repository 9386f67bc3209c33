"""Addresses of the wiki, below ``/s/<space>/wiki/``."""

from django.urls import path

from wiki.views import changing, drafts, editing, history, reading

app_name = "wiki"

# "new" is the one word no page may have as its address (wiki/titles.py).
urlpatterns = [
    path("", reading.page_list, name="page_list"),
    path("new/", editing.page_create, name="page_create"),
    path("new/preview/", editing.page_preview, name="page_preview"),
    path("new/draft/", drafts.draft_save, name="draft_save"),
    path("new/draft/discard/", drafts.draft_discard, name="draft_discard"),
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
    path("<str:page>/compare/", history.page_compare, name="page_compare"),
    path("<str:page>/move/", changing.page_move, name="page_move"),
    path("<str:page>/delete/", changing.page_delete, name="page_delete"),
    path("<str:page>/undelete/", changing.page_undelete, name="page_undelete"),
]
