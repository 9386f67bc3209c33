"""The sign-ins of the demo alliance: made by ``load_demo``, offered on the sign-in
page of a local run, never in production."""

from django.utils.translation import gettext_lazy as _

DEMO_PASSWORD = "learning together"  # noqa: S105 - printed on the page on purpose
DEMO_DOMAIN = "demo.alliance.example"
DEMO_SIGN_INS = [
    (f"facilitator@{DEMO_DOMAIN}", _("Facilitator")),
    (f"member@{DEMO_DOMAIN}", _("Member")),
    (f"outsider@{DEMO_DOMAIN}", _("Outsider")),
    (f"admin@{DEMO_DOMAIN}", _("Site admin")),
]
