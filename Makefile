# Alliance. `make` alone tells what there is.
# Variables: PORT=8001 · HOST=0.0.0.0 · ALLIANCE_HOME=/a/folder · ARGS="…" · PYTHON=python3.12

PYTHON ?= python3
START = $(PYTHON) alliance/launch/bootstrap.py

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test lint format manage shell bench screenshots lock words clean

help:
	@echo "make run          start Alliance here: database, site, worker, mail (Ctrl-C stops)"
	@echo "                  PORT=8001 chooses another port, ALLIANCE_DEMO=0 leaves the demo out"
	@echo "make test         everything a change must pass; ARGS=\"tests/wiki -k diff\" for a part"
	@echo "make lint         style and architecture only"
	@echo "make format       put the code into shape"
	@echo "make manage       a manage.py command on this data: make manage ARGS=\"send_due\""
	@echo "make shell        Django's Python shell on this data"
	@echo "make bench        measure pages, queries and mail"
	@echo "make screenshots  take the pictures of the manuals"
	@echo "make lock         pin the packages anew (ARGS=--upgrade for newer ones)"
	@echo "make words        look for new words to translate, and compile (needs Debian's gettext)"
	@echo "make clean        remove what was built; asks before it removes data"

run:
	@$(START) run

test:
	@$(START) test $(ARGS)

lint:
	@$(START) lint

format:
	@$(START) format

manage:
	@$(START) manage $(ARGS)

shell:
	@$(START) manage shell

bench:
	@$(START) bench $(ARGS)

screenshots:
	@$(START) screenshots $(ARGS)

words:
	@$(START) manage compile_words --gather

lock:
	@$(START) lock $(ARGS)

clean:
	@$(START) clean
