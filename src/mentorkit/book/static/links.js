// The exercise link. On a click, and never before, it asks whether a course server stands beside
// this copy of the book. If one does, it goes there; if not, it says so beside the link.

/** Where to go, or null where nobody answers as a course server would. */
async function askAddress(target) {
  let answer;
  try {
    answer = await fetch(target, { method: "GET", headers: { Accept: "application/json" } });
  } catch {
    return null; // no server at all: opened from disk, or gone
  }
  // A server that wants you to sign in first exists: let it say so itself.
  if (answer.redirected || answer.status === 401 || answer.status === 403) return target;
  if (!answer.ok) return null;
  try {
    const { url } = await answer.json();
    if (typeof url !== "string") return null;
    const address = new URL(url, target);
    return address.origin === new URL(target).origin ? address.href : null;
  } catch {
    return null; // a page, not an answer
  }
}

/** A click that asks for a new tab or window keeps its usual meaning. */
const isPlain = (event) =>
  event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;

for (const box of document.querySelectorAll(".bk-exercise")) {
  const link = box.querySelector("[data-bk-exercise]");
  const status = box.querySelector("[role=status]");
  let asking = false;
  link.addEventListener("click", async (event) => {
    if (!isPlain(event)) return;
    event.preventDefault();
    if (asking) return;
    asking = true;
    status.textContent = box.dataset.asking;
    const address = await askAddress(link.href);
    asking = false;
    status.textContent = address ? "" : box.dataset.absent;
    if (address) window.location.assign(address);
  });
}
