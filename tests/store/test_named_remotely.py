"""The named queries give the same answers from every store."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.query import run_named
from kg.store import View
from tests.graphs import built
from tests.query.story import Case, cases, story
from tests.store import servers


@pytest.fixture(scope="module")
def local() -> View:
    return built(story()).view()


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def remote(request: pytest.FixtureRequest, local: View) -> Iterator[View]:
    address = request.getfixturevalue(request.param)
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "virtuoso":
            patch.setenv("KG_USER", "dba")
            patch.setenv("KG_PASSWORD", "dba")
        with servers.emptied(address) as store:
            store.apply(add=local.store.match())
            yield store.view()


@pytest.mark.parametrize("case", cases(), ids=lambda c: c.name)
def test_named_queries_answer_alike(remote: View, local: View, case: Case) -> None:
    theirs, ours = (run_named(view, case.query.name, case.values) for view in (remote, local))
    assert theirs.variables == ours.variables
    assert sorted(theirs.rows(), key=str) == sorted(ours.rows(), key=str)
