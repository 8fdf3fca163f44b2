"""Golden learning rates by step, 0 to 20, of every schedule.

    python test/golden/schedules.py

Step decay is PyTorch's StepLR, and so is the piecewise constant (its MultiStepLR); the others are Keras's.
"""

from record import write

import keras
import torch

STEPS = range(21)
keras_schedules = keras.optimizers.schedules


def by_torch(Schedule, learning_rate, **options):
    rule = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=learning_rate)
    schedule = Schedule(rule, **options)
    for _ in STEPS:
        yield rule.param_groups[0]["lr"]
        rule.step()
        schedule.step()


def by_keras(schedule):
    return [schedule(float(step)).numpy() for step in STEPS]


def exponential(staircase):
    options = {"learningRate": 0.1, "decaySteps": 5, "decayRate": 0.5, "staircase": staircase}
    return {
        "name": "exponential, staircase" if staircase else "exponential",
        "from": "keras ExponentialDecay",
        "options": options,
        "rates": by_keras(keras_schedules.ExponentialDecay(0.1, 5, 0.5, staircase=staircase)),
    }


def inverse_time(staircase):
    options = {"learningRate": 0.1, "decaySteps": 4, "decayRate": 0.5, "staircase": staircase}
    return {
        "name": "inverse time, staircase" if staircase else "inverse time",
        "from": "keras InverseTimeDecay",
        "options": options,
        "rates": by_keras(keras_schedules.InverseTimeDecay(0.1, 4, 0.5, staircase=staircase)),
    }


def cosine(name, learning_rate, decay_steps, alpha, warmup_target=None, warmup_steps=0):
    schedule = keras_schedules.CosineDecay(
        learning_rate, decay_steps, alpha=alpha, warmup_target=warmup_target, warmup_steps=warmup_steps
    )
    return {
        "name": name,
        "from": "keras CosineDecay",
        "options": {
            "learningRate": learning_rate,
            "decaySteps": decay_steps,
            "alpha": alpha,
            "warmupTarget": warmup_target,
            "warmupSteps": warmup_steps,
        },
        "rates": by_keras(schedule),
    }


if __name__ == "__main__":
    schedulers = torch.optim.lr_scheduler
    write("schedules", {
        "steps": list(STEPS),
        "cases": [
            {
                "name": "constant",
                "from": "torch ConstantLR",
                "options": {"learningRate": 0.1},
                "rates": list(by_torch(schedulers.ConstantLR, 0.1, factor=1.0)),
            },
            {
                "name": "step",
                "from": "torch StepLR",
                "options": {"learningRate": 0.1, "stepSize": 6, "factor": 0.5},
                "rates": list(by_torch(schedulers.StepLR, 0.1, step_size=6, gamma=0.5)),
            },
            {
                "name": "step, by milestones",
                "from": "torch MultiStepLR",
                "options": {"learningRate": 0.1, "milestones": [3, 10], "factor": 0.1},
                "rates": list(by_torch(schedulers.MultiStepLR, 0.1, milestones=[3, 10], gamma=0.1)),
            },
            exponential(False),
            exponential(True),
            inverse_time(False),
            inverse_time(True),
            cosine("cosine", 0.1, 16, 0.0),
            cosine("cosine to a floor", 0.1, 16, 0.1),
            cosine("cosine after a warm-up", 0.0, 12, 0.0, 0.1, 5),
            cosine("cosine to a floor after a warm-up", 0.01, 12, 0.05, 0.1, 5),
        ],
    })
