"""Golden values of metrics over batches of unequal size: Keras's running result after each batch.

    python test/golden/metrics.py

"plain" counts every sample once, "weighted" by its sample weight. The last result is that of all samples together.
A binary prediction is 1 above 0.5, not at it; among equal probabilities the first class is taken. R² is the mean over
the outputs; of an output whose target is constant Keras makes 0, or NaN where it is predicted without error.
"""

from record import write

import keras
import numpy

array = numpy.array
SIZES = [4, 3, 1]
WEIGHTS = array([1.0, 0.5, 2.0, 0.0, 1.0, 3.0, 0.25, 1.0])

COLUMN = (
    array([[1.0], [2.0], [-1.0], [0.5], [3.0], [-2.0], [0.0], [4.0]]),
    array([[1.25], [1.5], [-1.0], [0.0], [2.0], [-2.5], [1.0], [3.5]]),
)
ROWS = (
    numpy.hstack([COLUMN[0], array([[10.0], [20.0], [15.0], [-5.0], [0.0], [5.0], [25.0], [10.0]])]),
    numpy.hstack([COLUMN[1], array([[12.0], [18.0], [15.0], [0.0], [-10.0], [20.0], [20.0], [11.0]])]),
)
CONSTANT = numpy.full((8, 1), 2.0), COLUMN[1]
YES_OR_NO = (
    array([[1.0], [0.0], [1.0], [0.0], [1.0], [1.0], [0.0], [1.0]]),
    array([[0.9], [0.2], [0.4], [0.5], [0.5], [0.51], [0.7], [0.99]]),
)
LABELS = (
    array([[1.0, 0.0], [0.0, 0.0], [1.0, 1.0], [0.0, 1.0], [1.0, 0.0], [0.0, 0.0], [1.0, 1.0], [0.0, 1.0]]),
    array([[0.9, 0.6], [0.2, 0.1], [0.4, 0.3], [0.5, 0.7], [0.5, 0.4], [0.51, 0.8], [0.7, 0.9], [0.1, 0.99]]),
)
CLASSES = array([[0], [1], [2], [1], [0], [2], [2], [1]])
PROBABILITIES = array([
    [0.7, 0.2, 0.1], [0.1, 0.5, 0.4], [0.3, 0.3, 0.4], [0.4, 0.4, 0.2],
    [0.5, 0.5, 0.0], [0.2, 0.5, 0.3], [0.0, 0.0, 1.0], [0.25, 0.5, 0.25],
])
ONE_HOT = numpy.eye(3)[CLASSES[:, 0]]


def running(metric, target, prediction, weights):
    results, start = [], 0
    for size in SIZES:
        part = slice(start, start + size)
        metric.update_state(target[part], prediction[part], sample_weight=None if weights is None else weights[part])
        results.append(metric.result())
        start += size
    return results


def case(name, Metric, target, prediction):
    return {
        "name": name,
        "target": target,
        "prediction": prediction,
        "plain": running(Metric(), target, prediction, None),
        "weighted": running(Metric(), target, prediction, WEIGHTS),
    }


def all_cases():
    of = keras.metrics
    for data in [COLUMN, ROWS]:
        yield case("meanSquaredError", of.MeanSquaredError, *data)
        yield case("meanAbsoluteError", of.MeanAbsoluteError, *data)
        yield case("rootMeanSquaredError", of.RootMeanSquaredError, *data)
        yield case("r2", of.R2Score, *data)
    yield case("r2", of.R2Score, *CONSTANT)
    yield case("r2", of.R2Score, CONSTANT[0], CONSTANT[0])
    yield case("binaryAccuracy", of.BinaryAccuracy, *YES_OR_NO)
    yield case("binaryAccuracy", of.BinaryAccuracy, *LABELS)
    yield case("categoricalAccuracy", of.CategoricalAccuracy, ONE_HOT, PROBABILITIES)
    yield case("sparseCategoricalAccuracy", of.SparseCategoricalAccuracy, CLASSES, PROBABILITIES)


if __name__ == "__main__":
    write("metrics", {"batchSizes": SIZES, "sampleWeights": WEIGHTS, "cases": list(all_cases())})
