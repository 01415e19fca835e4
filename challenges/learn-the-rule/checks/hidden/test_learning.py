"""What is learned: worlds never seen, and what must not be learned."""

from __future__ import annotations

import numpy as np
import pytest
from oracle import share_learned
from worlds import SHORT, WORDS, draw_mail, draw_world

from grader.checks import array, holds

FITS = 20


def labels(predicted, rows):
    """Assert integer labels 0 and 1, one for each row; return them."""
    checked = array(predicted, shape=(rows,), dtype="int")
    holds(bool(np.isin(checked, (0, 1)).all()), "every label is 0 or 1")
    return checked


def same_share(one, other):
    return float(np.mean(one == other))


def test_one_label_per_message(candidate, rng):
    """predict returns one integer, 0 or 1, for each message."""
    mail = draw_mail(draw_world(rng), 200, rng)
    model = candidate.fit(mail.X, mail.y)
    for rows in (200, 7, 1):
        labels(candidate.predict(model, mail.X[:rows]), rows)


@pytest.mark.hint("Which words are more frequent in spam than in ham? Let the training messages say it.")
def test_new_messages(candidate, rng, metric):
    """New messages in four worlds, each with its own marks of spam."""
    shares = []
    for _ in range(4):
        world = draw_world(rng)
        mail, new = draw_mail(world, 500, rng), draw_mail(world, 1500, rng)
        predicted = labels(candidate.predict(candidate.fit(mail.X, mail.y), new.X), 1500)
        shares.append(share_learned(predicted, world, new.X))
    metric("learned", float(np.mean(shares)))


@pytest.mark.hint("Before reading a word: how likely is spam? And is a class with more words simply larger?")
def test_rare_and_common_spam(candidate, rng, metric):
    """New messages in six worlds where spam is rare or very common."""
    shares = []
    for share in (0.15, 0.85) * 3:
        world = draw_world(rng, share, SHORT)
        mail, new = draw_mail(world, 1000, rng), draw_mail(world, 1500, rng)
        predicted = labels(candidate.predict(candidate.fit(mail.X, mail.y), new.X), 1500)
        shares.append(share_learned(predicted, world, new.X))
    metric("learned_lopsided", float(np.mean(shares)))


@pytest.mark.points(2)
@pytest.mark.hint(
    "If labels in random order teach as much as the true ones, then nothing was learned from them."
)
def test_shuffled_labels_teach_nothing(candidate, rng):
    """Fitted to labels in random order, accuracy falls to chance, even where the given rule holds."""
    world = draw_world(rng, rule_holds=True)
    right = []
    for _ in range(FITS):
        mail, new = draw_mail(world, 300, rng), draw_mail(world, 400, rng)
        model = candidate.fit(mail.X, rng.permutation(mail.y))
        right.append(same_share(labels(candidate.predict(model, new.X), 400), new.y))
    mean = float(np.mean(right))
    holds(0.35 <= mean <= 0.65, f"accuracy {mean:.2f} after fits to shuffled labels")


@pytest.mark.points(2)
def test_swapped_labels(candidate, rng):
    """Fitted to swapped labels, it gives the opposite answers."""
    world = draw_world(rng)
    mail, new = draw_mail(world, 500, rng), draw_mail(world, 1000, rng)
    one = labels(candidate.predict(candidate.fit(mail.X, mail.y), new.X), 1000)
    other = labels(candidate.predict(candidate.fit(mail.X, 1 - mail.y), new.X), 1000)
    opposite = same_share(one, 1 - other)
    holds(opposite >= 0.98, f"{opposite:.1%} of the answers are opposite")


@pytest.mark.points(2)
@pytest.mark.hint("A message that was mislabelled once still looks like the others of its true class.")
def test_wrong_labels_are_not_memorised(candidate, rng):
    """Most mislabelled training messages are given their true class."""
    mail = draw_mail(draw_world(rng), 500, rng)
    wrong = rng.permutation(500) < 75
    model = candidate.fit(mail.X, np.where(wrong, 1 - mail.y, mail.y))
    predicted = labels(candidate.predict(model, mail.X), 500)
    mended = same_share(predicted[wrong], mail.y[wrong])
    holds(mended > 0.5, f"{mended:.0%} of the mislabelled messages are given their true class")


@pytest.mark.hint("The first columns are words like any others.")
def test_names_of_words_mean_nothing(candidate, rng):
    """Another order of the words, in training and prediction alike, changes nothing."""
    world = draw_world(rng, rule_holds=True)
    mail, new = draw_mail(world, 500, rng), draw_mail(world, 1000, rng)
    one = labels(candidate.predict(candidate.fit(mail.X, mail.y), new.X), 1000)
    for words in (np.arange(WORDS)[::-1], rng.permutation(WORDS)):
        other = candidate.predict(candidate.fit(mail.X[:, words], mail.y), new.X[:, words])
        stay = same_share(one, labels(other, 1000))
        holds(stay >= 0.98, f"{stay:.1%} of the answers stay")


def test_order_of_training_messages(candidate, rng):
    """Another order of the training messages changes nothing."""
    world = draw_world(rng)
    mail, new = draw_mail(world, 500, rng), draw_mail(world, 1000, rng)
    one = labels(candidate.predict(candidate.fit(mail.X, mail.y), new.X), 1000)
    for order in (np.argsort(mail.y, kind="stable"), rng.permutation(500)):
        other = candidate.predict(candidate.fit(mail.X[order], mail.y[order]), new.X)
        stay = same_share(one, labels(other, 1000))
        holds(stay >= 0.98, f"{stay:.1%} of the answers stay")


@pytest.mark.hint("A threshold taken from the messages to be judged makes them depend on each other.")
def test_messages_are_judged_one_by_one(candidate, rng):
    """Alone, among spam only or in another order, a message is judged in the same way."""
    world = draw_world(rng)
    mail, new = draw_mail(world, 500, rng), draw_mail(world, 300, rng)
    model = candidate.fit(mail.X, mail.y)
    together = labels(candidate.predict(model, new.X), 300)
    for rows in (
        [0],
        [1],
        [2],
        np.flatnonzero(new.y == 1),
        np.flatnonzero(together == 0),
        np.arange(300)[::-1],
    ):
        some = labels(candidate.predict(model, new.X[rows]), len(rows))
        holds(same_share(some, together[rows]) == 1.0, "the answers do not depend on the other messages")


@pytest.mark.points(2)
@pytest.mark.hint("What was learned belongs into the model that you return, not into a global.")
def test_models_are_independent(candidate, rng):
    """Fitting a second model, in another world, does not change the first."""
    worlds = [draw_world(rng), draw_world(rng)]
    mail = [draw_mail(world, 500, rng) for world in worlds]
    new = draw_mail(worlds[0], 500, rng)
    first = candidate.fit(mail[0].X, mail[0].y)
    before = labels(candidate.predict(first, new.X), 500)
    candidate.fit(mail[1].X, 1 - mail[1].y)
    candidate.fit(mail[0].X, 1 - mail[0].y)
    after = labels(candidate.predict(first, new.X), 500)
    right = same_share(after, new.y)
    holds(same_share(before, after) == 1.0, "the first model answers as before")
    holds(right > 0.7, f"the first model is right on {right:.0%} of the messages of its world")
