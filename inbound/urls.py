from django.urls import path

from inbound import members, views

app_name = "inbound"

urlpatterns = [
    path("dev/mail/", views.dev_mail_list, name="dev_mail_list"),
    path("dev/mail/<str:name>/", views.dev_mail_detail, name="dev_mail_detail"),
    path("dev/mail/<str:name>/html/", views.dev_mail_html, name="dev_mail_html"),
    path(
        "dev/mail/<str:name>/files/<int:number>/",
        views.dev_mail_file,
        name="dev_mail_file",
    ),
    path("mail-in/<str:provider>/", views.mail_arrived, name="mail_arrived"),
    path("s/<str:space>/me/mail/", members.own_addresses, name="own_addresses"),
    path("s/<str:space>/letters/", members.letter_list, name="letter_list"),
    path(
        "s/<str:space>/letters/<int:pk>/",
        members.letter_decide,
        name="letter_decide",
    ),
    path("admin/held/", views.held_list, name="held_list"),
    path("admin/held/<int:pk>/", views.held_decide, name="held_decide"),
]
