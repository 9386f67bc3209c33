"""Addresses of Redis, as the cache and as Celery's broker spell them."""


def broker_of(url):
    """kombu's spelling of a Redis URL (sockets are ``redis+socket://``).

    Args:
        url: as redis-py and Django's cache read it.

    Returns:
        An address of the same database.
    """
    address, _, database = url.partition("?db=")
    if address.startswith("unix://"):
        address = "redis+socket://" + address[len("unix://") :]
        return f"{address}?virtual_host={database}" if database else address
    # kombu knows no ``db``: there the number is the path.
    scheme, _, host = address.partition("://")
    return f"{scheme}://{host.split('/')[0]}/{database}" if database else url
