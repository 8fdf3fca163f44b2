"""Golden traces of EarlyStopping and ReduceLROnPlateau: Keras's own callbacks, driven with made-up values.

    python test/golden/callbacks.py

The one weight of a model is set to the epoch's number before each epoch ends, so that the weight after training says
which epoch was restored. "epochs" counts those that ran. Monitored values are val_loss (mode "min") or val_accuracy
(mode "max"). With a cooldown of 1 the rate falls as without: the epoch after a reduction uses it up, and counts again.
"nanAtFirst" is Keras's trap: a NaN in the first epoch becomes the best value, and nothing is better than NaN.
"""

import math

from record import write

import keras
import numpy

NAN = math.nan
SEMANTICS = [1.0, 0.9, 0.95, 0.9, 0.85, 0.86, 0.87, 0.88]
PLATEAU = [1.0] + [0.9] * 11


def drive(callback, monitor, values, learning_rate):
    """Yields the model after each epoch, and ends the training when the callback stops it or the values run out."""
    model = keras.Sequential([keras.layers.Input((1,)), keras.layers.Dense(1, use_bias=False)])
    model.compile(keras.optimizers.SGD(learning_rate), "mse")
    callback.set_model(model)
    callback.on_train_begin()
    model.stop_training = False
    for epoch, value in enumerate(values):
        model.set_weights([numpy.array([[float(epoch)]])])
        callback.on_epoch_end(epoch, {monitor: value})
        yield model
        if model.stop_training:
            break
    callback.on_train_end()


def monitored(mode):
    return "val_accuracy" if mode == "max" else "val_loss"


def early_stopping(values, patience=0, min_delta=0.0, mode="min"):
    monitor = monitored(mode)
    callback = keras.callbacks.EarlyStopping(
        monitor, min_delta=min_delta, patience=patience, mode=mode, restore_best_weights=True
    )
    waits, model = [], None
    for model in drive(callback, monitor, values, 1.0):
        waits.append(callback.wait)
    return {
        "options": {"monitor": monitor, "patience": patience, "minDelta": min_delta, "mode": mode},
        "values": values,
        "epochs": len(waits),
        "stopped": model.stop_training,
        "best": callback.best,
        "bestEpoch": callback.best_epoch,
        "restoredEpoch": model.get_weights()[0].item(),
        "waits": waits,
    }


def reduce_on_plateau(values, patience=10, factor=0.1, min_delta=1e-4, cooldown=0, min_lr=0.0, mode="min", start=1.0):
    monitor = monitored(mode)
    callback = keras.callbacks.ReduceLROnPlateau(
        monitor, factor=factor, patience=patience, min_delta=min_delta, cooldown=cooldown, min_lr=min_lr, mode=mode
    )
    rates, waits = [], []
    for model in drive(callback, monitor, values, start):
        rates.append(model.optimizer.learning_rate.numpy())
        waits.append(callback.wait)
    return {
        "options": {
            "monitor": monitor, "patience": patience, "factor": factor, "minDelta": min_delta, "cooldown": cooldown,
            "minLearningRate": min_lr, "mode": mode,
        },
        "learningRate": start,
        "values": values,
        "rates": rates,
        "waits": waits,
    }


if __name__ == "__main__":
    write("callbacks", {
        "earlyStopping": [
            *(early_stopping(SEMANTICS, patience) for patience in [0, 1, 2, 3, 20]),
            early_stopping([1.0, 0.9, 0.8, 0.7]),
            early_stopping([1.0, 1.0, 1.0]),
            early_stopping([1.0, 0.98, 0.96, 0.94, 0.92, 0.9, 0.88], 2, 0.05),
            # An improvement by just min_delta is none (all exact in binary).
            early_stopping([1.0, 0.75, 0.5, 0.25], 3, 0.25),
            early_stopping([1.0, 0.75, 0.5, 0.125], 3, 0.25),
            early_stopping([1.0, NAN, NAN, 0.9, NAN, NAN, NAN, 0.5], 3),
            early_stopping([1.0, NAN], 0),
            early_stopping([0.5, 0.6, 0.6, 0.7, 0.65, 0.7, 0.69, 0.8], 2, mode="max"),
            early_stopping([0.5, 0.6, 0.62, 0.64, 0.66, 0.68, 0.7], 2, 0.05, mode="max"),
        ],
        "reduceOnPlateau": [
            reduce_on_plateau(PLATEAU, 2, 0.5),
            reduce_on_plateau(PLATEAU, 0, 0.5),
            reduce_on_plateau(PLATEAU, 1, 0.5),
            reduce_on_plateau([1.0] * 24),
            reduce_on_plateau(PLATEAU, 2, 0.5, cooldown=1),
            reduce_on_plateau(PLATEAU, 2, 0.5, cooldown=3),
            reduce_on_plateau(PLATEAU, 1, 0.5, min_lr=0.3),
            reduce_on_plateau(PLATEAU, 2, 0.5, cooldown=2, min_lr=0.3),
            reduce_on_plateau([1.0, 0.95, 0.9, 0.85, 0.8, 0.75], 2, 0.5, min_delta=0.25),
            reduce_on_plateau([1.0, 0.75, 0.5, 0.25, 0.0], 1, 0.5, min_delta=0.25),
            reduce_on_plateau([1.0, 0.99995, 0.9998, 0.99975, 0.9997, 0.9996], 2, 0.5),
            reduce_on_plateau([1.0, NAN, NAN, 0.9, NAN, NAN, 0.8, 0.8], 2, 0.5),
            reduce_on_plateau([0.5, 0.6, 0.6, 0.55, 0.7, 0.7, 0.7, 0.7], 2, 0.1, mode="max", start=0.01),
        ],
        "nanAtFirst": {
            "earlyStopping": early_stopping([NAN, 1.0, 0.9, 0.8], 2),
            "reduceOnPlateau": reduce_on_plateau([NAN, 1.0, 0.9, 0.8, 0.7], 2, 0.5),
        },
    })
