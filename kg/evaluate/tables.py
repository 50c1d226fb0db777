"""Reports as lines to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def table(report: Mapping[str, Any]) -> Iterator[str]:
    """A report of ``measure``: figures beside the baseline's F1, slices, counts and the reliability table."""
    yield f"{report['articles']} articles"
    yield _head("", "baseline f1")
    for name, row in report["figures"].items():
        yield _line(name, row) + f"{report['baseline'].get(name, {}).get('f1', 0.0):13.3f}" + _interval(row)
    for dimension, rows in report["by"].items():
        yield "\n" + _head(f"by {dimension}")
        yield from (_line(name, row) for name, row in rows.items())
    for name, counts in (("counts", report["counts"]), ("confusion", report.get("confusion", {}))):
        if counts:
            yield f"\n{name}: " + ", ".join(f"{k} {v}" for k, v in counts.items())
    if report.get("calibration", {}).get("n"):
        yield from reliability(report["calibration"])
    if report.get("thresholds"):
        yield "\n" + _head("at least so sure")
        yield from (_line(f"{row['from']:.1f}", row) for row in report["thresholds"])


def _interval(row: Mapping[str, Any]) -> str:
    low, high = row.get("interval", (None, None))
    return "" if low is None else f"   95 %: {low:.3f} to {high:.3f}"


def _head(title: str, last: str = "") -> str:
    return f"{title:38} {'p':>6} {'r':>6} {'f1':>6} {'right':>7} {'found':>6} {'gold':>6}{last:>13}"


def _line(name: str, row: Mapping[str, Any]) -> str:
    rates = " ".join(f"{row[k]:6.3f}" for k in ("p", "r", "f1"))
    return f"{name:38} {rates} {row.get('right', ''):>7} {row['found']:6} {row['gold']:6}"


def reliability(found: Mapping[str, Any]) -> Iterator[str]:
    """A reliability table, with what it comes to."""
    errors = f"expected calibration error {found['ece']:.3f}, Brier score {found['brier']:.3f}"
    yield f"\nconfidence: {errors}, {found['n']} decisions"
    yield f"{'from - to':12} {'n':>6} {'confidence':>11} {'right':>7}"
    for b in found["table"]:
        yield f"{b['from']:.1f} - {b['to']:.1f}    {b['n']:6} {b['confidence']:11.3f} {b['right']:7.3f}"
