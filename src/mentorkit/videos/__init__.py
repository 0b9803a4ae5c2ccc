"""The video index: entries, captions, search, import and check. May know the catalogue, and no page."""

from mentorkit.videos.captions import Cue, clock, passages, read_cues
from mentorkit.videos.entries import Index, Video
from mentorkit.videos.load import index_folder, load
from mentorkit.videos.search import Hit, search

__all__ = [
    "Cue",
    "Hit",
    "Index",
    "Video",
    "clock",
    "index_folder",
    "load",
    "passages",
    "read_cues",
    "search",
]
