"""The lab's files, ready to be served or bundled: ES modules, styles, the catalogue as a module."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from mentorkit.catalogue import catalogue, texts

HERE = Path(__file__).parent


def catalogue_data(language: str = "en") -> dict[str, Any]:
    """Return what the page needs: levers, constants, problems, responses, texts."""
    known = catalogue()
    return {
        "levers": {id: asdict(lever) for id, lever in known.levers.items()},
        "constants": known.constants,
        "problems": {id: asdict(problem) for id, problem in known.problems.items()},
        "responses": {id: asdict(response) for id, response in known.responses.items()},
        "texts": texts(language),
    }


def assets(language: str = "en") -> dict[str, str]:
    """Return file name -> text of everything the lab needs: no dependency, no build step."""
    files = {
        path.name: path.read_text(encoding="utf-8") for path in sorted((HERE / "js").iterdir())
    }
    data = json.dumps(catalogue_data(language), ensure_ascii=False, separators=(",", ":"))
    files["catalogue.js"] = f"// Made from the catalogue; do not edit.\nexport default {data};\n"
    return files
