"""PDFium's functions for thousands of calls: pointers are plain numbers, and what they fill in lies in one array."""

from __future__ import annotations

import ctypes
from array import array
from collections import deque
from collections.abc import Iterable
from typing import Any

Call = Any
"""A function of PDFium."""


def quick(function: Call) -> Call:
    """The same function, that takes and gives pointers as numbers: a call costs two thirds of what it did."""
    kinds = (function.restype, *function.argtypes)
    plain = (ctypes.c_void_p if hasattr(kind, "contents") else kind for kind in kinds)
    return ctypes.PYFUNCTYPE(*plain)(ctypes.cast(function, ctypes.c_void_p).value or 0)


def floats(
    call: Call, columns: int, count: int, *arguments: Iterable[Any], apart: bool = False
) -> list[list[float]]:
    """The columns of floats that a function fills in when it is called `count` times, each time with one of each of
    the arguments and then the address of a structure, or, where they lie `apart`, of every float. A call that fails
    leaves zeros."""
    filled = (ctypes.c_float * (count * columns))()
    size = ctypes.sizeof(ctypes.c_float)
    start, step = ctypes.addressof(filled), size * columns
    places = [range(start + size * n, start + size * n + step * count, step) for n in range(columns)]
    deque(map(call, *arguments, *places[: columns if apart else 1]), 0)
    flat = array("f", bytes(filled)).tolist()
    return [flat[n::columns] for n in range(columns)]
