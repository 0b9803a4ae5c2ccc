// What a mentor may see of a circle, with the error of a hand count. Twin of circle/evidence.py; null: nothing to see.

import {total} from "./arithmetic.js";
import {HOUR} from "./meeting.js";
import {DRAWS, draw, keyOf, Purpose} from "./philox.js";
import {timelineOf} from "./setup.js";

export const ITEMS = ["worth", "safety", "next_step", "time", "own_choice", "back"];
const FEWEST_ANSWERS = 3; // below this a mean would tell who said what

/** Shares as somebody with a pencil counts them; they sum to one again. */
function counted(shares, errors, k) {
  const noted = shares.map((share, i) => share * (1 + k.airtime_noise * (2 * errors[i] - 1)));
  const everyone = total(noted);
  return noted.map((share) => share / (everyone > 0 ? everyone : 1));
}

/** The week's posts of one member; `at` is where the member's levers of the week stand. */
function messages(week, i, lever, at, k, swing, rest) {
  const safe = 0.4 + 0.6 * week.safety[i];
  let mean = k.chat_base * (0.2 + 1.6 * lever.write[at]) * (0.4 + week.commitment[i]) * safe;
  mean = mean + k.chat_carry * Math.max(lever.carries[at] - 0.3, 0);
  mean = mean + k.chat_talk * lever.talk[at] * safe;
  mean = mean + k.chat_dates * (1 - week.held) * lever.write[at];
  mean = mean + week.notice[i] + 2 * lever.breach[at];
  return week.enrolled[i] * Math.floor(mean * (0.6 + 0.8 * swing) + rest);
}

/** What members say in the survey: a mean an item, on the scale 1 to 5. */
function survey(week, lever, at, k, errors) {
  const own = week.advised.map((advised, i) => lever.own[at + i] * (1 - 0.5 * advised));
  const states = [week.worth, week.safety, week.nextStep, week.enough, own, week.commitment];
  const count = total(week.attended);
  const means = {};
  ITEMS.forEach((item, column) => {
    const answers = states[column].map((state, i) => {
      const raw = Math.floor(1.5 + 4 * state + k.survey_noise * (2 * errors[column][i] - 1));
      return week.attended[i] * Math.min(Math.max(raw, 1), 5);
    });
    means[item] = count >= FEWEST_ANSWERS ? total(answers) / count : null;
  });
  return means;
}

/** The evidence of one run, week by week, under the names that it has in Python. */
export function observe(catalogue, setup, weeks) {
  const key = keyOf(setup.seed ?? 1);
  const circle = setup.circle ?? 0;
  const k = catalogue.constants;
  const {size, lever} = timelineOf(catalogue, setup);
  const room = () => Array.from({length: DRAWS}, () => new Array(size));
  const [strays, errors] = [room(), room()];
  return weeks.map((week, index) => {
    for (let i = 0; i < size; i += 1) {
      draw(key, circle, index + 1, i, Purpose.SEEN, strays, i);
      draw(key, circle, index + 1, i, Purpose.SURVEY, errors, i);
    }
    const at = index * size;
    const [air, about, clock, swing, rest] = strays;
    const noted = (value, i) => Math.min(Math.floor(value + k.minutes_noise * (2 * clock[i] - 1) + 0.5), HOUR);
    const enrolled = (i) => week.enrolled[i] > 0.5;
    const away = (i) => enrolled(i) && week.held > 0.5 && week.attended[i] <= 0.5;
    const there = (values) => values.map((value, i) => (week.attended[i] > 0.5 ? value : null));
    return {
      held: week.held,
      attendance: week.attended.map((value, i) => (enrolled(i) ? value : null)),
      notice: week.notice.map((value, i) => (away(i) ? value : null)),
      minutes: there(week.minutes.map(noted)),
      airtime: there(counted(week.airtime, air, k)),
      topic: there(counted(week.topic, about, k)),
      checkin: week.held > 0.5 ? week.checkin : null,
      messages: week.enrolled.map((_, i) => (enrolled(i) ? messages(week, i, lever, at + i, k, swing[i], rest[i]) : null)),
      exercise: there(week.exercise),
      steps: there(week.steps),
      names: there(week.names.map(Math.floor)),
      contacts: total(week.contacts),
      gifts: total(week.gifts),
      answers: total(week.answers),
      survey: survey(week, lever, at, k, errors),
    };
  });
}
