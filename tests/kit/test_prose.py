from __future__ import annotations

import re

import pytest

from grader.bank import Bank
from grader.kit.overview import outlines
from grader.kit.prose import lines
from grader.texts import answer, brief, hints

TEXT = """# A title

Some `code` and **bold** words that go on until the line is full and wrapped.
The same paragraph.

- one item that is long enough to need a second line
- two
  goes on

1. first
2. second

| name | meaning |
|---|:--|
| `a` | a cell that is much longer than the others and wraps |
| b | short |

```python
x = "never wrapped, however long the line of code may be"
```
> quoted
> words
"""
SHOWN = """A title

Some `code` and bold words that go on
until the line is full and wrapped. The
same paragraph.

- one item that is long enough to need a
  second line
- two goes on

1. first
2. second

name  meaning
----  ----------------------------------
`a`   a cell that is much longer than
      the others and wraps
b     short

    x = "never wrapped, however long the line of code may be"

| quoted words""".splitlines()


def test_every_kind_of_block_is_fitted_to_the_width() -> None:
    assert list(lines(TEXT, 40)) == SHOWN


def test_with_colour_marks_become_styles_that_end_with_their_words() -> None:
    [line] = lines("Some `code` and **two words**, *so*.", 80, color=True)
    assert line == ("Some \x1b[36mcode\x1b[0m and \x1b[1mtwo\x1b[0m \x1b[1mwords\x1b[0m, \x1b[3mso\x1b[0m.")


def test_colour_changes_no_wrapping() -> None:
    plain = [re.sub(r"`", "", line) for line in lines(TEXT, 30, color=False)]
    coloured = [re.sub(r"\x1b\[\d+m", "", line) for line in lines(TEXT, 30, color=True)]
    assert len(" ".join(plain).split()) == len(" ".join(coloured).split())
    assert max(len(line) for line in coloured if not line.startswith("    ")) <= 30


@pytest.mark.parametrize("text", ["a_name and b_name", "2 * 3 * 4", "`**kwargs`", "x[0](1"])
def test_what_only_looks_like_a_mark_stays(text: str) -> None:
    assert list(lines(text)) == [text]


def test_links_show_where_they_lead() -> None:
    assert list(lines("[here](https://example.org/a) and [there](x.md)")) == [
        "here (https://example.org/a) and there"
    ]


def test_an_open_fence_is_code_to_the_end() -> None:
    assert list(lines("```\na\nb")) == ["    a", "    b"]


def test_all_texts_of_the_bank_fit_80_columns_and_lose_no_word() -> None:
    for challenge in outlines(Bank.default()):
        for text in (brief(challenge), answer(challenge), *hints(challenge)):
            shown = list(lines(text, 80))
            assert max(len(line) for line in shown if not line.startswith("    ")) <= 80, challenge.slug
            words = re.findall(r"\w+", re.sub(r"^ *(```|~~~).*$", "", text, flags=re.MULTILINE))
            assert set(words) <= set(re.findall(r"\w+", "\n".join(shown))) | _link_targets(text), (
                challenge.slug
            )


def _link_targets(text: str) -> set[str]:
    return {word for target in re.findall(r"\]\(([^)]*)\)", text) for word in re.findall(r"\w+", target)}
