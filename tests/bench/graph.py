"""Extractions like those of real news, made up: as many quads an article, actors that recur, claims that contradict.

The shape follows 125 articles of a British daily: about 34 claims, 9 propositions, 57 actors and 3,500 quads an
article, a claim in eight a denial.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from kg.records import RELATIONS, Actor, Article, Claim, Extraction, Mention, Proposition, Role, Span, Stance

SEED = 7
STATES = tuple(f"State {n}" for n in range(60))
BODIES = tuple(f"Body {n}" for n in range(300))
PERSONS = tuple(f"Given{n % 97} Family{n}" for n in range(5000))
OUTLETS = tuple(f"Outlet {n}" for n in range(40))
_CLAIMS, _PROPOSITIONS, _STRANGERS, _MENTIONS = 34, 9, 26, 3
_WORDS = (
    "report",
    "day",
    "said",
    "that",
    "forces",
    "near",
    "the",
    "border",
    "had",
    "moved",
    "before",
    "talks",
    "began",
)
_STANCES: tuple[Stance, ...] = ("asserts",) * 13 + ("denies",) * 2 + ("declines_to_confirm",)
_RELATIONS = tuple(name for name in RELATIONS if name != "relatedTo")


def extractions(articles: int, seed: int = SEED) -> Iterator[Extraction]:
    """That many extractions, each a function of its number and ``seed``."""
    for number in range(articles):
        yield _Maker(number, Random(f"{seed} {number}")).extraction()  # noqa: S311  (no secret)


def _often(pool: tuple[str, ...], draw: Random) -> int:
    """An index into ``pool``, small ones far more often: a few actors are in the news every day."""
    return min(int(len(pool) ** draw.random()) - 1, len(pool) - 1)


@dataclass
class _Maker:
    """Makes one article; text grows as things are said in it."""

    number: int
    draw: Random
    text: list[str] = field(default_factory=list)
    length: int = 0

    def say(self, words: str) -> Span:
        """Span of ``words`` at the end of the text so far."""
        start = self.length
        self.text.append(words)
        self.length += len(words) + 1
        return start, start + len(words)

    def extraction(self) -> Extraction:
        actors, bystanders = self.actors(), self.strangers()
        propositions = [self.proposition(n, actors) for n in range(1, _PROPOSITIONS + 1)]
        claims = [self.claim(n, actors, propositions) for n in range(1, _CLAIMS + 1)]
        roles = [Role(a.id, "spokesman", actors[0].id, self.say("a spokesman")) for a in actors if a.type == "Person"]
        day = f"20{10 + self.number % 15}-{1 + self.number % 12:02}-{1 + self.number % 28:02}"
        outlet = OUTLETS[_often(OUTLETS, self.draw)]
        article = Article(f"article-{self.number}", " ".join(self.text), day, outlet, f"Title {self.number}")
        return Extraction(
            article, tuple(actors), tuple(roles), tuple(propositions), tuple(claims), "bench", tuple(bystanders)
        )

    def actors(self) -> list[Actor]:
        kinds = [("State", STATES)] * 6 + [("Organisation", BODIES)] * 5 + [("Person", PERSONS)] * 6
        chosen = dict.fromkeys((kind, pool, _often(pool, self.draw)) for kind, pool in [*kinds, ("Outlet", OUTLETS)])
        named = [self.named(n, *each) for n, each in enumerate(chosen, 1)]
        unnamed = [self.actor(f"u{n}", "officials", "Unnamed", None, named[n].id) for n in range(8)]
        return [*named, *unnamed]

    def named(self, number: int, kind: str, pool: tuple[str, ...], place: int) -> Actor:
        item = f"Q{900000 + place + 1000 * len(pool)}" if kind != "Person" else None
        return self.actor(f"a{number}", pool[place], kind, item)

    def strangers(self) -> list[Actor]:
        """Actors that only this article knows."""
        return [self.actor(f"b{n}", f"Group {self.number} {n}", "Organisation", None) for n in range(_STRANGERS)]

    def actor(self, local: str, name: str, kind: str, item: str | None, of: str | None = None) -> Actor:
        mentions = tuple(Mention(*self.say(name), reason="gazetteer") for _ in range(_MENTIONS))
        return Actor(local, name, kind, (name,), item, of, mentions, "gazetteer" if item else "recogniser")

    def proposition(self, number: int, actors: list[Actor]) -> Proposition:
        subject, object_ = self.draw.sample(actors[:8], 2)
        relation = _RELATIONS[_often(_RELATIONS, self.draw)]
        span = self.say(f"{subject.name} {relation} {object_.name}")
        when = f"20{10 + self.number % 15}-{1 + self.number % 12:02}"
        return Proposition(
            f"p{number}", subject.id, relation, object_.id, span, span, relation, valid_from=when, precision="month"
        )

    def claim(self, number: int, actors: list[Actor], propositions: list[Proposition]) -> Claim:
        source = "narrator" if number % 5 == 0 else self.draw.choice(actors).id
        stated = (propositions[number // 4].id,) if number % 4 == 0 and number // 4 < len(propositions) else ()
        stance = self.draw.choice(_STANCES)
        speaker, cue = self.say("the source"), self.say("said")
        content = self.say(" ".join(self.draw.choices(_WORDS, k=18)))
        via = (actors[-9].id,) if number % 7 == 0 and actors[-9].id != source else ()
        return Claim(
            f"c{number}", source, (content,), stance, "said", (speaker,), (cue,), propositions=stated, via=via,
            nested_in=f"c{number - 1}" if number % 8 == 0 else None, confidence=round(self.draw.random(), 4),
            speech_act="Denial" if stance == "denies" else "Statement",
        )  # fmt: skip
