"""Django's admin at /admin/records/: rows about people and spaces, never content.

What is written inside a space is not registered here: an administrator who wants to
read it steps in, with a reason, on the record.
"""

from django.contrib import admin

from accounts.models import User
from notifications.models import Delivery
from spaces.models import Invitation, Membership, Record, Space


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows that are only looked at."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class NoDeleteAdmin(admin.ModelAdmin):
    """Rows that other things hang on; our own pages have the right verb instead."""

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(User)
class UserAdmin(NoDeleteAdmin):
    """Rights are given on our own pages, where guards and the record are."""

    list_display = ["__str__", "email", "joined", "is_active", "is_staff"]
    list_filter = ["is_active", "is_staff", "may_create_spaces", "language"]
    search_fields = ["name", "email"]
    fields = [
        "email",
        "name",
        "organisation",
        "time_zone",
        "language",
        "low_bandwidth",
        "joined",
        "last_login",
        "is_active",
        "is_staff",
        "may_create_spaces",
    ]
    readonly_fields = [
        "email",
        "joined",
        "last_login",
        "is_active",
        "is_staff",
        "may_create_spaces",
    ]


@admin.register(Space)
class SpaceAdmin(NoDeleteAdmin):
    """The card; openness and state change only with a reason, on our own pages."""

    list_display = ["name", "slug", "visibility", "join_policy", "state", "created"]
    list_filter = ["visibility", "join_policy", "state", "language"]
    search_fields = ["name", "slug", "concern"]
    fields = [
        "name",
        "slug",
        "concern",
        "language",
        "time_zone",
        "visibility",
        "join_policy",
        "state",
        "tools",
        "digest_default",
        "created",
    ]
    readonly_fields = [
        "slug",
        "visibility",
        "join_policy",
        "state",
        "tools",
        "digest_default",
        "created",
    ]


@admin.register(Membership)
class MembershipAdmin(ReadOnlyAdmin):
    """Who belongs where; what people wrote when they asked to join is left out."""

    list_display = ["person", "space", "role", "status", "joined", "digest"]
    list_filter = ["status", "role", "digest"]
    list_select_related = ["person", "space"]
    search_fields = ["person__name", "person__email", "space__name"]
    exclude = ["request_message", "answers", "decision_reason"]


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    """What keeps an invitation alive; never its token, its hash or its words."""

    list_display = ["pk", "space", "role", "created", "expires", "use_count", "revoked"]
    list_filter = ["role"]
    list_select_related = ["space"]
    search_fields = ["space__name", "address"]
    fields = [
        "space",
        "address",
        "domain",
        "role",
        "language",
        "created",
        "expires",
        "max_uses",
        "use_count",
        "reminders_sent",
        "last_sent",
        "revoked",
        "declined",
        "invited_by",
    ]


@admin.register(Record)
class RecordAdmin(ReadOnlyAdmin):
    """The audit log."""

    list_display = ["created", "verb", "actor", "about", "space"]
    list_filter = ["verb"]
    list_select_related = ["actor", "about", "space"]
    search_fields = ["verb", "reason"]


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    """The outbox without what letters say or the token that answers them."""

    list_display = ["pk", "kind", "state", "due", "attempts", "sent"]
    list_filter = ["state", "kind"]
    search_fields = ["kind", "scope"]
    fields = [
        "kind",
        "scope",
        "channel",
        "state",
        "created",
        "due",
        "expires",
        "claimed",
        "attempts",
        "sent",
    ]
