"""The Sphinx extension behind the course book: directives, the live lab, pages without barriers.

Each directive has a file of its own. The book may know the catalogue, the video index and the lab's
files. It may not know a cohort, a mentor or a mark: the same pages serve everybody.
"""

from typing import Any

from mentorkit import __version__
from mentorkit.book import (
    assets,
    circle_lab,
    constant_list,
    count,
    discussion,
    equations,
    exercise_link,
    explorable,
    formulas,
    freshness,
    home,
    keypoints,
    lever_list,
    module_head,
    page,
    panel,
    pass_rule,
    problem_card,
    problem_finder,
    problem_groups,
    rubric_pages,
    run_of_show,
    sample_sizes,
    search_index,
    sensitivity_table,
    slides,
    source,
    study_table,
    timetable,
    toggles,
    trainer,
    try_this,
    video_index,
    video_list,
    video_page,
)

PARTS = (
    panel,
    module_head,
    keypoints,
    try_this,
    discussion,
    timetable,
    run_of_show,
    rubric_pages,
    source,
    problem_card,
    problem_finder,
    problem_groups,
    sample_sizes,
    lever_list,
    constant_list,
    count,
    equations,
    study_table,
    sensitivity_table,
    circle_lab,
    explorable,
    exercise_link,
    pass_rule,
    video_index,
    video_list,
    video_page,
    search_index,
    formulas,
    freshness,
    page,
    toggles,
    trainer,
    home,
    slides,
    assets,
)


def setup(app: Any) -> dict[str, Any]:
    """Register every part with Sphinx."""
    for part in PARTS:
        part.setup(app)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
