// A video's page: a time in the address (#t=26) sets the video to that second. It never starts by itself.

const LARGEST = 60e6; // bytes that are fetched whole where a server cannot send a part (assumption)
const page = document.querySelector("[data-bk-video]");
const video = page.querySelector("video");
const status = page.querySelector(".bk-video-at");
const passages = [...page.querySelectorAll(".bk-passages > li")];
let whole; // set once the file is in memory

const clock = (seconds) => {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
};

const ready = () =>
  video.readyState > 0
    ? Promise.resolve()
    : new Promise((done) => video.addEventListener("loadedmetadata", done, { once: true }));

/** Plain servers send files only from their beginning; then a browser cannot jump until it has all of it. */
async function fetchWhole() {
  const source = video.querySelector("source");
  const reply = await fetch(source?.src ?? video.currentSrc);
  if (!reply.ok || Number(reply.headers.get("Content-Length") ?? Infinity) > LARGEST) return;
  video.src = URL.createObjectURL(await reply.blob());
  await ready();
}

async function stand(second) {
  await ready();
  const reach = video.seekable.length ? video.seekable.end(video.seekable.length - 1) : 0;
  if (reach < Math.min(second, video.duration)) await (whole ??= fetchWhole());
  video.currentTime = second;
}

function follow() {
  const second = Number(/[#&]t=(\d{1,6})\b/.exec(decodeURIComponent(location.hash))?.[1] ?? NaN);
  if (Number.isNaN(second)) return;
  const before = passages.filter((item) => Number(item.dataset.second) <= second);
  const here = document.getElementById(decodeURIComponent(location.hash.slice(1))) ?? before.at(-1);
  for (const item of passages) item.classList.toggle("bk-here", item === here);
  if (!video) return;
  stand(second).then(
    () => (status.textContent = page.dataset.at.replace("{time}", clock(second))),
    () => (status.textContent = page.dataset.broken),
  );
}

video?.addEventListener("error", () => (status.textContent = page.dataset.broken));
video?.querySelector("source")?.addEventListener("error", () => (status.textContent = page.dataset.broken));
addEventListener("hashchange", follow);
follow();
