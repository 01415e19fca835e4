"""Unfitted scikit-learn estimators cross by class path and parameters, and nothing else does."""

from __future__ import annotations

import json

import numpy as np
import pytest
from sklearn.cluster import KMeans
from sklearn.ensemble import RandomForestClassifier, VotingClassifier
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from grader.worker.wire import (
    Decoder,
    Encoder,
    ProtocolError,
    Unsendable,
    build_estimator,
    encode_estimator,
    is_estimator,
)


def crossed(value: object) -> object:
    encoder = Encoder(other=lambda found: encode_estimator(encoder, found) if is_estimator(found) else None)
    tree = json.loads(json.dumps(encoder.encode(value)))
    buffers = [memoryview(bytes(memoryview(buffer))) for buffer in encoder.buffers]
    decoder = Decoder(buffers, {"estimator": lambda tag: build_estimator(tag, decoder)})
    return decoder.decode(tree)


@pytest.mark.parametrize("estimator", [
    Ridge(alpha=0.5), KMeans(3, init=np.zeros((3, 2))), OneHotEncoder(handle_unknown="ignore"),
    RandomForestClassifier(random_state=0),
    Pipeline([("scale", StandardScaler()), ("model", LogisticRegression(C=2.0, class_weight={0: 1.0,
        1: 2.0}))]),
    GridSearchCV(Ridge(), {"alpha": [0.1, np.float64(1)]}, cv=3),
    VotingClassifier([("a", LogisticRegression()), ("b", "drop")]),
], ids=lambda estimator: type(estimator).__name__)  # fmt: skip
def test_an_estimator_is_built_as_it_was(estimator: object) -> None:
    arrived = crossed(estimator)
    assert type(arrived) is type(estimator)
    assert repr(arrived) == repr(estimator)


def test_a_fitted_estimator_is_refused() -> None:
    with pytest.raises(Unsendable, match="fitted Ridge"):
        crossed([Ridge().fit(np.eye(2), [0, 1])])


class Mine(Ridge):
    pass


def test_a_class_from_elsewhere_is_refused() -> None:
    with pytest.raises(Unsendable, match="not an estimator"):
        encode_estimator(Encoder(), Mine())


@pytest.mark.parametrize("change", [
    {"class": "os.system"}, {"class": "sklearn.os"}, {"class": "sklearn.base.clone"},
    {"class": "sklearn..Ridge"}, {"class": "sklearn.linear_model.Ridge"},
    {"class": "sklearn.nothing.Ridge"}, {"class": "sklearn.linear_model._ridge.Nothing"}, {"class": 1},
    {"class": "sklearn.linear_model._ridge.np"},
    {"params": []}, {"params": {"nothing": 1}}, {"params": {"alpha": {"t": "nothing"}}}, {"extra": 1},
])  # fmt: skip
def test_a_tag_that_is_no_estimator_is_refused(change: dict[str, object]) -> None:
    tag: dict[str, object] = {"t": "estimator", "class": "sklearn.linear_model._ridge.Ridge", "params": {}}
    assert type(build_estimator(tag, Decoder([]))) is Ridge
    with pytest.raises(ProtocolError):
        build_estimator({**tag, **change}, Decoder([]))
