# One command each. `make run` opens the course, `make test` runs every test; `make help` lists them.
PYTHON ?= python3
BIN := .venv/bin
WORKSPACE ?= workspace
PIP := $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --constraint constraints.txt
BOOK_SOURCES := $(shell find course video_index src/mentorkit/book src/mentorkit/lab src/mentorkit/catalogue src/mentorkit/timetable \
	src/mentorkit/record/verify_page src/mentorkit/videos studies/results -type f -not -name '*.pyc' 2>/dev/null) _config.yml _toc.yml

.PHONY: help run test lint bench study baseline book trainer-book clean

help: ## list the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /: /'

.venv/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "mentorkit needs Python 3.11 or newer. Install it, or name it: make PYTHON=python3.12 …"; exit 1; }
	@echo "Making .venv …"
	@$(PYTHON) -m venv .venv && touch $@

.venv/installed: .venv/made pyproject.toml constraints.txt
	@echo "Installing mentorkit and what it needs (a minute or two the first time) …"
	@$(PIP) --editable . && touch $@

.venv/tested: .venv/installed
	@echo "Installing what the tests need …"
	@$(PIP) --editable '.[test]' && touch $@

_build/made: .venv/installed $(BOOK_SOURCES)
	@echo "Building the book …"
	@mkdir -p _build && $(BIN)/jupyter-book build --quiet . > _build/book.log 2>&1 || { cat _build/book.log; exit 1; }
	@touch $@

book: _build/made ## build the course book into _build/html

_build/trainer/made: .venv/installed $(BOOK_SOURCES)
	@$(BIN)/mentorkit book --trainer && touch $@

trainer-book: _build/trainer/made ## build the trainer's book into _build/trainer: run of show, notes, handouts

run: _build/made _build/trainer/made ## open the course: book, lab and a demonstration cohort
	@$(BIN)/mentorkit start --workspace $(WORKSPACE)

lint: .venv/tested ## check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: .venv/tested lint ## set up whatever is needed and run every check and test
	@$(BIN)/python tests/browser_setup.py
	@$(BIN)/python tests/database_setup.py
	@$(BIN)/python tests/npm_setup.py
	@$(BIN)/python tests/schema_setup.py
	$(BIN)/python -m pytest --nbval-lax -n 3 --dist loadfile tests notebooks

bench: .venv/tested ## measure, each benchmark side by side with its peer
	@for file in benchmarks/[a-z]*.py; do echo "== $$file"; $(BIN)/python $$file || exit 1; done

study: .venv/tested ## repeat the model's and the exercises' studies (about half an hour); their results are committed
	$(BIN)/python studies/responses.py
	$(BIN)/python studies/sensitivity.py
	$(BIN)/python studies/spotting.py
	$(BIN)/python studies/tells.py
	$(BIN)/python studies/own_playbook.py
	$(BIN)/python studies/forms.py
	$(BIN)/python studies/scoring.py
	$(BIN)/python studies/readers.py
	$(BIN)/python studies/cards.py
	$(BIN)/python studies/noted.py
	$(BIN)/python studies/badges.py

baseline: .venv/tested ## accept changed outcomes of the model: make baseline WHY="why they were meant to change"
	@$(BIN)/python studies/baseline.py --why "$(WHY)"

clean: ## remove what was built (never the workspace)
	rm -rf _build .venv
