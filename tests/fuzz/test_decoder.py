"""The fuzzer of the decoder: that it runs, that its seeds are sound, and that it would find something."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import tests_figures

ROOT = Path(__file__).parents[2]
pytest.importorskip("atheris", reason="atheris has no package for this system or interpreter")
RUNS = 40_000
# Plants a mistake in the decoder, then fuzzes it.
MISTAKEN = """
import sys
from tests.fuzz import decoder
from grader.worker.wire import moments
sound = moments.DECODERS["timedelta"]
def mistaken(self, tag):
    if type(tag.get("v")) is not list:
        raise ZeroDivisionError("planted")
    return sound(self, tag)
from grader.worker.wire import coding
coding.DECODERS = {**coding.DECODERS, "timedelta": mistaken}
sys.exit(decoder.main(sys.argv[1:]))
"""


def fuzz(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *words, "-seed=1", f"-artifact_prefix={folder}/", str(folder)]
    variables = {**os.environ, "TMPDIR": str(folder)}
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=250, env=variables)


@pytest.mark.slow
def test_random_frames_give_values_and_protocol_errors_only(tmp_path, pytestconfig):
    run = fuzz(tmp_path, "-m", "tests.fuzz.decoder", f"-runs={RUNS}")
    assert run.returncode == 0, run.stderr[-2000:]
    assert f"Done {RUNS} runs" in run.stderr
    assert not list(tmp_path.glob("fuzz-*"))
    start, end = (int(re.findall(rf"{word} +cov: (\d+)", run.stderr)[0]) for word in ("INITED", "DONE"))
    assert end > start > 100, "it is not guided by coverage"
    pytestconfig.stash[tests_figures.FRAMES] = RUNS


@pytest.mark.slow
def test_a_mistake_in_the_decoder_is_found_and_its_input_kept(tmp_path):
    run = fuzz(tmp_path, "-c", MISTAKEN, "-runs=400000", "-max_total_time=120")
    assert run.returncode != 0
    assert "ZeroDivisionError: planted" in run.stdout + run.stderr
    assert len(list(tmp_path.glob("crash-*"))) == 1
