// The learning system, as SCORM 1.2 lets a page speak to it: find it, ask, tell, and say so where it refuses.
// Source: ADL SCORM 1.2 Run-Time Environment, sections 3.2 (finding the API) and 3.3 (its functions).

const MOST_FRAMES = 50; // assumption: no learning system nests deeper

function apiAbove(start) {
  let frame = start;
  for (let climbed = 0; frame && climbed < MOST_FRAMES; climbed += 1) {
    try {
      if (frame.API) return frame.API;
    } catch { // a frame of another site may not be looked into
      return null;
    }
    if (frame.parent === frame) return null;
    frame = frame.parent;
  }
  return null;
}

/** Return the learning system's API, looked for in the frames above and in the window that opened this one, or null. */
export function findApi(start) {
  const opened = (() => { try { return start.top.opener; } catch { return null; } })();
  return apiAbove(start) ?? apiAbove(start.opener) ?? apiAbove(opened);
}

/** What the learning system would not take: its error's number. */
export class NotTaken extends Error {}

/** One session. `begin` first, `end` once; every other call throws NotTaken where the system says no. */
export class Session {
  constructor(api, now) {
    [this.api, this.now, this.began, this.open] = [api, now, now(), false];
  }

  begin() {
    this.sure(this.api.LMSInitialize(""));
    this.open = true;
    if (["not attempted", ""].includes(this.get("lesson_status"))) this.set("lesson_status", "incomplete");
  }

  get(name) {
    return String(this.api.LMSGetValue(`cmi.core.${name}`) ?? "");
  }

  set(name, value) {
    this.sure(this.api.LMSSetValue(`cmi.core.${name}`, String(value)));
  }

  /** Tell the status and, where there is one, a score from 0 to 100, and have them kept at once. */
  report(met, percent) {
    if (percent !== null) {
      this.set("score.min", 0);
      this.set("score.max", 100);
      this.set("score.raw", percent);
    }
    this.set("lesson_status", met ? "passed" : "incomplete");
    this.sure(this.api.LMSCommit(""));
  }

  end() {
    if (!this.open) return;
    this.open = false;
    this.api.LMSSetValue("cmi.core.session_time", span(this.now() - this.began));
    this.api.LMSFinish("");
  }

  sure(answer) {
    if (String(answer) !== "true") throw new NotTaken(String(this.api.LMSGetLastError?.() ?? ""));
  }
}

/** Return milliseconds as SCORM writes a time span: HHHH:MM:SS. */
export function span(milliseconds) {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const parts = [Math.min(9999, Math.floor(seconds / 3600)), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part, place) => String(part).padStart(place ? 2 : 4, "0")).join(":");
}
