"""Who does the work of grading: this process, several on this machine, or a Dask cluster."""

import multiprocessing
import os
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager

from mentorkit.errors import KitError
from mentorkit.grading.warm import ready

# no half-copied threads of a notebook's kernel, and no lock kept by an orphan
METHOD = "forkserver"
PATIENCE = "10s"  # for a cluster's scheduler to answer


def _leave_with_parent() -> None:
    """End this worker when whoever started it is gone: a killed run leaves nobody behind."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _pool(processes: int) -> ProcessPoolExecutor:
    """Return a pool whose processes are starting while this one gets ready itself."""
    if METHOD not in multiprocessing.get_all_start_methods():
        return ProcessPoolExecutor(processes)
    context = multiprocessing.get_context(METHOD)
    context.set_forkserver_preload([ready.__module__])
    pool = ProcessPoolExecutor(processes, context, _leave_with_parent)
    for _ in range(processes):
        pool.submit(ready)
    return pool


@contextmanager
def workers(processes: int = 1, scheduler: str | None = None) -> Iterator[Executor | None]:
    """Give an executor: none for one process, a pool for several, or the Dask cluster at `scheduler`."""
    if scheduler is not None:
        try:
            from distributed import Client  # noqa: PLC0415  only where a cluster is used
        except ImportError as error:
            raise KitError(
                "Dask is not installed here: pip install 'mentorkit[cluster]'."
            ) from error
        try:
            client = Client(scheduler, timeout=PATIENCE)
        except (OSError, ValueError) as error:
            raise KitError(f"There is no Dask scheduler at {scheduler}.") from error
        with client:
            yield client.get_executor(pure=False)
        return
    if processes <= 1:
        yield None
        return
    with _pool(processes) as pool:
        yield pool
