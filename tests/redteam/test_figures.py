"""The whole corpus, the probes and the search for planted words, on every sandbox of this machine."""

from __future__ import annotations

import pytest
import tests_figures
from tests_sandboxes import ISOLATING, arguments, usable

from grader.redteam import attack_session, figures, rounds
from grader.redteam.rounds import run


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("name", ISOLATING)
def test_no_attack_does_better_than_it_should(name, attacks, solutions, pytestconfig):
    usable(name)
    if name == "stream":
        pytest.skip("what reaches the decoder is the same over the transport of docker, which is attacked")
    found = figures.measure(**arguments(name), attacks=attacks, reference=solutions / "reference.py")
    pytestconfig.stash.setdefault(tests_figures.SANDBOXES, []).append(found)
    faults = [f"{one.attack.path.name}: {fault}" for one in found.results for fault in one.faults]
    assert not faults, "\n".join(faults)
    assert len(found.results) == len(attacks)
    assert found.held, (found.not_denied, found.leaked)
    assert found.probes >= 60
    assert found.kills >= len(attacks)


@pytest.mark.bubblewrap
@pytest.mark.parametrize(
    ("source", "verdict", "fault"),
    [
        ("", "any", rounds.PASSED),
        ("def f1(*a, **k): return 0.5\nprecision_recall_f1 = f1\n", "timeout", "not timeout"),
    ],
    ids=["passes", "ends otherwise"],
)
def test_an_attack_that_succeeds_is_found(plant, solutions, source, verdict, fault):
    usable("bubblewrap")
    reference = solutions / "reference.py"
    right = reference.read_text().replace("from __future__ import annotations\n", "")
    attack = plant(source or right, verdict)
    with attack_session("bubblewrap") as (session, watched):
        (result,) = run(session, watched, [attack], reference)
    assert any(fault in one for one in result.faults)
    found = figures.Figures("bubblewrap", (result,), 100, (), "", 3, 0.1, 0.2)
    assert not found.held
    assert found.passed == int(not source)


def test_each_kind_of_failure_keeps_the_figures_from_holding():
    good = figures.Figures("docker (runsc)", (), 138, (), "", 3, 0.0104, 0.2)
    assert good.held
    assert not figures.Figures("docker", (), 138, ("open a network socket",), "", 3, 0.01, 0.2).held
    assert not figures.Figures("docker", (), 138, (), "/tmp/labels.csv", 3, 0.01, 0.2).held
    text = figures.markdown([good, good])
    assert "| | docker (runsc) | docker (runsc) |" in text
    assert "| Kill to clean, median | 10 ms | 10 ms |" in text
    assert "| Leaked canaries | 0 | 0 |" in text
