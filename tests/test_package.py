"""The wheel holds everything that the program reads, and stays small; the files beside it agree with it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from configparser import ConfigParser
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
LIMIT = 60 * 2**20


def test_wheel_holds_every_data_file(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    for name in ("setup.cfg", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    for folder in ("kg", "ontology"):
        shutil.copytree(ROOT / folder, source / folder, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "."]
    subprocess.run([*pip, "--wheel-dir", tmp_path], cwd=source, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    packed = set(zipfile.ZipFile(wheel).namelist())
    wanted = {p.relative_to(ROOT).as_posix() for p in (ROOT / "kg").rglob("*") if p.is_file() and p.suffix != ".pyc"}
    wanted |= {f"kg/ontology/{p.name}" for p in (ROOT / "ontology").iterdir() if p.is_file()}
    assert not wanted - packed
    assert wheel.stat().st_size < LIMIT


def test_citation_names_this_version_and_licence() -> None:
    setup = ConfigParser()
    setup.read(ROOT / "setup.cfg", "utf-8")
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert {name: citation[name] for name in ("version", "license")} == {
        name: setup["metadata"][name] for name in ("version", "license")
    }
    assert citation["authors"][0]["name"] in (ROOT / "LICENSE").read_text("utf-8")


def test_container_file_copies_what_there_is() -> None:
    lines = (ROOT / "Containerfile").read_text("utf-8").splitlines()
    copied = [name for line in lines if line.startswith("COPY ") for name in line.split()[1:-1]]
    assert {"setup.cfg", "kg", "ontology", "requirements.txt"} <= set(copied)
    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert 'ENTRYPOINT ["kg"]' in lines
