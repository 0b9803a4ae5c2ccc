"""Runs work through any `concurrent.futures.Executor`, or right here without one; results as they come."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from typing import TypeVar

from mentorkit.errors import KitError

IN_FLIGHT = 64  # pieces of work handed out at a time: memory stays flat, and a cluster busy

Given = TypeVar("Given")
Result = TypeVar("Result")


def through(
    executor: Executor | None, work: Callable[[Given], Result], given: Iterable[Given]
) -> Iterator[Result]:
    """Yield `work` of each of `given`, in whatever order they are done."""
    if executor is None:
        yield from map(work, given)
        return
    waiting, pending = iter(given), set[Future[Result]]()
    try:
        for one in waiting:
            pending.add(executor.submit(work, one))
            if len(pending) >= IN_FLIGHT:
                done, pending = wait(pending, return_when=FIRST_COMPLETED)
                for future in done:
                    yield future.result()
        while pending:
            done, pending = wait(pending, return_when=FIRST_COMPLETED)
            for future in done:
                yield future.result()
    except BrokenExecutor as error:
        raise KitError(
            "A process that graded was stopped from outside. What was graded is kept; run the command again."
        ) from error
    finally:
        for future in pending:
            future.cancel()


def pieces(all_of: Sequence[Given], most: int = 20, at_least: int = 16) -> list[tuple[Given, ...]]:
    """Cut `all_of` into pieces of `most`, smaller where that gives too few to share out evenly."""
    size = max(1, min(most, len(all_of) // at_least))
    return [tuple(all_of[at : at + size]) for at in range(0, len(all_of), size)]
