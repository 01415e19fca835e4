"""What is shown besides verdicts: hints, the list, help, messages."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.markdown import Markdown
from rich.text import Text

from grader.kit.overview import Outline
from grader.report.layout import Page
from grader.store import ChallengeState
from grader.watch.screen import Screen

_HELP = (
    ("n", "the next challenge that you have not solved: its folder is made, and watched"),
    ("h", "one more hint"),
    ("g", "grade everything, hidden checks too; this is kept as an attempt"),
    ("c", "check again, without a save"),
    ("l", "the list of challenges"),
    ("r", "put the starter back; your file is kept beside it"),
    ("q", "quit; so does ctrl-c"),
    ("esc", "back to the verdict"),
)


def help_page(screen: Screen) -> str:
    """The keys."""
    page = _titled(screen, "Keys")
    for key, meaning in _HELP:
        page.row(f"{key:4}", "bold", meaning)
    page.blank()
    page.paragraph("The answer is checked whenever you save it.", style="dim")
    return page.text(screen.color)


def message(screen: Screen, title: str, text: str, *, quoted: bool = False) -> str:
    """A title and some words below it."""
    page = _titled(screen, title)
    if quoted:
        page.quote(text, indent=1)
    else:
        page.paragraph(text)
    return page.text(screen.color)


def hint(screen: Screen, title: str, markdown: str, note: str) -> str:
    """An author's hint."""
    page = _titled(screen, title)
    width, height = screen.size
    for line in _rendered(markdown, width, screen.unicode):
        page.lines.append(Text(page.say(line)))
    if note:
        page.blank()
        page.paragraph(note, style="dim")
    page.lines = page.lines[:height]
    return page.text(screen.color)


def listing(
    screen: Screen, challenges: Sequence[Outline], states: Mapping[str, ChallengeState], current: str
) -> str:
    """The challenges around the current one, with their states."""
    solved = sum(state.label == "solved" for state in states.values())
    page = _titled(screen, f"Challenges, {solved} of {len(challenges)} solved")
    height = screen.size[1] - len(page.lines)
    place = next((number for number, one in enumerate(challenges) if one.slug == current), 0)
    start = max(0, min(place - height // 2, len(challenges) - height))
    width = max((len(one.slug) for one in challenges), default=0)
    for one in challenges[start : start + height]:
        state = states.get(one.slug, ChallengeState(one.slug)).label
        mark = page.glyphs.good if state == "solved" else ">" if one.slug == current else ""
        style = "green" if state == "solved" else ""
        number = "" if one.question is None else str(one.question)
        line = f"{number:>3}  {one.slug:{width}}  {one.difficulty:7} {'' if state == 'new' else state:9}"
        page.row(mark, style, page.cut(f"{line} {one.title}", page.width - 4), indent=0)
    return page.text(screen.color)


def _titled(screen: Screen, title: str) -> Page:
    page = screen.page()
    page.ends(page.cut(title, page.width), "", "bold")
    page.rule()
    return page


def _rendered(markdown: str, width: int, unicode: bool) -> list[str]:
    out = io.StringIO()
    console = Console(file=out, width=width, color_system=None, force_terminal=False, legacy_windows=False)
    console.print(Markdown(markdown, hyperlinks=False))
    text = out.getvalue().rstrip("\n")
    return [line.rstrip() for line in (text if unicode else text.replace("\u2022", "*")).split("\n")]
