"""Golden outputs, gradients and moments of BatchNormalization, LayerNormalization and Normalization.

    python test/golden/layers.py

Keras's: ε inside the root; a batch's variance divides by its size, also where it enters the moving variance (PyTorch
takes size - 1 there); Normalization divides by max(σ, 1e-7), where σ² divides by the number of the data likewise.
Gradients are those of Σ cotangent · y, by TensorFlow's tape.
"""

from record import write

import keras
import numpy
import tensorflow

GAMMA, BETA = numpy.array([1.5, -0.5, 0.8]), numpy.array([0.1, 0.2, -0.3])
# The third input of the first batch is constant: its variance is 0.
BATCHES = [
    numpy.array([[0.5, -1.0, 2.0], [1.5, 0.25, 2.0], [-0.5, 3.0, 2.0], [2.0, -2.5, 2.0], [0.0, 1.0, 2.0]]),
    numpy.array([[10.0, 0.1, -1.0], [12.0, -0.2, 1.0], [9.5, 0.3, 0.5], [11.0, 0.05, 0.0]]),
    numpy.array([[-3.0, 100.0, 0.25], [1.0, 104.0, 4.0], [2.5, 98.5, -2.0]]),
]
COTANGENT = numpy.array([[1.0, -2.0, 0.5], [0.25, 1.0, -1.0], [-0.5, 0.75, 2.0], [1.5, 0.0, 1.0], [-1.0, 0.5, 0.25]])
SEQUENCES = numpy.array([[[1.0, 2.0, 4.0], [0.0, 0.0, 0.0]], [[-1.5, 0.5, 2.5], [100.0, 101.0, 99.0]]])


def differentiated(layer, x, cotangent, **call):
    """y, and the gradients of Σ cotangent · y by x, gamma and beta."""
    x = tensorflow.constant(x)
    with tensorflow.GradientTape() as tape:
        tape.watch(x)
        y = layer(x, **call)
        total = tensorflow.reduce_sum(y * cotangent)
    by_x, by_gamma, by_beta = tape.gradient(total, [x, layer.gamma.value, layer.beta.value])
    return {"x": x, "cotangent": cotangent, "y": y, "gradients": {"x": by_x, "gamma": by_gamma, "beta": by_beta}}


def batch_normalization(momentum, epsilon):
    layer = keras.layers.BatchNormalization(momentum=momentum, epsilon=epsilon)
    layer.build((None, 3))
    layer.gamma.assign(GAMMA)
    layer.beta.assign(BETA)
    training = []
    for x in BATCHES:
        step = differentiated(layer, x, COTANGENT[: len(x)], training=True)
        moments = {"movingMean": layer.moving_mean.numpy(), "movingVariance": layer.moving_variance.numpy()}
        training.append({**step, **moments})
    return {
        "options": {"momentum": momentum, "epsilon": epsilon},
        "gamma": GAMMA,
        "beta": BETA,
        "training": training,
        "inference": differentiated(layer, BATCHES[0], COTANGENT, training=False),
    }


def layer_normalization(x, cotangent):
    layer = keras.layers.LayerNormalization()
    layer.build(x.shape)
    layer.gamma.assign(GAMMA)
    layer.beta.assign(BETA)
    options = {"epsilon": layer.epsilon}
    return {"options": options, "gamma": GAMMA, "beta": BETA, **differentiated(layer, x, cotangent)}


def normalization():
    layer = keras.layers.Normalization()
    data = numpy.concatenate([BATCHES[0][:, [0, 2]], BATCHES[1][:, [1, 1]] * [1, 0] + [0, 2]])
    layer.adapt(data)
    x = numpy.array([[0.0, 2.0], [1.0, 2.5], [-4.0, 1.0]])
    return {"data": data, "mean": layer.mean[0], "variance": layer.variance[0], "x": x, "y": layer(x)}


if __name__ == "__main__":
    write("layers", {
        "batchNormalization": [batch_normalization(0.99, 1e-3), batch_normalization(0.5, 1e-5)],
        "layerNormalization": [
            layer_normalization(BATCHES[0], COTANGENT),
            layer_normalization(SEQUENCES, COTANGENT[:4].reshape(2, 2, 3)),
        ],
        "normalization": normalization(),
    })
