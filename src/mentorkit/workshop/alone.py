"""One grading at a time in one cohort: a lock that is free again when its holder ends, however it ends."""

from collections.abc import Iterator
from contextlib import contextmanager

from mentorkit.errors import KitError
from mentorkit.workshop.places import CohortFolder

try:
    import fcntl
except ImportError:  # Windows, where nbgrader's exchange does not work either
    fcntl = None  # type: ignore[assignment]


@contextmanager
def alone(cohort: CohortFolder) -> Iterator[None]:
    """Hold the cohort's lock. Raises KitError while somebody else does."""
    with (cohort.root / ".grading.lock").open("w") as file:
        if fcntl is not None:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise KitError(
                    f"'{cohort.name}' is being graded already. Wait until that is done, then try again."
                ) from error
        yield
