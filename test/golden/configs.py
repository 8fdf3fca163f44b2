"""Layers as Keras 3 writes them into files, and what they make of an input with weights 0.5, 0.75, 1, ... each.

    python test/golden/configs.py

In float32, unlike the others: that is what the files are about.
"""

from record import write

import keras
import numpy

keras.backend.set_floatx("float32")
layers, regularizers = keras.layers, keras.regularizers

LAYERS = [
    layers.Dense(2, activation="gelu", kernel_regularizer="l2", kernel_initializer="lecun_normal"),
    layers.Dense(3, activation="softmax", use_bias=False, bias_regularizer=regularizers.L1L2(l2=0.25)),
    layers.Dense(1, kernel_initializer="orthogonal", kernel_regularizer=regularizers.L1(0.5)),
    layers.Activation("leaky_relu"),
    layers.ReLU(),
    layers.LeakyReLU(),
    layers.LeakyReLU(negative_slope=0.125),
    layers.ELU(alpha=2.0),
    layers.Softmax(),
    layers.Dropout(0.25, seed=3),
    layers.Flatten(),
    layers.Reshape((3, -1)),
    layers.BatchNormalization(),
    layers.BatchNormalization(epsilon=0.5, center=False, momentum=0.5),
    layers.LayerNormalization(epsilon=0.25, scale=False),
]
X = numpy.array([[0.5, -1.0, 2.0, 0.25, -3.0, 1.5], [-2.0, 4.0, 0.125, 0.0, -0.5, 1.0]], "float32")


def weights_like(layer):
    """Different numbers, all above 0, for a variance is."""
    return [
        (numpy.arange(weight.size) * 0.25 + place + 0.5).reshape(weight.shape)
        for place, weight in enumerate(layer.get_weights())
    ]


def case(layer):
    layer.build(X.shape)
    layer.set_weights(weights_like(layer))
    serialized = keras.saving.serialize_keras_object(layer)
    return {"className": serialized["class_name"], "config": serialized["config"], "y": layer(X)}


if __name__ == "__main__":
    write("configs", {"x": X, "cases": [case(layer) for layer in LAYERS]})
