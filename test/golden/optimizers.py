"""Golden values of every update rule: five steps on w², and thirty on a small network with a changing learning rate.

    python test/golden/optimizers.py

Whose convention a case follows stands in its "from":
- SGD, momentum and Nesterov are PyTorch's: v ← μ v + g, w ← w − η v. Adam and AdamW too, with ε = 1e-7.
- Adagrad and RMSProp are Keras's: ε inside the root, and η inside RMSProp's momentum.
Weight decay λ comes in two kinds: "coupled" adds λ w to the gradient after it is clipped (PyTorch's SGD and Adam);
"decoupled" takes w ← w − η λ w before the step (AdamW, and Keras's weight_decay).
Clipping is Keras's: g c / max(‖g‖, c). A second set, of SGD only, is PyTorch's: g c / (‖g‖ + 1e-6).
The loss of a step is taken before its update; the last of the 31 is after the last update.
"""

from record import write

import keras
import numpy
import torch

PARABOLA_STEPS, NETWORK_STEPS, STEPS_PER_RATE = 5, 30, 10


def draw(seed, *shape, scale=1.0):
    return torch.tensor(numpy.random.default_rng(seed).uniform(-scale, scale, shape).round(2))


NETWORK = {
    "x": draw(1, 8, 2, scale=2.0),
    "y": draw(2, 8, 1, scale=2.0),
    "weights": {
        "hidden/kernel": draw(3, 2, 3),
        "hidden/bias": draw(4, 3),
        "output/kernel": draw(5, 3, 1),
        "output/bias": draw(6, 1),
    },
}


def parabola(parameters):
    return parameters[0] ** 2


def network_loss(parameters):
    hidden_kernel, hidden_bias, output_kernel, output_bias = parameters
    hidden = torch.sigmoid(NETWORK["x"] @ hidden_kernel + hidden_bias)
    return torch.mean((hidden @ output_kernel + output_bias - NETWORK["y"]) ** 2)


def torch_rule(Rule, **options):
    def start(parameters):
        rule = Rule(parameters, lr=1.0, **options)

        def step(gradients, learning_rate):
            rule.param_groups[0]["lr"] = learning_rate
            for parameter, gradient in zip(parameters, gradients):
                parameter.grad = gradient
            rule.step()

        return step

    return start


def to_keras(tensors):
    return [keras.ops.convert_to_tensor(tensor.numpy()) for tensor in tensors]


def keras_rule(Rule, **options):
    def start(parameters):
        rule = Rule(**options)
        variables = [keras.Variable(parameter.detach().numpy()) for parameter in parameters]

        def step(gradients, learning_rate):
            rule.learning_rate = learning_rate
            for variable, parameter in zip(variables, parameters):
                variable.assign(parameter.detach().numpy())
            rule.apply(to_keras(gradients), variables)
            for variable, parameter in zip(variables, parameters):
                parameter.data = torch.tensor(variable.numpy())

        return step

    return start


def clip_as_keras(gradients, kind, threshold):
    """Keras clips inside a rule: plain descent from 0 with η = 1 lands on the clipped gradients' negatives."""
    argument = {"value": "clipvalue", "norm": "clipnorm", "globalNorm": "global_clipnorm"}[kind]
    variables = [keras.Variable(numpy.zeros(gradient.shape)) for gradient in gradients]
    keras.optimizers.SGD(1.0, **{argument: threshold}).apply(to_keras(gradients), variables)
    return [torch.tensor(-variable.numpy()) for variable in variables]


def clip_as_torch(gradients, kind, threshold):
    holders = [torch.zeros_like(gradient, requires_grad=True) for gradient in gradients]
    for holder, gradient in zip(holders, gradients):
        holder.grad = gradient.clone()
    if kind == "value":
        torch.nn.utils.clip_grad_value_(holders, threshold)
    elif kind == "globalNorm":
        torch.nn.utils.clip_grad_norm_(holders, threshold)
    else:
        for holder in holders:
            torch.nn.utils.clip_grad_norm_([holder], threshold)
    return [holder.grad for holder in holders]


def descend(loss_of, start_at, start, learning_rates, decay, clip):
    """The losses before each step and after the last, and the parameters after each step."""
    parameters = [torch.as_tensor(each).clone().requires_grad_() for each in start_at]
    step = start(parameters)
    losses, path = [], []
    for learning_rate in learning_rates:
        loss = loss_of(parameters)
        losses.append(loss.item())
        gradients = clip(torch.autograd.grad(loss, parameters))
        with torch.no_grad():
            if decay["kind"] == "coupled":
                gradients = [g + decay["rate"] * w for g, w in zip(gradients, parameters)]
            if decay["kind"] == "decoupled":
                for parameter in parameters:
                    parameter.mul_(1 - learning_rate * decay["rate"])
        step(gradients, learning_rate)
        path.append([parameter.detach().clone() for parameter in parameters])
    return [*losses, loss_of(parameters).item()], path


def case(name, entry, decay=None, clip=None, clip_by=clip_as_keras):
    decay = decay or {"kind": "none", "rate": 0}
    clip = clip or {"kind": "none", "parabola": 0, "network": 0}

    def clipping(problem):
        if clip["kind"] == "none":
            return list
        return lambda gradients: clip_by(gradients, clip["kind"], clip[problem])

    # Twice as fast where the gradient is clipped to half, so that the last steps are not clipped.
    rate, rates = entry["parabola"] * (1 if clip["kind"] == "none" else 2), entry["network"]
    _, parabola_path = descend(
        parabola, [1.0], entry["start"], [rate] * PARABOLA_STEPS, decay, clipping("parabola")
    )
    losses, path = descend(
        network_loss,
        NETWORK["weights"].values(),
        entry["start"],
        [rates[step // STEPS_PER_RATE] for step in range(NETWORK_STEPS)],
        decay,
        clipping("network"),
    )
    return {
        "name": name,
        "rule": entry["rule"],
        "options": entry["options"],
        "weightDecay": decay,
        "clip": clip,
        "from": entry["from"],
        "parabola": {"learningRate": rate, "w": [w.item() for [w] in parabola_path]},
        "network": {"learningRates": rates, "losses": losses, "weights": dict(zip(NETWORK["weights"], path[-1]))},
    }


def entry(rule, from_, start, options=None, parabola=0.1, network=(0.1, 0.05, 0.01)):
    return {
        "rule": rule, "options": options or {}, "from": from_, "start": start, "parabola": parabola, "network": network
    }


GENTLE = {"parabola": 0.01, "network": (0.02, 0.01, 0.002)}
RMSprop = keras.optimizers.RMSprop
ADAM = {"betas": (0.9, 0.999), "eps": 1e-7}
BETAS = {"beta1": 0.9, "beta2": 0.999, "epsilon": 1e-7}
RMS = {"rho": 0.9, "epsilon": 1e-7, "momentum": 0.0, "centered": False}


def rms_prop(**changed):
    options = {**RMS, **changed}
    return entry("RMSProp", "keras", keras_rule(RMSprop, **options), options, **GENTLE)


RULES = {
    "SGD": entry("SGD", "torch", torch_rule(torch.optim.SGD), {"momentum": 0.0, "nesterov": False}),
    "momentum": entry(
        "SGD", "torch", torch_rule(torch.optim.SGD, momentum=0.9), {"momentum": 0.9, "nesterov": False}
    ),
    "Nesterov": entry(
        "SGD",
        "torch",
        torch_rule(torch.optim.SGD, momentum=0.9, nesterov=True),
        {"momentum": 0.9, "nesterov": True},
    ),
    "Adagrad": entry(
        "Adagrad",
        "keras",
        keras_rule(keras.optimizers.Adagrad, initial_accumulator_value=numpy.float64(0.1), epsilon=1e-7),
        {"initialAccumulator": 0.1, "epsilon": 1e-7},
    ),
    "RMSProp": rms_prop(),
    "RMSProp with momentum": rms_prop(momentum=0.9),
    "centered RMSProp": rms_prop(centered=True),
    "centered RMSProp with momentum": rms_prop(momentum=0.9, centered=True),
    "Adam": entry("Adam", "torch", torch_rule(torch.optim.Adam, **ADAM), BETAS),
}
COUPLED, DECOUPLED = {"kind": "coupled", "rate": 0.01}, {"kind": "decoupled", "rate": 0.01}
CLIPS = [{"kind": kind, "parabola": 1, "network": 0.125} for kind in ["value", "norm", "globalNorm"]]


def all_cases():
    for name, rule in RULES.items():
        yield case(name, rule)
    # PyTorch's own AdamW knows its decay; ours is taken before its step, which is where PyTorch takes it too.
    adam_w = {**entry("AdamW", "torch", torch_rule(torch.optim.AdamW, **ADAM, weight_decay=0.01), BETAS)}
    yield {**case("AdamW", adam_w), "weightDecay": DECOUPLED}
    for name, rule in RULES.items():
        yield case(f"{name}, coupled decay", rule, COUPLED)
        if name != "Adam":
            yield case(f"{name}, decoupled decay", rule, DECOUPLED)
    for clip in CLIPS:
        for name in ["SGD", "momentum", "RMSProp", "Adam"]:
            yield case(f"{name}, clipped by {clip['kind']}", RULES[name], clip=clip)
        yield case(f"SGD, clipped by {clip['kind']} as in PyTorch", RULES["SGD"], clip=clip, clip_by=clip_as_torch)
    yield case("momentum, clipped by globalNorm, coupled decay", RULES["momentum"], COUPLED, CLIPS[2])
    yield case("momentum, clipped by globalNorm, decoupled decay", RULES["momentum"], DECOUPLED, CLIPS[2])


if __name__ == "__main__":
    write("optimizers", {
        "parabola": {"function": "w²", "start": 1, "steps": PARABOLA_STEPS},
        "network": {
            "layers": "2 inputs, 3 sigmoid (hidden), 1 linear (output), mean squared error, full batch",
            "steps": NETWORK_STEPS,
            "stepsPerLearningRate": STEPS_PER_RATE,
            **NETWORK,
        },
        "cases": list(all_cases()),
    })
