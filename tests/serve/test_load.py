"""A few seconds of the load that ``tests/bench/serve.py`` puts on a server for a minute."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.serve import lines, load


@pytest.mark.speed
def test_many_clients_and_the_worst_queries_meet_nothing_but_the_limits(story: Path) -> None:
    limits = ("--timeout", "2", "--limit-memory", "400", "--workers", "3")
    tally = load(story, 5, 8, *limits)
    assert not tally.errors, "\n".join(lines(tally, 5))
    assert tally.outcomes["others: answered"] > 20
    assert any(outcome.startswith("worst: limit") for outcome in tally.outcomes)
    assert 0 < tally.megabytes < 5 * 450 + 200
