"""Makes the sample talk from script.yaml: video, captions, chapters. For authors; nothing else needs it.

Needs ffmpeg (with libvpx-vp9 and libopus), espeak-ng and a Chromium, which draws the slides. Run it from
anywhere: `python video_index/sample/make.py`. The files are written beside the entry, one folder up.
"""

import shutil
import subprocess
import tempfile
import wave
from html import escape
from math import ceil
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import sync_playwright

from mentorkit.videos.captions import Cue
from mentorkit.videos.write import to_webvtt

HERE = Path(__file__).parent
NAME = "sample-chat-club"
SIZE = {"width": 640, "height": 360}
PAUSE = 0.45  # seconds of silence after a line (assumption: time to read it)
SEATS = ("#17616e", "#9a5d1c", "#2f7757", "#6b4f99", "#2f4a4d")
PLACES = ((480, 78), (560, 160), (520, 262), (440, 262), (400, 160))
BODY = '<path d="M-26 30a26 24 0 0 1 52 0z"/><circle r="13" cy="-8"/>'


def people(colours: tuple[str, ...] = SEATS) -> str:
    """Return five people round a table as SVG."""
    table = (
        '<ellipse cx="480" cy="175" rx="62" ry="44" fill="#fff" stroke="#6f8f8c" stroke-width="3"/>'
    )
    seats = zip(PLACES, colours, strict=True)
    return table + "".join(
        f'<g transform="translate({x} {y})" fill="{c}">{BODY}</g>' for (x, y), c in seats
    )


def bars(words: tuple[str, ...], widths: tuple[int, ...], colour: str) -> str:
    """Return labelled bars as SVG."""
    rows = zip(words, widths, strict=True)
    return "".join(
        f'<text x="380" y="{110 + 76 * n}" font-size="20">{word}</text>'
        f'<rect x="380" y="{120 + 76 * n}" width="220" height="18" fill="#dfe9e7"/>'
        f'<rect x="380" y="{120 + 76 * n}" width="{width}" height="18" fill="{colour}"/>'
        for n, (word, width) in enumerate(rows)
    )


PICTURES = {
    "circle": people(),
    "count": bars(("exercise", "next step", "new people"), (16, 10, 6), "#9a4a17"),
    "twin": bars(("this week", "next week", "after that"), (20, 200, 210), "#17616e"),
    "clock": bars(
        ("arrive · 10", "exercise · 30", "what comes next · 20"), (37, 110, 73), "#17616e"
    ),
    "words": people(("#9a4a17", *SEATS[1:])),
}


def slide(scene: dict[str, Any]) -> str:
    """Return one slide as a page."""
    lines = "".join(
        f'<tspan x="36" dy="{0 if n == 0 else 40}">{escape(line)}</tspan>'
        for n, line in enumerate(scene["slide"])
    )
    return (
        '<style>body{margin:0}</style><svg xmlns="http://www.w3.org/2000/svg" width="640" height="360" '
        'font-family="DejaVu Sans" fill="#1d2b2d"><rect width="640" height="360" fill="#eef4f3"/>'
        '<text y="150" font-size="24" font-weight="bold">'
        + lines
        + f"</text>{PICTURES[scene['draw']]}"
        '<text x="36" y="336" font-size="14">Sample talk · CC BY 4.0</text></svg>'
    )


def speak(line: str, path: Path) -> float:
    """Write `line` as sound; return its seconds."""
    subprocess.run(["espeak-ng", "-v", "en-gb", "-s", "150", "-w", path, line], check=True)  # noqa: S603, S607
    with wave.open(str(path)) as sound:
        return sound.getnframes() / sound.getframerate()


def be_silent(seconds: float, like: Path, path: Path) -> None:
    """Write silence to `path`, in the manner of the sound `like`."""
    with wave.open(str(like)) as sound, wave.open(str(path), "w") as still:
        still.setparams(sound.getparams())
        still.writeframes(b"\0\0" * round(seconds * sound.getframerate()))


def main() -> None:
    """Make everything."""
    script = yaml.safe_load((HERE / "script.yaml").read_text(encoding="utf-8"))
    cues: list[Cue] = []
    chapters: list[Cue] = []
    sounds: list[str] = []
    pictures: list[Any] = []  # what ffmpeg reads: each slide for as long as it is spoken about
    now = 0.0
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(viewport=SIZE)
        for number, scene in enumerate(script["scenes"]):
            began = now
            page.set_content(slide(scene))
            page.screenshot(path=folder / f"{number}.png")
            for line in scene["say"]:
                path, after = folder / f"{len(cues)}.wav", folder / f"{len(cues)}-after.wav"
                length = speak(line, path)
                cues.append(Cue(now, now + length, line))
                now += length
                # a scene begins with a whole second, so that an address such as #t=80 shows its slide
                last = line == scene["say"][-1]
                wait = ceil(now + PAUSE) - now if last else PAUSE
                now += wait
                be_silent(wait, like=path, path=after)
                sounds.append(f"file '{path}'\nfile '{after}'\n")
            chapters.append(Cue(began, now, scene["chapter"]))
            pictures += ["-loop", "1", "-framerate", "2", "-t", f"{now - began:.3f}"]
            pictures += ["-i", folder / f"{number}.png"]
        browser.close()
        (folder / "sounds").write_text("".join(sounds))
        joined = f"concat=n={len(chapters)}:v=1[v]"
        command = [
            "ffmpeg", "-y", "-loglevel", "error", *pictures, "-f", "concat", "-safe", "0",
            "-i", folder / "sounds", "-filter_complex", joined, "-map", "[v]", "-map", f"{len(chapters)}:a",
            "-g", "20", "-c:v", "libvpx-vp9", "-b:v", "0", "-crf", "40", "-pix_fmt", "yuv420p",
            "-ac", "1", "-c:a", "libopus", "-b:a", "8k", "-application", "voip", "-t", f"{now:.3f}",
            HERE.parent / f"{NAME}.webm",
        ]  # fmt: skip
        subprocess.run(command, check=True)  # noqa: S603
    (HERE.parent / f"{NAME}.en.vtt").write_text(to_webvtt(cues), encoding="utf-8")
    (HERE.parent / f"{NAME}.chapters.vtt").write_text(to_webvtt(chapters), encoding="utf-8")
    print(f"{now:.1f} seconds, {(HERE.parent / f'{NAME}.webm').stat().st_size} bytes")


if __name__ == "__main__":
    main()
