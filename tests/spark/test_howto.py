"""The how-to for Spark shows what its reader sees."""

from __future__ import annotations

import os
import shutil

import pytest

from tests.documents.conftest import follower as follower  # noqa: PLC0414  (a fixture)
from tests.documents.follower import Follower
from tests.documents.generated import ROOT

pytest.importorskip("pyspark", reason="needs the extra: pip install 'hearsay-kg[spark]'")
if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
    pytest.skip("needs Java: apt-get install openjdk-17-jre-headless", allow_module_level=True)


@pytest.mark.model
def test_the_howto_shows_what_its_reader_sees(follower: Follower) -> None:
    follower.follow_all(ROOT / "examples/howto/spark.md", {"local[2]": "local[1]"})
