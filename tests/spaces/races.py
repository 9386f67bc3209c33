"""Doing several things at the same time."""

import threading

from django.db import connection


def at_once(*calls):
    """Run these calls in threads; return what each gave or raised."""
    results = [None] * len(calls)
    barrier = threading.Barrier(len(calls))

    def run(number, call):
        barrier.wait(60)
        try:
            results[number] = call()
        except Exception as fault:  # noqa: BLE001 (handed back to be looked at)
            results[number] = fault
        finally:
            connection.close()

    threads = [
        threading.Thread(target=run, args=(number, call))
        for number, call in enumerate(calls)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return results
