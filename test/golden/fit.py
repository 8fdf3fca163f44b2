"""Golden runs of Keras's whole `fit`, of a network of two layers from fixed weights.

    python test/golden/fit.py

20 samples, the last 5 of them for validation, batches of 8 (the last of an epoch has 7), no shuffling, 5 epochs. As in
Keras, a training loss and metric are gathered during the epoch, and weigh each batch by its size; the validation
losses are taken after it.
- Sample weights: the loss of a batch is Σ wᵢ lᵢ / its size. They weigh the validation loss too, but no metric.
- Class weights weigh training losses only, neither validation losses nor metrics.
- L2 adds 0.01 Σ w² of both kernels to the loss, and to the validation loss.
- Keras's Adam has its ε elsewhere, added to √v before the corrections: "Adam" is Keras's own class with PyTorch's step,
  m̂ / (√v̂ + ε); "Adam as in Keras" is unchanged.
Rates are NumPy's numbers, since Keras rounds Python's to float32 in places. It still does so to L2's 0.01: those
figures hold to 8 digits.
"""

from record import write

import keras
import numpy

BATCH_SIZE, EPOCHS, VALIDATION_SPLIT, CLASSES = 8, 5, 0.25, 3
CLASS_WEIGHTS = {0: 0.5, 1: 2.0}
EXACT = numpy.float64
ADAM = {"learning_rate": 0.01, "beta_1": EXACT(0.9), "beta_2": EXACT(0.999), "epsilon": 1e-7}


def draw(seed, *shape, scale=1.0):
    return numpy.random.default_rng(seed).uniform(-scale, scale, shape).round(2)


X = draw(11, 20, 2, scale=2.0)
Y = (numpy.sin(X[:, :1]) + 0.5 * X[:, 1:] + draw(12, 20, 1, scale=0.2)).round(2)
YES_OR_NO = (Y > 0).astype("int32")
CLASS = numpy.digitize(Y, [-0.5, 0.5]).astype("int32")
SAMPLE_WEIGHTS = (draw(13, 20) + 1).round(2)
HIDDEN = {"hidden/kernel": draw(14, 2, 4), "hidden/bias": draw(15, 4)}
ONE_OUTPUT = {**HIDDEN, "output/kernel": draw(16, 4, 1), "output/bias": draw(17, 1)}
THREE_OUTPUTS = {**HIDDEN, "output/kernel": draw(18, 4, CLASSES), "output/bias": draw(19, CLASSES)}


def sgd(learning_rate=0.1, **options):
    return keras.optimizers.SGD(learning_rate, **options)


class TorchAdam(keras.optimizers.Adam):
    """PyTorch's place for ε: each step's ε is divided by what Keras leaves out of √v̂."""

    def update_step(self, gradient, variable, learning_rate):
        correction = keras.ops.sqrt(1 - self.beta_2 ** keras.ops.cast(self.iterations + 1, "float64"))
        epsilon, self.epsilon = self.epsilon, self.epsilon * correction
        super().update_step(gradient, variable, learning_rate)
        self.epsilon = epsilon


def run(
    name, optimizer, loss="mse", target=Y, metric="mae", weights=ONE_OUTPUT, activation=None, l2=None, **fit_options
):
    regularizer = keras.regularizers.L2(l2) if l2 else None
    units = weights["output/bias"].size
    model = keras.Sequential([
        keras.layers.Input((2,)),
        keras.layers.Dense(4, "sigmoid", kernel_regularizer=regularizer),
        keras.layers.Dense(units, activation, kernel_regularizer=regularizer),
    ])
    model.set_weights(list(weights.values()))
    model.compile(optimizer, loss, metrics=[metric], run_eagerly=True)
    history = model.fit(
        X, target, batch_size=BATCH_SIZE, epochs=EPOCHS, validation_split=VALIDATION_SPLIT, shuffle=False, verbose=0,
        **fit_options,
    ).history
    metric_name = next(key for key in history if key not in ["loss", "val_loss"] and not key.startswith("val_"))
    return {
        "name": name,
        "loss": history["loss"],
        "valLoss": history["val_loss"],
        "metric": history[metric_name],
        "valMetric": history[f"val_{metric_name}"],
        "weights": dict(zip(weights, model.get_weights())),
    }


if __name__ == "__main__":
    by_logits = {
        "loss": keras.losses.BinaryCrossentropy(from_logits=True),
        "target": YES_OR_NO,
        "metric": keras.metrics.BinaryAccuracy(threshold=0.0),
    }
    by_sigmoid = {
        "loss": "binary_crossentropy",
        "target": YES_OR_NO,
        "metric": "binary_accuracy",
        "activation": "sigmoid",
    }
    by_softmax = {
        "loss": "sparse_categorical_crossentropy",
        "target": CLASS,
        "metric": "sparse_categorical_accuracy",
        "activation": "softmax",
        "weights": THREE_OUTPUTS,
    }
    write("fit", {
        "x": X,
        "regression": {
            "y": Y,
            "sampleWeights": SAMPLE_WEIGHTS,
            "weights": ONE_OUTPUT,
            "loss": "mean squared error, of linear outputs",
            "metric": "mean absolute error",
            "cases": [
                run("SGD 0.1", sgd()),
                run("SGD 0.1 with momentum 0.9", sgd(momentum=EXACT(0.9))),
                run("Adam 0.01", TorchAdam(**ADAM)),
                run("Adam 0.01 as in Keras", keras.optimizers.Adam(**ADAM)),
                run("SGD 0.1, sample weights", sgd(), sample_weight=SAMPLE_WEIGHTS),
                run("SGD 0.1, L2 0.01 on the kernels", sgd(), l2=0.01),
            ],
        },
        "binary": {
            "y": YES_OR_NO,
            "classWeights": CLASS_WEIGHTS,
            "weights": ONE_OUTPUT,
            "loss": "binary cross-entropy, of sigmoid outputs or of linear ones as logits",
            "metric": "accuracy",
            "cases": [
                run("SGD 0.5, sigmoid", sgd(0.5), **by_sigmoid),
                run("SGD 0.5, sigmoid, class weights", sgd(0.5), **by_sigmoid, class_weight=CLASS_WEIGHTS),
                run("SGD 0.5, logits", sgd(0.5), **by_logits),
                run("SGD 0.5, logits, class weights", sgd(0.5), **by_logits, class_weight=CLASS_WEIGHTS),
            ],
        },
        "sparseCategorical": {
            "y": CLASS,
            "weights": THREE_OUTPUTS,
            "loss": "sparse categorical cross-entropy, of softmax outputs",
            "metric": "accuracy",
            "cases": [run("SGD 0.5, softmax", sgd(0.5), **by_softmax)],
        },
    })
