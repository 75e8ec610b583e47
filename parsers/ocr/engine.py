"""The recogniser: crops of single lines → their text, by the model that comes inside the package rapidocr."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import onnxruntime
import rapidocr

from parsers.ocr import ENGINE_NAME, VERSION
from parsers.ocr.raster import Image

HIGH, NARROWEST, WIDEST = 48, 48, 3200
"""Pixels of the image of a line as the model wants it."""

BATCH_PIXELS = 4096
"""Lines are recognised together up to this width."""

ENGINE = f"{ENGINE_NAME} {version('rapidocr')} onnxruntime {version('onnxruntime')} sheets {VERSION}"
"""The engine and its versions, as `Document.engines` names it; its outputs are kept by this name."""

MODEL = "PP-OCRv6_rec_small.onnx"


ALIKE = {"0": "OoＯｏ０〇○◯", "—": "-–―一ー－─"}
"""What a print does not tell apart: in the place of a value it is the first."""


@dataclass(frozen=True, slots=True)
class Words:
    """The text of a line and the probability of its least certain character; `value` and `value_sure` are the same
    for one who knows that a value stands there."""

    text: str
    sure: float
    value: str = ""
    value_sure: float = 0.0


def recognise(crops: Sequence[Image]) -> list[Words]:
    """The text of each line."""
    lines = [_line(crop) for crop in crops]
    found = [Words("", 0.0)] * len(lines)
    batch: list[int] = []
    for number in sorted(range(len(lines)), key=lambda n: int(lines[n].shape[1])):
        if batch and (len(batch) + 1) * lines[number].shape[1] > BATCH_PIXELS:
            _read(batch, lines, found)
            batch = []
        batch.append(number)
    if batch:
        _read(batch, lines, found)
    return found


def boxes(image: Image) -> list[tuple[int, int, int, int]]:
    """The boxes (x0, top, x1, bottom) around the lines of text in an image."""
    found = _detector()(cv2.cvtColor(image, cv2.COLOR_GRAY2BGR), use_cls=False, use_rec=False)
    if found.boxes is None:
        return []
    return [
        (int(box[:, 0].min()), int(box[:, 1].min()), int(box[:, 0].max()), int(box[:, 1].max()))
        for box in np.asarray(found.boxes)
    ]


def _read(batch: list[int], lines: list[Image], found: list[Words]) -> None:
    session, name, characters, alike = _model()
    width = max(lines[number].shape[1] for number in batch)
    tensor = np.zeros((len(batch), 3, HIGH, width), np.float32)
    for place, number in enumerate(batch):
        tensor[place, :, :, : lines[number].shape[1]] = lines[number] / 127.5 - 1
    odds = session.run(None, {name: tensor})[0]
    for place, number in enumerate(batch):
        plain = _decoded(odds[place], characters)
        for first, others in alike:
            odds[place][:, first] += odds[place][:, others].sum(axis=1)
            odds[place][:, others] = 0
        found[number] = Words(*plain, *_decoded(odds[place], characters))


def _decoded(odds: Any, characters: list[str]) -> tuple[str, float]:
    """Characters where the best class changes and is not the blank one (class 0), and the least probability."""
    best, tops = odds.argmax(axis=1), odds.max(axis=1)
    text: list[str] = []
    sure: list[float] = []
    for step, code in enumerate(best):
        if code and (not step or code != best[step - 1]):
            text.append(characters[code])
            sure.append(float(tops[step]))
        elif code:
            sure[-1] = max(sure[-1], float(tops[step]))
    return "".join(text), min(sure, default=0.0)


def _line(crop: Image) -> Image:
    height, width = crop.shape
    wide = min(max(round(width * HIGH / height), NARROWEST), WIDEST)
    return cv2.resize(crop, (wide, HIGH), interpolation=cv2.INTER_LINEAR)


@cache
def _model() -> tuple[Any, str, list[str], list[tuple[int, list[int]]]]:
    """The session, the name of its input, the character of each class (blank, those of the model, space), and the
    classes that are alike, each first one with the others."""
    path = Path(rapidocr.__file__).parent / "models" / MODEL
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    characters = ["", *session.get_modelmeta().custom_metadata_map["character"].splitlines(), " "]
    alike = [
        (
            characters.index(first),
            [number for number, character in enumerate(characters) if character and character in others],
        )
        for first, others in ALIKE.items()
    ]
    return session, session.get_inputs()[0].name, characters, alike


@cache
def _detector() -> Any:
    return rapidocr.RapidOCR(params={"Global.log_level": "critical"})
