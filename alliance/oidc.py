"""Signing in through other services, as allauth takes it."""


def providers_of(services):
    """Settings of OpenID Connect for allauth.

    Args:
        services: ``ALLIANCE_OIDC``: dicts with ``provider_id``, ``name``,
            ``client_id``, ``secret`` and ``server_url``.

    Returns:
        The value of ``SOCIALACCOUNT_PROVIDERS``.

    Raises:
        KeyError: one of them is missing.
    """
    apps = [
        {
            "provider_id": service["provider_id"],
            "name": service["name"],
            "client_id": service["client_id"],
            "secret": service["secret"],
            "settings": {"server_url": service["server_url"]},
        }
        for service in services
    ]
    return {"openid_connect": {"APPS": apps}}
