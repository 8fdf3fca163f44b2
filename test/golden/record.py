"""Writes golden values beside the scripts of this folder: rounded, with the versions that made them, formatted.

Once:          python3 -m venv /tmp/golden && /tmp/golden/bin/pip install -r test/golden/requirements.txt
Each script:   /tmp/golden/bin/python test/golden/optimizers.py

Every script writes the JSON file of its own name, the same to the last digit on each run. Both libraries calculate in
float64 (Keras on TensorFlow: on its other backends it falls back to float32 in places). JSON knows neither NaN nor
infinity: they are written as the strings "NaN", "Infinity" and "-Infinity".
"""

import json
import math
import os
import pathlib
import subprocess

os.environ.update(KERAS_BACKEND="tensorflow", TF_ENABLE_ONEDNN_OPTS="0", TF_CPP_MIN_LOG_LEVEL="3")

import keras
import numpy
import tensorflow
import torch

keras.backend.set_floatx("float64")
torch.set_default_dtype(torch.float64)

FOLDER = pathlib.Path(__file__).parent


def write(name, content):
    """Writes `<name>.json`: what made it first, then `content`."""
    made_by = {
        "script": f"test/golden/{name}.py",
        "keras": keras.__version__,
        "tensorflow": tensorflow.__version__,
        "torch": torch.__version__.split("+")[0],
        "numpy": numpy.__version__,
        "precision": "float64, 12 digits written",
    }
    path = FOLDER / f"{name}.json"
    path.write_text(json.dumps({"made_by": made_by, **plain(content)}, allow_nan=False, ensure_ascii=False))
    subprocess.run(["npx", "--no-install", "oxfmt", path], check=True, cwd=FOLDER.parent.parent)


def plain(value):
    """Tensors and arrays as nested lists, numbers rounded."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    if isinstance(value, torch.Tensor):
        return plain(value.detach().numpy())
    if tensorflow.is_tensor(value) or isinstance(value, keras.Variable):
        return plain(value.numpy())
    if isinstance(value, (numpy.ndarray, numpy.generic)):
        return plain(value.tolist())
    return rounded(value) if isinstance(value, float) else value


def rounded(value):
    """To 12 significant digits; what is left of a sum that should be 0, as 0; whole numbers without a point."""
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    short = 0.0 if abs(value) < 1e-15 else float(f"{value:.12g}")
    return int(short) if short.is_integer() else short
