"""The golden sentences: no kind of them falls below its floor, and what is dangerous is never found."""

from __future__ import annotations

import pytest
from spacy.language import Language

from tests.golden import measure
from tests.golden.cases import FILES, Case, all_cases, cases
from tests.golden.judges import judged

KINDS = list(dict.fromkeys((case.file, case.kind) for case in all_cases()))
KNOWN = measure.read_known()


def dangerous() -> list[object]:
    """The dangerous cases; those that are known to fail say why, and that one passes is news."""
    return [
        pytest.param(case, id=f"{case.file}: {case.text}", marks=_marks(case)) for case in all_cases() if case.dangerous
    ]


def _marks(case: Case) -> list[pytest.MarkDecorator]:
    reason = KNOWN.get((case.file, case.text))
    return [pytest.mark.xfail(reason=reason, strict=True)] if reason else []


@pytest.mark.model
@pytest.mark.parametrize(("file", "kind"), KINDS, ids=[f"{file}: {kind}" for file, kind in KINDS])
def test_a_kind_of_sentence_keeps_its_floor(nlp: Language, file: str, kind: str) -> None:
    verdicts = {case: judged(nlp, case) for case in cases(file) if case.kind == kind}
    wrong = [f"{case.text}\n  {'; '.join(verdict.faults)}" for case, verdict in verdicts.items() if verdict.faults]
    floor = measure.read_floors()["floors"].get(file, {}).get(kind, 0)
    assert len(verdicts) - len(wrong) >= floor, "\n".join(wrong)


@pytest.mark.model
@pytest.mark.parametrize("case", dangerous())
def test_no_denial_is_turned_round_and_nothing_is_found_where_nothing_is(nlp: Language, case: Case) -> None:
    assert not judged(nlp, case).dangers


def test_the_dangerous_cases_that_are_known_to_fail_become_fewer() -> None:
    most = measure.read_floors()["known"]
    assert len(KNOWN) <= most, f"{len(KNOWN)} are known to fail, at most {most} may"


def test_what_is_known_to_fail_is_a_dangerous_case_of_today() -> None:
    assert KNOWN.keys() <= {(case.file, case.text) for case in all_cases() if case.dangerous}


@pytest.mark.parametrize("file", FILES)
def test_no_case_stands_twice(file: str) -> None:
    texts = [case.text for case in cases(file)]
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize("file", FILES)
def test_every_case_belongs_to_a_kind(file: str) -> None:
    assert cases(file)
    assert {case.kind for case in cases(file)} == set(measure.read_floors()["floors"][file])


def test_a_third_of_the_sentences_are_look_alikes() -> None:
    assert 3 * sum(case.alike for case in all_cases()) >= len(all_cases())
