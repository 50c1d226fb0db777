"""The shipped heads say in numpy what the trained ones say in torch, on weights and states at random."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kg.annotate.reader.features import PAIR_FEATURES
from kg.annotate.reader.heads import Heads, softmax
from kg.annotate.reader.labels import LONGEST, STATE, TYPES

torch = pytest.importorskip("torch", reason="needs the extra 'train'")

PIECES, MENTIONS = 30, 6


@pytest.fixture(scope="module")
def modules() -> dict[str, Any]:
    from kg.train.heads import Antecedents, Mentions, Relations, Stances

    torch.manual_seed(0)
    made: dict[str, Any] = {
        "mentions": Mentions(),
        "antecedents": Antecedents(),
        "relations": Relations(),
        "stances": Stances(),
    }
    for module in made.values():
        module.eval()
        for parameter in module.parameters():
            if parameter.dim() < 2:
                torch.nn.init.normal_(parameter, std=0.1)
    return made


@pytest.fixture(scope="module")
def heads(modules: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Heads:
    path: Path = tmp_path_factory.mktemp("heads") / "heads.npz"
    weights = {f"{name}.{k}": v.numpy() for name, m in modules.items() for k, v in m.state_dict().items()}
    np.savez(path, **weights)
    return Heads(path)


@pytest.fixture
def states() -> Any:
    return torch.from_numpy(np.random.default_rng(1).normal(size=(PIECES, STATE)).astype(np.float32))


@pytest.fixture
def rows() -> Any:
    return torch.from_numpy(np.random.default_rng(2).normal(size=(MENTIONS, 3 * STATE)).astype(np.float32))


def same(found: Any, want: Any) -> None:
    assert found.shape == tuple(want.shape)
    assert found == pytest.approx(want.detach().numpy(), abs=5e-3)


def test_spans_of_mentions(modules: dict[str, Any], heads: Heads, states: Any) -> None:
    want, found = modules["mentions"].spans(states[None])[0], heads.spans(states.numpy())
    assert found.shape == (PIECES, LONGEST)
    inside = np.arange(PIECES)[:, None] + np.arange(LONGEST) < PIECES
    assert found[inside] == pytest.approx(want.detach().numpy()[inside], abs=5e-3)
    assert (found[~inside] == -np.inf).all()


def test_types_of_mentions(modules: dict[str, Any], heads: Heads, rows: Any) -> None:
    kinds, several = modules["mentions"].types(rows)
    for found, wanted in zip(heads.types(rows.numpy()), (kinds.softmax(-1), several.sigmoid()), strict=True):
        same(found, wanted)


def test_antecedents(modules: dict[str, Any], heads: Heads, rows: Any) -> None:
    pairs = np.array([(i, j) for i in range(MENTIONS) for j in range(i)])
    features = np.random.default_rng(3).random((len(pairs), PAIR_FEATURES)).astype(np.float32)
    want = modules["antecedents"](rows, torch.from_numpy(pairs), torch.from_numpy(features))
    same(heads.antecedents(rows.numpy(), pairs, features), want)
    assert heads.antecedents(rows.numpy(), pairs[:0], features[:0]).shape == (0,)


def test_relations_of_pairs_side_by_side_nested_and_far_apart(
    modules: dict[str, Any], heads: Heads, states: Any
) -> None:
    pairs = np.array([(1, 2, 5, 7), (5, 7, 1, 2), (1, 2, 3, 3), (1, 6, 3, 4), (1, 1, 28, 29), (28, 29, 1, 1)])
    chances = np.random.default_rng(4).normal(size=(2, len(pairs), len(TYPES))).astype(np.float32)
    types = softmax(chances[0]), softmax(chances[1])
    want = modules["relations"](states, torch.from_numpy(pairs), tuple(torch.from_numpy(t) for t in types))
    for found, wanted in zip(heads.relations(states.numpy(), pairs, types), want, strict=True):
        same(found, wanted)


def test_stances_of_claims_with_and_without_a_cue(modules: dict[str, Any], heads: Heads, states: Any) -> None:
    regions = np.full((2, PIECES), 3)
    regions[0, 1:3], regions[0, 3], regions[:, 5:12] = 0, 1, 2
    same(heads.stances(states.numpy(), regions), modules["stances"](states, torch.from_numpy(regions)))


def test_pooled_mentions_are_first_last_and_mean_state(states: Any) -> None:
    from kg.train.heads import pooled

    sums = torch.nn.functional.pad(states.cumsum(0), (0, 0, 1, 0))
    found = pooled(states, sums, torch.tensor([2]), torch.tensor([4]))[0]
    want = torch.cat([states[2], states[4], states[2:5].mean(0)])
    assert found.numpy() == pytest.approx(want.numpy(), abs=1e-4)
