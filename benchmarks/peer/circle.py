"""The same circle as a Mesa user would write it: an agent a member, a model a circle, a step a week.

Why it exists: `benchmarks/circle.py` measures our speed against it, and it checks the model independently:
written anew with branches and plain numbers, with Mesa's own luck, it must agree in distribution
(tests/test_mesa.py). Problems and responses are left out; levers keep one value. No DataCollector: the
NumPy model keeps no weeks either when it is timed. It may know the catalogue, never `mentorkit.circle`.
"""

import time
from collections.abc import Mapping

import mesa

from mentorkit.catalogue import catalogue
from mentorkit.errors import KitError
from peer.member import HOUR, Member

WEEKS = 12
FEWEST_LEFT = 3  # members with whom a circle counts as a circle


class Circle(mesa.Model):
    """A circle of members who meet once a week; `levers` maps ids to a number for every member and week."""

    def __init__(self, levers: Mapping[str, float] | None = None, seed: int | None = None) -> None:
        super().__init__(seed=seed)
        cat = catalogue()
        unknown = set(levers or {}) - set(cat.levers)
        if unknown:
            known = ", ".join(cat.levers)
            raise KitError(f"There is no lever '{min(unknown)}'. Choose one of: {known}.")
        self.k = cat.constants
        self.lever = {id: lever.default for id, lever in cat.levers.items()} | dict(levers or {})
        Member.create_agents(self, int(self.lever["size"]), lever=self.lever)
        self.seats = list(self.agents)
        self.meetings = self.gap = 0
        self.candour = self.top_share = self.minutes = 0.0  # sums over all weeks, as are these:
        self.came = self.invited = self.steps_taken = 0

    def step(self) -> None:
        """Live one week."""
        self.agents.select(lambda member: member.leaving).do("leave")
        self.fill_seats()
        self.feel_energy()
        self.agents.do("come")
        self.meet()
        self.spend_hour()
        self.talk()
        self.agents.do("practise")
        self.agents.do("reach_out")
        self.agents.do("weigh")
        self.count()

    def fill_seats(self) -> None:
        """Give a seat to somebody new, where a lever says so; the traits go with the seat."""
        if self.lever["newcomer"] > 0.5 or self.lever["refill"] > 0.5:
            for member in self.seats:
                if self.lever["newcomer"] > 0.5 or member not in self.agents:
                    self.register_agent(member)
                    member.begin()

    def feel_energy(self) -> None:
        """Know how new it is, how near the end is, and whether it is a holiday week."""
        lever, k = self.lever, self.k
        novelty = k["novelty"] / (k["novelty"] + self.meetings)
        self.ahead = max(lever["length"] - self.meetings, 1)
        self.near = k["end_near"] / (k["end_near"] + self.ahead - 1)
        slump = k["slump"] * (1 - novelty) * (1 - self.near)
        self.energy = max(1 - slump - lever["weariness"], 0)
        self.visible = k["visible_from"] <= self.meetings + 1 <= k["visible_to"]
        self.mood = 1 - k["energy_away"] * (1 - self.energy)
        if self.random.random() < lever["holidays"]:
            self.mood *= 1 - k["holiday_away"]

    def meet(self) -> None:
        """Hold the meeting if the slot is kept, the organisers come, and there are enough people."""
        lever, k = self.lever, self.k
        coming = self.agents.select(lambda member: member.coming)
        carried = sum(member.lever["carries"] for member in self.agents)
        lacking = sum(member.lever["carries"] for member in self.agents if not member.coming)
        lacking = min(max(lacking / max(carried, 1e-9) - k["carry_missing"], 0) * 2, 1)
        chance = lever["slot"] * (1 - lacking) * (1 - (1 - lever["ending"]) ** 2 * self.near)
        self.held = self.random.random() < chance and len(coming) >= lever["quorum"]
        self.present = coming if self.held else mesa.agent.AgentSet([], random=self.random)
        self.present.set("present", True)
        self.power = sum(member.lever["evaluator"] for member in self.present)

    def spend_hour(self) -> None:
        """Divide the hour into settling, check-in, exercise, free talk and close; minutes."""
        lever, k = self.lever, self.k
        idle = 1 - lever["lead"]
        left = HOUR - k["close_minutes"] - lever["settle"] - k["lead_settle"] * idle
        checkin = lever["checkin"] * (1 + k["checkin_each"] * (len(self.present) - 5))
        checkin *= (0.85 + 0.3 * self.random.random()) * (1 + k["lead_checkin"] * idle)
        checkin += k["recap"] * min(self.gap, 3)
        checkin += k["late_repeat"] * self.present.agg("missed", sum)
        self.checkin = min(checkin, left) if self.held else 0.0
        planned = lever["guide"] * (1 - k["lead_exercise"] * idle) * k["exercise_minutes"]
        self.exercise = min(planned * (0.5 + 0.5 * self.energy), left - self.checkin)
        self.free = left - self.exercise

    def talk(self) -> None:
        """Let those present speak and everybody open up; what is heard works at the end."""
        self.present.do("want_to_speak")
        self.present.do("speak", all_urge=self.present.agg("urge", sum))
        self.present.do("be_advised", all_advice=self.present.agg("advice", sum))
        self.agents.do("open_up")
        self.peak = max(self.present.get("share"), default=0.0)
        self.present.do("listen", all_told=self.present.agg("told", sum), peak=self.peak)

    def count(self) -> None:
        """Add the week to the sums."""
        self.candour += self.present.agg("candour", sum)
        self.came += len(self.present)
        self.steps_taken += self.agents.agg("steps", sum)
        self.top_share += self.peak
        self.minutes += self.checkin
        if self.held:
            self.invited += len(self.agents)
            self.meetings += 1
            self.gap = 0
        elif self.meetings > 0:
            self.gap += 1


def live(levers: Mapping[str, float] | None = None, seed: int | None = None) -> Circle:
    """Return a circle after its twelve weeks. Raises KitError for an unknown lever."""
    circle = Circle(levers, seed)
    for _ in range(WEEKS):
        circle.step()
    return circle


def run(levers: Mapping[str, float] | None = None, seed: int | None = None) -> dict[str, float]:
    """Run one circle for twelve weeks; return its outcomes (fractions) and what was counted.

    attendance: at meetings · held: meetings · steps: a seat and week · top_share: of the talk in a meeting
    · checkin: minutes of a meeting · trust and commitment in the last week, a seat · survival: members
    still there in the last week. Raises KitError for an unknown lever.
    """
    circle = live(levers, seed)
    k, here, seats = circle.k, circle.agents, len(circle.seats)
    ties = here.map(lambda member: member.known + 2 * member.close + 3 * member.deep)
    enough = k["enough_meetings"] * min(circle.lever["length"], WEEKS)
    found = {
        "progress": here.agg("progress", sum) / seats,
        "habit": here.agg("habit", sum) / seats,
        "ties": sum(min(each / k["ties_full"], 1) for each in ties) / seats,
        "candour": circle.candour / max(circle.came, 1),
        "finished": float(len(here) >= FEWEST_LEFT and circle.meetings >= enough),
    }
    return found | {
        "index": sum(found.values()) / len(found),
        "attendance": circle.came / max(circle.invited, 1),
        "held": circle.meetings,
        "steps": circle.steps_taken / (seats * WEEKS),
        "top_share": circle.top_share / max(circle.meetings, 1),
        "checkin": circle.minutes / max(circle.meetings, 1),
        "trust": here.agg("mean_trust", sum) / seats,
        "commitment": here.agg("commitment", sum) / seats,
        "survival": len(here) / seats,
    }


def circle_weeks(count: int, seed: int = 1) -> int:
    """Run `count` circles at the default levers; return how many circle-weeks that was."""
    for number in range(count):
        live(seed=seed + number)
    return count * WEEKS


def main() -> None:
    """Measure and print."""
    start = time.perf_counter()
    done = circle_weeks(1000)
    print(f"Mesa: {done / (time.perf_counter() - start):,.0f} circle-weeks a second")


if __name__ == "__main__":
    main()
