"""Looks over the whole index: schema, names, the same video twice, captions that do not fit. Stays offline."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from mentorkit.errors import KitError
from mentorkit.videos.captions import clock, read_cues
from mentorkit.videos.entries import Index, Video, same_video
from mentorkit.videos.load import Faults, read_index

SLACK = 5  # seconds that captions may outlast the stated duration (assumption: rounding, closing titles)


def check_index(folder: Path, libraries: Sequence[Path] | None) -> tuple[Index, list[str]]:
    """Return what can be used of the index, and every fault in it as file, line and sentence."""
    faults = Faults()
    index = read_index(folder, libraries, faults)
    said = [*faults.found, *_twice(index.videos)]
    for video in index.videos:
        said += [f"{fault}" for fault in _captions_wrong(video)]
    return index, said


def _twice(videos: tuple[Video, ...]) -> Iterator[str]:
    """Yield a fault for each address, and each title in one language, that two entries share."""
    seen: dict[tuple[str, ...], Video] = {}
    for video in videos:
        keys: list[tuple[str, ...]] = [("title", video.title.casefold(), *sorted(video.languages))]
        if video.address and video.leads_to != "mention":
            keys.append(("address", same_video(video.address)))
        for key in keys:
            if key in seen:
                other = seen[key].source
                yield f"{video.source}:1: has the same {key[0]} as {other}. Keep one of them."
            seen.setdefault(key, video)


def _captions_wrong(video: Video) -> Iterator[str]:
    """Yield what is wrong with the captions and chapters of one video."""
    files = [*video.captions.values(), *([video.chapters] if video.chapters else [])]
    for path in files:
        if not path.is_file():
            continue  # the loader has said so
        try:
            end = read_cues(path)[-1].end
        except KitError as error:
            yield str(error)
            continue
        if video.duration and end > video.duration + SLACK:
            yield (
                f"{path}:1: goes on to {clock(end)}, but {video.source.name} says that the video lasts "
                f"{clock(video.duration)}. Mend one of them."
            )
