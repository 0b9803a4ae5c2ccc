"""On CI nothing is left out silently: a skipped test fails the run, and the last lines say which and why."""

import os

import pytest


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run on CI in which something was skipped that should have run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or not os.environ.get("CI"):
        return
    skipped = reporter.stats.get("skipped", [])
    if not skipped:
        return
    session.exitstatus = pytest.ExitCode.TESTS_FAILED
    reporter.write_line("")
    reporter.write_line(f"Left out, which fails on CI: {len(skipped)}", red=True)
    for one in skipped:
        why = one.longrepr[2] if isinstance(one.longrepr, tuple) else one.longrepr
        reporter.write_line(f"  {one.nodeid}: {why}")
