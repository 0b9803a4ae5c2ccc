"""A member of the circle as a Mesa agent: what one person does in a week. See circle.py beside it."""

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

import mesa

if TYPE_CHECKING:
    from peer.circle import Circle

HOUR = 60.0


class Member(mesa.Agent):
    """One person in a circle: fractions of one, counts, minutes."""

    def __init__(self, model: "Circle", lever: Mapping[str, float]) -> None:
        super().__init__(model)
        self.lever = lever
        self.k = model.k
        self.drive = self.random.random()
        self.open = self.random.random()
        self.clear = self.random.random()
        self.keen = self.random.random()
        self.pace = self.random.random()
        self.begin()

    def begin(self) -> None:
        """Take the seat as somebody new."""
        k = self.k
        self.clarity = k["clarity_start"]
        self.confidence = k["confidence_start"]
        self.safety = k["safety_start"]
        self.commitment = k["commitment_start"] + 0.1 * (2 * self.keen - 1)
        self.attended = self.misses = 0
        self.next_step = self.habit = self.progress = self.names = 0.0
        self.known = self.close = self.deep = 0.0
        self.leaving = False
        self.trust: dict[Member, float] = {}
        for other in self.model.agents:
            if other is not self:
                self.trust[other] = other.trust[self] = k["trust_start"]

    def leave(self) -> None:
        """Go for good."""
        self.remove()
        for other in self.model.agents:
            del other.trust[self]

    def come(self) -> None:
        """Decide whether to come, and when; nothing is said or done yet."""
        lever, k = self.lever, self.k
        wish = lever["turnout"] * min(k["come_floor"] + self.commitment, 1)
        wish *= (1 - k["load_away"] * lever["load"]) * self.model.mood
        if self.model.visible:
            wish *= 1 - k["fear_away"] * lever["fear"]
        self.coming = self.random.random() < wish
        self.missed = min(lever["late"] * 2 * self.random.random(), 45)
        self.present = False
        self.share = self.topic = self.minutes = self.advised = self.candour = self.told = 0.0

    def others_power(self) -> float:
        """Return how much power the others in the room have over this member, at most 1."""
        own = self.lever["evaluator"] if self.present else 0.0
        return float(min(self.model.power - own, 1))

    def want_to_speak(self) -> None:
        """Feel the urge to speak."""
        lever, k = self.lever, self.k
        turns = lever["rounds"] * k["rounds_pull"] * (0.4 + 0.6 * lever["lead"])
        carried = max(lever["carries"] - 0.3, 0)
        drive = k["drive_floor"] + self.drive**2 + lever["talk"] + k["process_talk"] * carried
        form = 1 + k["day_form"] * (self.random.random() - 0.5)
        urge = (1 - turns) * drive * form + turns * k["even_drive"]
        hushed = 1 - k["hush"] * self.others_power()
        self.urge = urge * lever["ease"] * hushed * (1 - self.missed / HOUR)

    def speak(self, all_urge: float) -> None:
        """Take a share of the talk; part of it is advice to others."""
        self.share = self.urge / max(all_urge, 1e-9)
        self.minutes = self.share * self.model.free
        self.advice = self.share * self.lever["advise"]

    def be_advised(self, all_advice: float) -> None:
        """Hear what the others say about one's own topic."""
        on_process = min(1.3 * max(self.lever["carries"] - 0.3, 0), 0.9)
        mine = (self.share - self.advice) * (1 - on_process)
        given = (all_advice - self.advice) / max(len(self.model.present) - 1, 1)
        self.topic = mine + given
        self.advised = given / max(self.topic, 1e-9)

    def open_up(self) -> None:
        """Tell how it is, as far as it feels safe; a breach comes first."""
        lever, k = self.lever, self.k
        if lever["breach"] > 0:
            self.safety *= 1 - k["safety_breach"] * lever["breach"]
            for other in self.trust:
                self.trust[other] *= 1 - k["trust_breach"] * lever["breach"]
        if self.present:
            ceiling = 1 - k["safety_ceiling"] * self.others_power()
            ready = min(max(lever["openness"] + 0.2 * (2 * self.open - 1), 0), 1)
            self.candour = ready * min(self.safety, ceiling) * (0.5 + 0.5 * lever["depth"])
            self.told = self.candour * self.minutes / (self.minutes + 3)

    def listen(self, all_told: float, peak: float) -> None:
        """Gain trust in those who told something, and safety unless talked over or advised."""
        k = self.k
        heard = all_told - self.told
        excess = min(max(peak - 2 / max(len(self.model.present), 3), 0) * 5, 1)
        talked_over = excess if self.share < peak else 0.0
        ceiling = 1 - k["safety_ceiling"] * self.others_power()
        rise = k["safety_rise"] * max(ceiling - self.safety, 0) * heard / (1 + heard)
        fall = self.safety * (k["safety_cost"] * talked_over + k["safety_advised"] * self.advised)
        self.safety += rise - fall
        self.felt = min(self.safety, ceiling)
        for other in self.model.present:
            if other is not self:
                self.trust[other] += (1 - self.trust[other]) * k["trust_rise"] * other.told

    def practise(self) -> None:
        """Do the exercise in the hour, then take steps between meetings: three occasions a week."""
        lever, k, circle = self.lever, self.k, self.model
        self.exercise = report = 0.0
        self.mean_trust = sum(self.trust.values()) / max(len(self.trust), 1)
        if self.present:
            minutes = max(circle.exercise - k["late_cut"] * self.missed, 0)
            self.exercise = min(minutes / k["exercise_enough"], 1)
            self.exercise *= 1 - k["exercise_spread"] * self.random.random()
            self.exercise *= 0.3 + 0.7 * min(2 * self.clarity, 1)
            if circle.visible:
                self.exercise *= 1 - k["fear_skip"] * lever["fear"]
            self.enough = min(self.topic * circle.free / k["enough_minutes"], 1)
            felt = self.exercise * (0.4 + 0.6 * lever["depth"])
            heard = k["clarity_talk"] * self.enough * (0.4 + 0.6 * self.mean_trust)
            pull = heard + k["clarity_exercise"] * felt
            self.clarity += pull * (lever["goal"] * (1 - 0.15 * self.clear) - self.clarity)
            onward = 1 - 0.8 * (1 - lever["ending"]) ** 2 * circle.near
            self.next_step = self.clarity * (0.15 + 0.5 * self.exercise + 0.35 * self.enough)
            self.next_step *= onward
            report = lever["told"] * (0.5 + 0.5 * self.mean_trust)
        else:
            self.next_step *= k["step_forget"]
        clear = k["step_clear"] + k["step_plan"] * lever["plan"]
        chance = k["step_base"] + self.next_step * clear + k["step_told"] * report
        chance *= k["time_floor"] + k["time_weight"] * lever["time"]
        chance *= (1 - 0.9 * lever["load"]) * (0.5 + 0.5 * circle.energy)
        chance *= 0.4 + 0.65 * lever["own"] * (1 - 0.5 * self.advised)
        chance *= 1 + k["pace_spread"] * (2 * self.pace - 1)
        chance = min(chance / lever["step_size"], 0.95)
        self.steps = 0
        if self.present or self.attended > 0:
            self.steps = sum(self.random.random() < chance for _ in range(3))
        self.confidence += k["confidence_rate"] * (min(self.steps, 1) - self.confidence)
        self.habit += k["habit_rate"] * (self.steps + self.exercise) * (1 - self.habit)
        listed = k["list_rate"] * self.exercise * lever["people"] * min(1.6 * self.clarity, 1)
        self.names = self.names * (1 - lever["restart"]) + listed

    def reach_out(self) -> None:
        """Write to people outside, at most one for each step taken; some answer."""
        lever, k = self.lever, self.k
        likely = lever["people"] * (1 - lever["fear"])
        likely *= k["contact_base"] + k["contact_exercise"] * self.exercise
        reach = self.random.random()
        people = (reach < likely) + (reach < 0.4 * likely)
        self.contacts = math.floor(min(people, self.steps) * lever["volume"])
        gifts = math.floor(self.contacts * lever["gift"] + self.random.random())
        self.gifts = min(gifts, self.contacts)
        rate = k["answer_ask"] + k["answer_gift"] * lever["gift"]
        rate += k["answer_known"] * min(self.known / 4, 1)
        rate /= 1 + k["volume_cost"] * (lever["volume"] - 1)
        answers = math.floor(self.contacts * min(rate, 0.95) + self.random.random())
        again = self.known / (self.known + k["deepen"])
        further = self.close / (self.close + k["deepen"])
        keep = 1 - lever["restart"]
        self.known = self.known * keep + answers * (1 - again)
        self.close = self.close * keep + answers * again * (1 - further)
        self.deep += answers * again * further
        moved = self.steps * (0.4 + 0.6 * self.clarity) + k["progress_answer"] * answers
        self.progress = min(self.progress * keep + k["progress_rate"] * moved, 1)

    def weigh(self) -> None:
        """Feel what the week was worth, and decide whether to leave before the next one."""
        lever, k, circle = self.lever, self.k, self.model
        if self.present:
            self.commitment += k["commitment_pull"] * (self.worth() - self.commitment)
            self.attended += 1
            self.misses = 0
        elif circle.held:
            self.commitment -= k["commitment_absent"]
            self.misses += 1
        else:
            self.commitment -= k["commitment_cancelled"]
        self.commitment = max(self.commitment, 0)
        self.notice = not self.present and self.random.random() < lever["notice"]
        chance = lever["hazard"] * k["hazard_scale"]
        chance *= 1 + k["early_hazard"] / (1 + self.attended**2)
        if self.misses >= 1:
            chance *= 1 - k["nudge_hazard"] * lever["nudge"]
        if self.misses >= 2:
            chance *= k["misses_hazard"]
        word = lever["pledge"] * k["pledge_reach"] / (k["pledge_reach"] + circle.ahead - 1)
        chance *= 1 + k["pledge_hazard"] * (1 - word)
        chance *= 1 + k["strange_hazard"] * (1 - self.mean_trust)
        chance *= 1 + k["energy_hazard"] * (1 - circle.energy)
        chance *= 1.9 - 1.25 * self.commitment
        self.leaving = lever["leaves"] > 0.5 or self.random.random() < chance

    def worth(self) -> float:
        """Return what the hour was worth to somebody who was there."""
        lever, k, circle = self.lever, self.k, self.model
        worth = k["worth_time"] * self.enough + k["worth_safety"] * self.felt
        worth += k["worth_step"] * self.next_step + k["worth_confidence"] * self.confidence
        warmth = min(circle.free / k["warm_minutes"], 1) * (0.4 + 0.6 * self.mean_trust)
        worth += k["worth_warmth"] * warmth
        worth += k["worth_people"] * min((len(circle.present) - 1) / 3, 1)
        worth *= (1 - k["worth_advised"] * self.advised) * (0.6 + 0.4 * circle.energy)
        worth *= 1 - k["worth_own"] * (1 - lever["own"])
        worth *= 0.7 + 0.3 * lever["depth"]
        return float(max(worth * 1.35 - k["worth_carry"] * max(lever["carries"] - 0.3, 0), 0))
