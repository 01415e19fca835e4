"""Edge cases: empty messages, unknown words, a single class, errors."""

from __future__ import annotations

import numpy as np
import pytest
from worlds import SHORT, WORDS, draw_mail, draw_world

from grader.checks import array, equal, holds, raises


@pytest.mark.hint("Nothing was read, so only the base rate is left.")
@pytest.mark.parametrize("share", [0.15, 0.85])
def test_message_without_words(candidate, rng, share):
    """A message without any word is given the more frequent class of training."""
    mail = draw_mail(draw_world(rng, share, SHORT), 1000, rng)
    model = candidate.fit(mail.X, mail.y)
    equal(candidate.predict(model, np.zeros((2, WORDS), dtype=np.int64)), np.full(2, round(share)))


@pytest.mark.points(2)
@pytest.mark.hint("What are a word's points if it was never seen? The logarithm of 0 is not a good answer.")
def test_words_not_seen_in_training(candidate, rng):
    """Words that did not occur in training tell nothing."""
    world = draw_world(rng)
    mail, new = draw_mail(world, 500, rng), draw_mail(world, 1000, rng)
    nothing = np.zeros((500, 2), dtype=np.int64)
    model = candidate.fit(np.hstack([mail.X, nothing]), mail.y)
    answers = []
    for extra in ([0, 0], [1, 0], [0, 1]):
        messages = np.hstack([new.X, np.tile(np.array(extra), (1000, 1))])
        answers.append(array(candidate.predict(model, messages), shape=(1000,), dtype="int"))
    right = float(np.mean(answers[0] == new.y))
    holds(right > 0.7, f"{right:.0%} of the messages are right")
    for answer in answers[1:]:
        changed = float(np.mean(answer != answers[0]))
        holds(changed <= 0.05, f"an unknown word changes {changed:.1%} of the answers")


@pytest.mark.points(2)
@pytest.mark.parametrize("label", [0, 1])
def test_one_class_only(candidate, rng, label):
    """If all training labels are equal, every prediction is that label."""
    world = draw_world(rng)
    mail = draw_mail(world, 200, rng)
    X = mail.X[mail.y == label]
    X[:, :25] = 0
    model = candidate.fit(X, np.full(len(X), label))
    known, unknown = np.zeros((2, WORDS), dtype=np.int64)
    known[25:], unknown[:25] = 9, 9
    empty = np.zeros(WORDS, dtype=np.int64)
    equal(candidate.predict(model, np.stack([empty, known, unknown, *mail.X[:5]])), np.full(8, label))


@pytest.mark.parametrize("label", [0, 1])
def test_one_message_with_one_word(candidate, label):
    """A single training message, of a single word, is enough."""
    model = candidate.fit(np.array([[3]]), np.array([label]))
    equal(candidate.predict(model, np.array([[2], [0]])), np.array([label, label]))


def test_nothing_to_predict(candidate, rng):
    """No message, no label: an empty integer array."""
    mail = draw_mail(draw_world(rng), 100, rng)
    model = candidate.fit(mail.X, mail.y)
    array(candidate.predict(model, mail.X[:0]), shape=(0,), dtype="int")


@pytest.mark.parametrize(("messages", "labels"), [(20, 19), (1, 20), (20, 1), (0, 0), (0, 5)])
def test_unequal_or_empty_training(candidate, rng, messages, labels):
    """Unequal numbers of messages and labels, or no message, are an error."""
    mail = draw_mail(draw_world(rng), 20, rng)
    with raises(candidate, ValueError):
        candidate.fit(mail.X[:messages], mail.y[:labels])


@pytest.mark.parametrize("columns", [WORDS - 1, 1])
def test_other_number_of_words(candidate, rng, columns):
    """Another number of words than in training is an error."""
    mail = draw_mail(draw_world(rng), 100, rng)
    model = candidate.fit(mail.X, mail.y)
    with raises(candidate, ValueError):
        candidate.predict(model, mail.X[:, :columns])
    with raises(candidate, ValueError):
        candidate.predict(model, np.hstack([mail.X, mail.X[:, :columns]]))
