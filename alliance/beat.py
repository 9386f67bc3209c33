"""All clockwork on one page.

Beat only ticks. What is due is decided by rows in the database, so a missed tick, a
second beat process or a clock that jumps loses nothing and sends nothing twice.
"""

SCHEDULE = {
    # Every minute: mails that nobody nudged, claims that went stale, retries.
    "send waiting mail": {
        "task": "notifications.tasks.send_waiting",
        "schedule": 60.0,
    },
    # Every five minutes: digests whose local hour has come.
    "prepare digests": {
        "task": "digests.tasks.prepare_due",
        "schedule": 300.0,
    },
    # Every minute: webinar reminders whose time has come.
    "prepare webinar reminders": {
        "task": "webinars.tasks.remind_due",
        "schedule": 60.0,
    },
    # Every ten minutes: recordings that a room's server has made ready.
    "ask for recordings": {
        "task": "webinars.tasks.poll_recordings",
        "schedule": 600.0,
    },
    # Every hour: invitations that deserve a reminder, spaces that have rested long.
    "remind the invited": {
        "task": "spaces.tasks.remind_due",
        "schedule": 3600.0,
    },
    # Every ten minutes: wiki pages whose links changed while no worker could be asked.
    "redraw wiki pages": {
        "task": "wiki.tasks.redraw_stale",
        "schedule": 600.0,
    },
    # Every minute: handbooks that no worker was asked to take in, or whose died.
    "take in handbooks": {
        "task": "wiki.tasks.take_in_imports",
        "schedule": 60.0,
    },
    # Every hour: wiki pages whose look is due, and what nobody has answered.
    "tend wiki pages": {
        "task": "wiki.tasks.tend_pages",
        "schedule": 3600.0,
    },
    # Every five minutes: linked pages that no worker was asked to look at.
    "look at linked pages": {
        "task": "conversations.tasks.fetch_waiting_cards",
        "schedule": 300.0,
    },
    # Every hour: guests whose words and addresses nobody needs any more.
    "forget guests": {
        "task": "conversations.tasks.forget_guests",
        "schedule": 3600.0,
    },
    # Every hour: uploads that hang on nothing.
    "forget loose files": {
        "task": "files.tasks.sweep",
        "schedule": 3600.0,
    },
    # Every minute: recordings that no worker was asked to make small, or whose died.
    "make recordings small": {
        "task": "files.tasks.convert_waiting",
        "schedule": 60.0,
    },
    # Every thirty seconds: a sign of life that /healthz reads.
    "heartbeat": {
        "task": "notifications.tasks.heartbeat",
        "schedule": 30.0,
    },
}
