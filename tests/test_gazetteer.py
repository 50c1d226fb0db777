"""The gazetteer: schema, matching in running text, ambiguity, cache and size."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg.errors import LexiconError
from kg.gazetteer import FILES, Gazetteer, compile_entries, fold, load_gazetteer, word_list, words
from kg.lexicon import load


@pytest.fixture(autouse=True)
def cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


def _gazetteer(*entries: dict[str, Any]) -> Gazetteer:
    return Gazetteer(*compile_entries([("test", list(entries))]))


def _found(gazetteer: Gazetteer, text: str) -> list[str]:
    return [text[m.start : m.end] for m in gazetteer.matches(text)]


RIVER: dict[str, Any] = {"name": "River Guard Party", "type": "Party", "aliases": ["RGP", "al-Nahr", "Nahr Guards"]}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The River Guard party met.", ["River Guard party"]),
        ("The River Guard Party’s leader met.", ["River Guard Party"]),
        ("the river guard party", []),
        ("RGP, Rgp and rgp", ["RGP"]),
        ("Al Nahr and al-Nahr", ["Al Nahr", "al-Nahr"]),
        ("Nahr. Guards came.", []),
        ("He saw the River, Guard Party", []),
        ("Anahr Guards", []),
    ],
)
def test_matches_spellings(text: str, found: list[str]) -> None:
    assert _found(_gazetteer(RIVER), text) == found


def test_matches_prefer_the_longest() -> None:
    gazetteer = _gazetteer({"name": "Lake", "type": "Place"}, {"name": "Lake Council", "type": "Government"})
    assert _found(gazetteer, "Lake Council of Lake") == ["Lake Council", "Lake"]


def test_shorter_names_inside_a_match() -> None:
    gazetteer = _gazetteer({"name": "Lake", "type": "Place"}, {"name": "Lake Council", "type": "Government"})
    text = "the Lake Council"
    (match,) = gazetteer.matches(text)
    assert [text[m.start : m.end] for m in gazetteer.shorter(text, match)] == ["Lake"]


def test_article_of_a_name_is_needed() -> None:
    gazetteer = _gazetteer({"name": "The Harbour", "type": "Outlet"})
    assert _found(gazetteer, "the Harbour reported") == ["Harbour"]
    assert _found(gazetteer, "Harbour workers") == []


@pytest.mark.parametrize(("word", "folded"), [("Çavuşoğlu", "cavusoglu"), ("Yılmaz", "yilmaz"), ("Erdoğan", "erdogan")])
def test_fold(word: str, folded: str) -> None:
    assert fold(word) == folded


def test_words_without_article() -> None:
    assert words("The Harbour-Master's Union") == ["harbour", "master", "s", "union"]


@pytest.mark.parametrize(
    "text",
    [
        "- {name: A}",
        "- {name: A, type: Club}",
        "- {name: A, type: Party, alias: [B]}",
        "name: A",
        "- [",
        "- {type: Party}",
    ],
)
def test_overlay_errors_name_the_file(tmp_path: Path, text: str) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(LexiconError, match=r"mine\.yaml"):
        load_gazetteer(str(path))


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ("{name: 5, type: Party}", "name is text; put it in quotation marks"),
        ("{name: No, type: Party}", "name is text"),
        ("{name: A, type: Party, aliases: RGP}", "aliases is a list of words"),
        ("{name: A, type: Party, aliases: [[B]]}", "aliases is a list of words"),
        ("{name: A, type: Party, qid: 794}", "qid is text"),
        ("{name: A, type: Party, 5: B}", "unknown fields"),
        ("{name: A, type: [Party]}", "needs a name and a known type"),
    ],
)
def test_odd_values_are_named(tmp_path: Path, entry: str, says: str) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(f"- {entry}\n", "utf-8")
    with pytest.raises(LexiconError, match=says):
        load_gazetteer(str(path))


def test_a_bomb_of_aliases_is_refused_in_few_words(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    rows = [f"  l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9) if n else 'x'}]" for n in range(30)]
    path.write_text("- name: A\n  type: Party\n" + "\n".join(rows) + "\n  aliases: *l29\n", "utf-8")
    with pytest.raises(LexiconError) as raised:
        load_gazetteer(str(path))
    assert len(str(raised.value)) < 2000


def test_overlay_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"nowhere\.yaml"):
        load_gazetteer(str(tmp_path / "nowhere.yaml"))


def test_overlay_adds_and_replaces(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(
        "- {name: Hamas, type: ArmedGroup, aliases: [HMS]}\n- {name: Reed Guards, type: ArmedGroup}\n", "utf-8"
    )
    gazetteer = load_gazetteer(str(path))
    (reading,) = gazetteer.lookup("HMS")
    assert gazetteer.entries[reading.entry].qid is None
    assert gazetteer.lookup("Reed Guards")


def test_many_names_are_compiled_once(tmp_path: Path, cache_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = (f"- {{name: Reed {n} Guards, type: ArmedGroup, aliases: [RG{n}, Guard {n}]}}" for n in range(10_000))
    path = tmp_path / "many.yaml"
    path.write_text("\n".join(rows), "utf-8")
    first = load_gazetteer(str(path))
    assert list(cache_folder.rglob("gazetteer-*.json"))
    load_gazetteer.cache_clear()
    monkeypatch.setattr("kg.gazetteer.compile_entries", None)
    again = load_gazetteer(str(path))
    assert again.entries == first.entries


def test_a_broken_cache_is_no_error(cache_folder: Path) -> None:
    load_gazetteer.cache_clear()
    load_gazetteer()
    for file in cache_folder.rglob("gazetteer-*.json"):
        file.write_text("{", "utf-8")
    load_gazetteer.cache_clear()
    assert load_gazetteer().lookup("Iran")


@pytest.mark.parametrize("name", FILES)
def test_shipped_files_fit_the_schema(name: str) -> None:
    entries = load(f"actors/{name}")
    compile_entries([(name, list(entries))])
    for entry in entries:
        assert str(entry.get("qid", "Q1")).removeprefix("Q").isdigit(), entry
        surfaces = {
            entry["name"],
            *(s for k in ("aliases", "capitals", "adjectives", "people") for s in entry.get(k, ())),
        }
        plain = {s.split(" (")[0] for s in surfaces}
        assert set(entry.get("ambiguous", ())) <= surfaces | plain, entry


def test_no_two_actors_share_an_id() -> None:
    seen: dict[str, str] = {}
    for file in FILES:
        for entry in load(f"actors/{file}"):
            if "qid" in entry:
                assert seen.setdefault(entry["qid"], entry["name"]) == entry["name"]


@pytest.mark.parametrize("entry", load("en/actor_words"), ids=lambda e: e["list"])
def test_word_lists(entry: dict[str, list[str]]) -> None:
    assert all(isinstance(word, str) and word == word.lower() for word in entry["words"])
    assert len(set(entry["words"])) == len(entry["words"]) == len(word_list(str(entry["list"])))
