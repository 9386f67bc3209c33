"""Words below ``/s/<space>/`` that are about people; in the namespace ``spaces``."""

from django.urls import path

from spaces.views import inviting, joining, linking, members, roles, wishes

urlpatterns = [
    path("join/", joining.space_join, name="space_join"),
    path("join/withdraw/", joining.request_withdraw, name="request_withdraw"),
    path("requests/", joining.request_list, name="request_list"),
    path("requests/<int:pk>/", joining.request_detail, name="request_detail"),
    path("invitations/", inviting.invitation_list, name="invitation_list"),
    path("invitations/new/", inviting.invitation_create, name="invitation_create"),
    path(
        "invitations/link/",
        inviting.invitation_link_create,
        name="invitation_link_create",
    ),
    path(
        "invitations/<int:pk>/resend/",
        inviting.invitation_resend,
        name="invitation_resend",
    ),
    path(
        "invitations/<int:pk>/revoke/",
        inviting.invitation_revoke,
        name="invitation_revoke",
    ),
    path("people/", members.member_list, name="member_list"),
    path("people/<int:pk>/", members.member_detail, name="member_detail"),
    path("people/<int:pk>/role/", roles.role_edit, name="role_edit"),
    path("people/<int:pk>/ban/", members.member_ban, name="member_ban"),
    path("people/<int:pk>/unban/", members.member_unban, name="member_unban"),
    path("people/banned/", members.member_banned, name="member_banned"),
    path("people/hand-over/", roles.role_handover, name="role_handover"),
    path("people/linked/", linking.linked_list, name="linked_list"),
    path("people/linked/new/", linking.linked_create, name="linked_create"),
    path(
        "people/linked/<int:pk>/claim/",
        linking.linked_claim_link,
        name="linked_claim_link",
    ),
    path("people/linked/<int:pk>/end/", linking.linked_end, name="linked_end"),
    path("me/", wishes.member_settings, name="member_settings"),
    path("me/leave/", members.member_leave, name="member_leave"),
    path("mail/<str:token>/", wishes.mail_settings, name="mail_settings"),
]
