"""Golden values and derivatives of every activation, from -6 to 6; softmax over rows, with its vector-Jacobian product.

    python test/golden/activations.py

Values are Keras's, derivatives TensorFlow's tape's. At their kink at 0, relu and its like have the slope of the left.
Keras's LeakyReLU layer and its leaky_relu function have different slopes by default; both are here.
"""

from record import write

import keras
import numpy
import tensorflow

GRID = tensorflow.constant(numpy.linspace(-6, 6, 25))
ROWS = tensorflow.constant(
    [[0.0, 0.0, 0.0], [1.0, 2.0, 3.0], [-6.0, 0.5, 6.0], [1000.0, 0.0, -1000.0], [1000.0, 1000.0, 999.0]], "float64"
)
COTANGENT = tensorflow.constant([1.0, -2.0, 0.5], "float64")
keras_activations = keras.activations

ACTIVATIONS = {
    "sigmoid": keras_activations.sigmoid,
    "tanh": keras_activations.tanh,
    "relu": keras_activations.relu,
    "leakyRelu, slope 0.3 (Keras's layer)": keras.layers.LeakyReLU(),
    "leakyRelu, slope 0.2 (Keras's function)": keras_activations.leaky_relu,
    "leakyRelu, slope 0.01 (PyTorch's)": lambda x: keras_activations.leaky_relu(x, negative_slope=0.01),
    "elu": keras_activations.elu,
    "softplus": keras_activations.softplus,
    "gelu": lambda x: keras_activations.gelu(x, approximate=False),
    "gelu, tanh approximation": lambda x: keras_activations.gelu(x, approximate=True),
}


def derived(activation, x, cotangent):
    """y, and the derivative of Σ cotangent · y by x."""
    with tensorflow.GradientTape() as tape:
        tape.watch(x)
        y = activation(x)
        total = tensorflow.reduce_sum(y * cotangent)
    return y, tape.gradient(total, x)


def on_grid(name, activation):
    y, derivative = derived(activation, GRID, 1.0)
    return {"name": name, "y": y, "derivative": derivative}


def softmax():
    y, gradient = derived(keras_activations.softmax, ROWS, COTANGENT)
    return {"x": ROWS, "y": y, "cotangent": COTANGENT, "gradient": gradient}


if __name__ == "__main__":
    write("activations", {
        "x": GRID,
        "cases": [on_grid(name, activation) for name, activation in ACTIVATIONS.items()],
        "softmax": softmax(),
    })
