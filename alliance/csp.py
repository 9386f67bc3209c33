"""What a page of ours may load, run and send (Content Security Policy, level 3)."""


def policy_of(providers):
    """The policy of every page, as django-csp takes it.

    Args:
        providers: ``ALLIANCE_OIDC``; a form that signs in is sent on to them.

    Returns:
        The value of ``CONTENT_SECURITY_POLICY``.
    """
    return {
        "DIRECTIVES": {
            "default-src": ["'self'"],
            "img-src": ["'self'", "data:"],
            "media-src": ["'self'", "blob:"],
            "object-src": ["'none'"],
            "base-uri": ["'none'"],
            "frame-ancestors": ["'none'"],
            # Browsers also hold the redirect after a form against this list.
            "form-action": ["'self'", *map(_where_people_sign_in, providers)],
        }
    }


def _where_people_sign_in(provider):
    return provider.get("sign_in_origin") or "/".join(
        provider["server_url"].split("/")[:3]
    )
