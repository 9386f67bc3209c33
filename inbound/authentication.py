"""What our own mail server found out about a sender (RFC 8601).

Anybody can write ``Authentication-Results`` into a mail; a line counts only when it
begins with a name of a server that the operator has named
(``ALLIANCE_MAIL_AUTHSERV``), and of those only the topmost, which was added last.
"""

import re

from django.conf import settings

_COMMENT = re.compile(r"\([^()]*\)")
_RESULT = re.compile(r"\b(spf|dkim|dmarc)\s*=\s*([a-z]+)", re.IGNORECASE)
METHODS = ("spf", "dkim", "dmarc")


def verdicts(headers):
    """Results of the header that a server of ours wrote.

    Args:
        headers: values of ``Authentication-Results``, topmost first.

    Returns:
        For example ``"spf=pass dkim=fail"``; "" where none is trusted.
    """
    trusted = {each.lower() for each in settings.ALLIANCE_MAIL_AUTHSERV}
    for header in headers if trusted else ():
        text = _COMMENT.sub(" ", str(header)[:4000])
        name, _sign, rest = text.partition(";")
        if name.split()[:1] and name.split()[0].lower() in trusted:
            found = {}
            for method, result in _RESULT.findall(rest):
                # Of several signatures one good one is enough.
                if found.get(method.lower()) != "pass":
                    found[method.lower()] = result.lower()
            return " ".join(f"{m}={found[m]}" for m in METHODS if m in found)[:100]
    return ""


def is_forged(found):
    """Whether these results say that somebody else wrote in the sender's name.

    Args:
        found: from ``verdicts``.
    """
    results = dict(each.split("=", 1) for each in found.split())
    if "dmarc" in results:
        return results["dmarc"] == "fail"
    if "pass" in (results.get("spf"), results.get("dkim")):
        return False
    return "fail" in (results.get("spf"), results.get("dkim"))
