"""Writes the generated documents anew: ``python -m tests.documents``."""

from __future__ import annotations

from tests.documents.generated import ROOT, generated

if __name__ == "__main__":
    for name, content in generated().items():
        (ROOT / name).write_text(content, "utf-8")
