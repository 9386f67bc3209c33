"""Starts the whole of Alliance on one machine: ``make run``, ``make test``, their kin.

``bootstrap.py`` runs on the system's Python with nothing installed; ``ground.py`` makes
``.venv`` and hands over to ``python -m alliance.launch`` inside it. Nothing up to there
imports anything but the standard library.

==================  ==============================================================
``bootstrap.py``    is this Python new enough?
``ground.py``       ``.venv`` and the pinned packages
``__main__.py``     the commands
``words.py``        what is said on the terminal, and ``Trouble``
``places.py``       the folders of a run
``children.py``     programs we start: logs, stopping, nothing left behind
``postgres.py``     the embedded PostgreSQL
``afoot.py``        as whom PostgreSQL may run (it refuses root)
``redis_server.py`` the embedded Redis
``servers.py``      embedded servers, or the ones that were given
``website.py``      the site: database up to date, demo, web, worker, beat, mail
``ports.py``        ports, and what answers there
``running.py``      the one run of a folder, and lending its servers to commands
``makeside.py``     following GNU make to its end
``checks.py``       what a change must pass
``tools.py``        manage, lock, bench, screenshots
``cleaning.py``     ``make clean``
==================  ==============================================================
"""
