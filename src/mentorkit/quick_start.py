"""Halves the start of every command: keeps jsonschema from compiling a grammar that nothing here needs.

jsonschema imports rfc3987_syntax where it is installed (Jupyter's events bring it), and that compiles the
grammar of internationalised addresses: 2.4 of the 5 seconds in which nbgrader is imported, measured.
Without it jsonschema leaves the formats `iri` and `iri-reference` unchecked; no schema of ours has them.
"""

import sys


def skip_slow_formats() -> None:
    """Make `import rfc3987_syntax` fail, as if it were not installed. Call it before nbgrader or Jupyter."""
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # Python's own way to say so


def run_jupyterlab() -> None:
    """Start JupyterLab with what the command line gives it."""
    skip_slow_formats()
    from jupyterlab.labapp import main  # noqa: PLC0415  after the line above

    main()


if __name__ == "__main__":
    run_jupyterlab()
