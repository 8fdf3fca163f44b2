"""Golden values of every loss and its gradient by the prediction, from probabilities and from logits.

    python test/golden/losses.py

Values are Keras's, reduced as "sum_over_batch_size": Σ wᵢ lᵢ / n, n the number of samples however they are weighted, lᵢ
a sample's mean over its outputs (its sum over classes for the categorical ones). Gradients are TensorFlow's tape's.
Probabilities are clipped to [ε, 1 - ε], ε = 1e-7, after those of several classes are divided by their sum; where they
are clipped, the gradient is 0. Every case has "weighted" beside "plain".
"""

from record import write

import keras
import numpy
import tensorflow

array = numpy.array
keras_losses = keras.losses
WEIGHTS = array([1.0, 0.0, 2.5, 0.5])

COLUMN = array([[0.5], [-1.0], [2.0], [0.0]]), array([[0.25], [1.5], [2.0], [-3.5]])
ROWS = (
    array([[0.0, 1.0, 2.0], [-1.0, 0.5, 0.25], [3.0, -3.0, 0.0], [1.0, 1.0, 1.0]]),
    array([[0.5, 1.0, -2.0], [-1.25, 2.0, 0.0], [0.0, -2.5, 1.0], [1.5, 3.0, -1.0]]),
)
# Huber's own case: errors on both sides of 1 and 2, and on them.
BENDS = array([[0.0], [0.0], [0.0], [0.0]]), array([[1.0], [-2.0], [0.75], [-3.0]])

YES_OR_NO = array([[0.0], [1.0], [1.0], [0.0]])
LABELS = array([[0.0, 1.0, 1.0], [1.0, 0.0, 0.0], [1.0, 1.0, 1.0], [0.0, 0.0, 1.0]])
SOFT = array([[0.1], [0.8], [0.5], [0.0]])
PROBABILITY = array([[0.1], [0.8], [0.35], [0.999]])
PROBABILITIES = array([[0.1, 0.8, 0.5], [0.7, 0.2, 0.01], [0.9, 0.99, 0.6], [0.3, 0.05, 0.4]])
CERTAIN = array([[0.0], [1.0], [0.0], [1.0]])
LOGIT = array([[-2.0], [1.5], [0.0], [4.0]])
LOGITS = array([[-2.0, 1.5, 0.0], [0.5, -0.5, 3.0], [1.0, 2.0, -3.0], [0.25, -4.0, 0.75]])
HUGE_LOGIT = array([[-1000.0], [1000.0], [-1000.0], [1000.0]])
HUGE_LOGITS = array(
    [[1000.0, -1000.0, 0.0], [-1000.0, 1000.0, 0.0], [1000.0, 1000.0, -1000.0], [-1000.0, -1000.0, -1000.0]]
)

CLASS = array([[1], [0], [2], [1]])
ONE_HOT = numpy.eye(3)[CLASS[:, 0]]
SOFT_CLASSES = array([[0.2, 0.5, 0.3], [1.0, 0.0, 0.0], [0.0, 0.25, 0.75], [0.4, 0.2, 0.4]])
DISTRIBUTION = array([[0.2, 0.7, 0.1], [0.5, 0.25, 0.25], [0.05, 0.9, 0.05], [0.3, 0.3, 0.4]])
CERTAIN_ROWS = array([[0.0, 1.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [0.0, 0.0, 1.0]])
UNSCALED = array([[2.0, 7.0, 1.0], [0.5, 0.5, 0.5], [1.0, 18.0, 1.0], [0.3, 0.3, 0.3]])


def costs(loss, target, prediction, weights):
    prediction = tensorflow.constant(prediction)
    with tensorflow.GradientTape() as tape:
        tape.watch(prediction)
        value = loss(target, prediction, sample_weight=weights)
    return {"value": value, "gradient": tape.gradient(value, prediction)}


def case(name, about, loss, target, prediction, **options):
    return {
        "name": name,
        "about": about,
        "options": options,
        "target": target,
        "prediction": prediction,
        "plain": costs(loss, target, prediction, None),
        "weighted": costs(loss, target, prediction, WEIGHTS),
    }


def regressions():
    for about, data in {"one output": COLUMN, "three outputs": ROWS}.items():
        yield case("meanSquaredError", about, keras_losses.MeanSquaredError(), *data)
        yield case("meanAbsoluteError", about, keras_losses.MeanAbsoluteError(), *data)
    for delta in [1.0, 2.0]:
        loss = keras_losses.Huber(delta=delta)
        for about, data in {"one output": COLUMN, "three outputs": ROWS, "at the bends": BENDS}.items():
            yield case("huber", about, loss, *data, delta=delta)


def binary():
    for from_logits, data in {
        False: {
            "one output": (YES_OR_NO, PROBABILITY),
            "soft targets": (SOFT, PROBABILITY),
            "three outputs": (LABELS, PROBABILITIES),
        },
        True: {
            "one output": (YES_OR_NO, LOGIT),
            "soft targets": (SOFT, LOGIT),
            "three outputs": (LABELS, LOGITS),
            "one output, huge logits": (YES_OR_NO, HUGE_LOGIT),
            "three outputs, huge logits": (LABELS, HUGE_LOGITS),
        },
    }.items():
        loss = keras_losses.BinaryCrossentropy(from_logits=from_logits)
        for about, (target, prediction) in data.items():
            yield case("binaryCrossEntropy", about, loss, target, prediction, fromLogits=from_logits)


def categorical():
    for from_logits, predictions in {
        False: {"probabilities": DISTRIBUTION},
        True: {"logits": LOGITS, "huge logits": HUGE_LOGITS},
    }.items():
        dense = keras_losses.CategoricalCrossentropy(from_logits=from_logits)
        sparse = keras_losses.SparseCategoricalCrossentropy(from_logits=from_logits)
        options = {"fromLogits": from_logits}
        for about, prediction in predictions.items():
            yield case("categoricalCrossEntropy", about, dense, ONE_HOT, prediction, **options)
            yield case("categoricalCrossEntropy", f"{about}, soft targets", dense, SOFT_CLASSES, prediction, **options)
            yield case("sparseCategoricalCrossEntropy", about, sparse, CLASS, prediction, **options)
    # Not of the sparse form: of these predictions, Keras makes something else on each of its backends.
    dense = keras_losses.CategoricalCrossentropy()
    for about, prediction in {
        "probabilities that do not sum to 1": UNSCALED,
        "probabilities of 0 and 1": CERTAIN_ROWS,
    }.items():
        yield case("categoricalCrossEntropy", about, dense, ONE_HOT, prediction, fromLogits=False)


def certain():
    """Binary cross-entropy of probabilities 0 and 1: the nearest float32 to 1 - 1e-7 is 1 - 1.19e-7."""
    loss = keras_losses.BinaryCrossentropy()
    in_float32 = keras_losses.BinaryCrossentropy(dtype="float32")
    return {
        "target": YES_OR_NO,
        "prediction": CERTAIN,
        "float64": costs(loss, YES_OR_NO, CERTAIN, None),
        "float32": costs(in_float32, YES_OR_NO.astype("float32"), CERTAIN.astype("float32"), None),
    }


if __name__ == "__main__":
    cases = [*regressions(), *binary(), *categorical()]
    write("losses", {"sampleWeights": WEIGHTS, "cases": cases, "certain": certain()})
