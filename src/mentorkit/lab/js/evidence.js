// What a mentor may see of a circle, with the error of a hand count. Twin of circle/evidence.py; null: nothing to see.

import {draw, keyOf, Purpose} from "./philox.js";

export const ITEMS = ["worth", "safety", "next_step", "time", "own_choice", "back"];
const FEWEST_ANSWERS = 3; // below this a mean would tell who said what
const OWN_CHOICE = 0.85; // assumption: nobody was sent, until a problem says so
const total = (values) => values.reduce((sum, value) => sum + value);

function survey(week, k, errors) {
  const states = [week.worth, week.safety, week.nextStep, week.enough, week.worth.map(() => OWN_CHOICE), week.commitment];
  const count = total(week.attended);
  const means = {};
  ITEMS.forEach((item, column) => {
    const answers = states[column].map((state, i) => {
      if (week.attended[i] <= 0.5) return 0;
      const raw = Math.floor(1.5 + 4 * state + k.survey_noise * (2 * errors[i][column] - 1));
      return raw < 1 ? 1 : raw > 5 ? 5 : raw;
    });
    means[item] = count >= FEWEST_ANSWERS ? total(answers) / count : null;
  });
  return means;
}

/** The evidence of one run, week by week. */
export function observe(catalogue, setup, weeks) {
  const key = keyOf(setup.seed ?? 1);
  const circle = setup.circle ?? 0;
  const k = catalogue.constants;
  return weeks.map((week, index) => {
    const luck = (purpose) => week.attended.map((_, member) => draw(key, circle, index + 1, member, purpose));
    const air = luck(Purpose.AIRTIME);
    const counted = week.airtime.map((share, i) => share * (1 + k.airtime_noise * (2 * air[i][0] - 1)));
    const everyone = total(counted);
    const seen = (values) => values.map((value, i) => (week.attended[i] > 0.5 ? value : null));
    return {
      held: week.held,
      attendance: week.attended.map((value, i) => (week.enrolled[i] > 0.5 ? value : null)),
      airtime: seen(counted.map((value) => value / (everyone > 0 ? everyone : 1))),
      exercise: seen(week.exercise),
      checkin: week.held > 0.5 ? week.checkin : null,
      contacts: total(week.contacts),
      survey: survey(week, k, luck(Purpose.SURVEY)),
    };
  });
}
