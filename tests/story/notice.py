"""What notice.sh plays: a month of sixty members. What is to be told follows from what happens, by the rules as they are
written out in Truth; after each step `waker notice plan` must say the same. Then each rule is broken in Truth, once: a
month in which nobody could tell the difference would prove nothing.
"""
import json

from notice_month import RULES, ByTruth, ByWaker, month
from play import Ran, Story, must

story = Story("notice")
HOME = f"{story.tmp}/home"


def play(world):
    said = []
    for _, _, happens in month(world):
        happens()
        said.append(world.says())
    return said


def main():
    got, want = play(ByWaker(story.tmp)), play(ByTruth())
    for (when, sentence, _), mine, right in zip(month(None), got, want):
        story.ok(mine == right, f"{when}, {sentence}: {sum(right.values())} notices as by the rules",
                 f"missing: {right - mine}", f"too much: {mine - right}")
    unseen = [rule for rule in list(RULES) if play(ByTruth(rule)) == got]
    story.ok(RULES and not unseen, f"{len(RULES) - len(unseen)} of {len(RULES)} wrong rules are told apart", unseen)
    once = must("-C", HOME, "notice", "plan", "--of", "m02", "--json", WAKER_NOW=story_now()).out
    story.ok(once and all(json.loads(line)["member"] == "m02" for line in once.splitlines()), "--of shows one member's", once)
    twice, none = (Ran("-C", HOME, "notice", "release", issue, WAKER_NOW=story_now()) for issue in ("exposed.docker", "exposed.rdp"))
    story.ok(twice.is_sentence(75, "exposed.docker was released at 2026-03-18T12:00:00Z, by officer") and
             none.is_sentence(66, 'nothing is held of "exposed.rdp"'), "what is not held cannot be released, nor twice", twice, none)
    decided = [json.loads(line) for line in must("-C", HOME, "audit", "list", "--json").out.splitlines() if '"notice ' in line]
    story.ok([(a["verb"], a["subject"]) for a in decided] == [("notice release", "exposed.docker"), ("notice discard", "vuln.exchange")] and
             all(any(v.startswith("members: ") for v in a["values"]) for a in decided), "what an officer let go or never told is in the audit", decided)
    everything = must("-C", HOME, "notice", "plan", "--all", "--json", WAKER_NOW=story_now()).out.splitlines()
    states = {json.loads(line)["state"] for line in everything}
    story.ok({"planned", "released", "discarded", "void"} <= states, "--all shows also what was taken out", states)


def story_now():
    return "2026-03-27T15:00:00Z"


try:
    main()
finally:
    story.end()
