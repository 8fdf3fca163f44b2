"""Golden moments of every initializer at shape [50, 30]: what Keras uses, and what many of its draws came to.

    python test/golden/initializers.py

Uniform forms have a limit l: U(-l, l). Normal forms have the σ of the normal that is drawn from; truncated ones draw
again beyond 2 σ, which leaves a standard deviation of 0.87962566 σ, so that Keras's glorot, he and lecun forms divide σ
by it first. "limit" and "sigma" are these numbers, "standardDeviation" the one that the values should then have.
"""

import math

from record import write

import keras
import numpy

SHAPE, DRAWS, FIRST_SEED = [50, 30], 200, 1
INPUTS, OUTPUTS = SHAPE
# Of a standard normal cut at ±2: √(1 − 2·2φ(2) / (Φ(2) − Φ(−2))). Keras's constant.
TRUNCATION = 0.87962566103423978


def uniform(make, limit):
    return {"make": make, "kind": "uniform", "limit": limit, "sigma": None, "standardDeviation": limit / math.sqrt(3)}


def truncated(make, sigma):
    return {
        "make": make, "kind": "truncatedNormal", "limit": 2 * sigma, "sigma": sigma,
        "standardDeviation": sigma * TRUNCATION,
    }


def normal(make, sigma):
    return {"make": make, "kind": "normal", "limit": None, "sigma": sigma, "standardDeviation": sigma}


def scaled(variance, uniform_class, normal_class):
    return uniform(uniform_class, math.sqrt(3 * variance)), truncated(normal_class, math.sqrt(variance) / TRUNCATION)


of = keras.initializers
glorot = scaled(2 / (INPUTS + OUTPUTS), of.GlorotUniform, of.GlorotNormal)
he = scaled(2 / INPUTS, of.HeUniform, of.HeNormal)
lecun = scaled(1 / INPUTS, of.LecunUniform, of.LecunNormal)
INITIALIZERS = {
    "glorotUniform": glorot[0],
    "glorotNormal": glorot[1],
    "heUniform": he[0],
    "heNormal": he[1],
    "lecunUniform": lecun[0],
    "lecunNormal": lecun[1],
    "randomUniform": uniform(of.RandomUniform, 0.05),
    "randomNormal": normal(of.RandomNormal, 0.05),
    "truncatedNormal": truncated(of.TruncatedNormal, 0.05),
}


def moments(name, expected):
    make = expected.pop("make")
    values = numpy.stack([make(seed=FIRST_SEED + draw)(SHAPE).numpy() for draw in range(DRAWS)])
    drawn = {
        "mean": values.mean(), "standardDeviation": values.std(), "minimum": values.min(), "maximum": values.max()
    }
    return {"name": name, **expected, "drawn": drawn}


if __name__ == "__main__":
    write("initializers", {
        "shape": SHAPE,
        "valuesDrawn": DRAWS * INPUTS * OUTPUTS,
        "cases": [moments(name, expected) for name, expected in INITIALIZERS.items()],
    })
