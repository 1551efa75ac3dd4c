# Tasks by name: `just` lists them, `just NAME` runs one (https://just.systems). Each line can also be typed as it stands.

[private]
default:
    @just --list

# install the program and what the tests need into the environment that is switched on
install:
    python -m pip install -q -c constraints.txt -e '.[test]'

# open the map
run:
    python -m streamlit run streamlit_app.py

# style, imports and types
check:
    python -m ruff check .
    python -m ruff format --check .
    lint-imports
    python -m mypy

# write the style that `check` asks for
format:
    python -m ruff check --fix .
    python -m ruff format .

# the tests of some files or folders, or all of them
test *PATHS:
    python -m pytest -q {{PATHS}}

# the map's script: style, types, and tests without a browser
scripts:
    npm install --no-package-lock --no-audit --no-fund --silent
    npm run --silent check
    node --test tests/js/

# the documentation as a site, in out/site
docs:
    python -m mkdocs build --strict

# the documentation as a site on this machine, made anew when a page changes
docs-serve:
    python -m mkdocs serve

# write into the pages what their commands and examples print
refresh:
    python tests/test_readme.py
    python tests/pages.py docs/api.md docs/cite.md docs/import-acled.md docs/tutorial-new-theatre.md
    python bench/api_reference.py

# all that must hold before a change lands
ci:
    .ci/run
