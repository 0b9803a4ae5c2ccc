// The exercise's links. On a click, and never before, a link asks whether a course server stands beside
// this copy of the book. If one does, it goes there or says what the server says; if not, it says so.

/** What a course server says: {address} to go to, {message} to read, or {} where nobody answers as one would. */
async function ask(target) {
  let answer;
  try {
    answer = await fetch(target, { method: "GET", headers: { Accept: "application/json" } });
  } catch {
    return {}; // no server at all: opened from disk, or gone
  }
  // A server that wants you to sign in first exists: let it say so itself.
  if (answer.redirected || answer.status === 401 || answer.status === 403) return { address: target };
  try {
    const { url, message } = await answer.json();
    if (typeof message === "string") return { message };
    if (!answer.ok || typeof url !== "string") return {};
    const address = new URL(url, target);
    return address.origin === new URL(target).origin ? { address: address.href } : {};
  } catch {
    return {}; // a page, not an answer
  }
}

/** A click that asks for a new tab or window keeps its usual meaning. */
const isPlain = (event) =>
  event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;

for (const box of document.querySelectorAll(".bk-exercise")) {
  const status = box.querySelector("[role=status]");
  let asking = false;
  for (const link of box.querySelectorAll("[data-bk-exercise]")) {
    link.addEventListener("click", async (event) => {
      if (!isPlain(event)) return;
      event.preventDefault();
      if (asking) return;
      asking = true;
      status.textContent = box.dataset.asking;
      const { address, message } = await ask(link.href);
      asking = false;
      status.textContent = address ? "" : (message ?? box.dataset.absent);
      if (address) window.location.assign(address);
    });
  }
}
