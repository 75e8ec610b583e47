import pytest

from parsers.readers import Unreadable, read
from parsers.readers.sniff import sniff

KNOWN = [
    (b"%PDF-1.7\n", "pdf"),
    (b"\n\n%PDF-1.7\n", "pdf"),
    (b"Content-Length: 7\r\n\r\n\x00\x01%PDF-1.7\n", "pdf"),
    (b"<html><p>%PDF-1.7", "html"),
    (b"x" * 1100 + b"%PDF-1.7", "text"),
    (b"{\\rtf1", "rtf"),
    (b"\x89PNG\r\n", "image"),
    (b"\xff\xd8\xff\xe0", "image"),
    (b"\x1f\x8b\x08", "gzip"),
    ("<!DOCTYPE html><p>甲".encode(), "html"),
    ("\ufeff<table><tr><td>甲".encode(), "html"),
    ("<html>甲".encode("utf-16"), "html"),
    ("青石镇 1 < 2".encode(), "text"),
    ("青石镇".encode("gb18030"), "text"),
    ("青石镇".encode("utf-16"), "text"),
    (b"BMW 2022", "text"),
    (bytes(range(256)) * 8, "binary"),
]


@pytest.mark.parametrize(("data", "format_"), KNOWN)
def test_formats_are_told_from_bytes(data, format_):
    assert sniff(data) == format_


def test_a_format_that_cannot_be_read_is_named():
    with pytest.raises(Unreadable, match="RAR") as caught:
        read(b"Rar!\x1a\x07\x00")
    assert caught.value.format == "rar"


def test_bytes_that_are_nothing():
    with pytest.raises(Unreadable, match="binary"):
        read(bytes(range(256)) * 8)
