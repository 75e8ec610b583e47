"""Binary Word documents made by hand: the least that [MS-DOC] and [MS-CFB] ask for."""

import struct

from crawler.demo.layout import Table
from crawler.demo.renderers import layout

PAGE = 512
IN_TABLE = struct.pack("<HB", 0x2416, 1)
ROW_END = IN_TABLE + struct.pack("<HB", 0x2417, 1)


def depth(number):
    return struct.pack("<Hi", 0x6649, number)


INNER_CELL = IN_TABLE + depth(2) + struct.pack("<HB", 0x244B, 1)
INNER_ROW_END = IN_TABLE + depth(2) + struct.pack("<HB", 0x244C, 1)


def row(edges, flags=()):
    """The description of a row: edges in twips, and the merging bits of its cells."""
    flags = [*flags, *[0] * (len(edges) - 1 - len(flags))]
    body = bytes([len(flags)]) + struct.pack(f"<{len(edges)}h", *edges)
    body += b"".join(struct.pack("<H18x", flag) for flag in flags)
    return struct.pack("<HH", 0xD608, len(body) + 1) + body


def cells(*texts, edges=None, flags=(), how=b""):
    """The paragraphs of one row."""
    edges = edges or [1000 * n for n in range(len(texts) + 1)]
    return [*((text + "\x07", IN_TABLE) for text in texts), ("\x07", ROW_END + row(edges, flags) + how)]


def as_doc(report, quirks=()):
    """A sample report with its real spans."""
    paragraphs = []
    for item in layout(report, quirks):
        if not isinstance(item, Table):
            paragraphs.append((item.text + "\r", b""))
            continue
        for r, squares in enumerate(item.squares()):
            texts, edges, flags = [], [0], []
            for c, (top, left, cell) in enumerate(squares):
                if left == c:
                    texts.append(cell.text if top == r else "")
                    edges.append(edges[-1] + 500 * cell.columns)
                    flags.append(0 if cell.rows == 1 else 0x60 if top == r else 0x20)
            paragraphs += cells(*texts, edges=edges, flags=flags)
    return doc(paragraphs)


def doc(
    paragraphs, looks=(), pieces=None, stories=None, table=None, data=b"", flags=0, version=0xC1, lists=()
):
    """A document of (text with its mark, property list, number of its style or nothing).

    `looks` are (first, last, property list) of characters; `pieces` are (first, last, compressed, prm) in reading
    order over the characters as stored; `stories` are the lengths of the eight stories; `table` holds further places
    as {index: bytes}; `lists` are the property lists that pieces refer to.
    """
    text = "".join(text for text, *_ in paragraphs)
    pieces = pieces or [(0, len(text), False, 0)]
    main = bytearray(2048)
    places, stored = {}, sorted(pieces)
    for first, last, compressed, _ in stored:
        places[first] = (len(main), 1 if compressed else 2)
        main += text[first:last].encode("cp1252" if compressed else "utf-16-le")

    def place(at):
        first = max(begin for begin, *_ in stored if begin <= at)
        begin, width = places[first]
        return begin + (at - first) * width

    runs, at = [], 0
    for line, properties, *style in paragraphs:
        listed = struct.pack("<H", *(style or [0])) + properties
        runs.append((place(at), place(at + len(line) - 1) + 2, listed))
        at += len(line)
    spots = {12: _pages(main, [(place(a), place(b - 1) + 2, p) for a, b, p in looks], paragraph=False)}
    spots[13] = _pages(main, sorted(runs), paragraph=True)
    spots[33] = _clx(pieces, places, lists)
    spots |= table or {}
    tables = bytearray(16)
    for index, content in spots.items():
        struct.pack_into("<II", main, 154 + 8 * index, len(tables), len(content))
        tables += content
    struct.pack_into("<HH", main, 0, 0xA5EC, version)
    struct.pack_into("<H", main, 10, 0x0200 | flags)
    struct.pack_into("<HHH", main, 32, 14, 0, 0)
    struct.pack_into("<8i", main, 76, *(stories or (len(text), 0, 0, 0, 0, 0, 0, 0)))
    return compound({"WordDocument": bytes(main), "1Table": bytes(tables), "Data": data})


def _clx(pieces, places, lists):
    positions, entries, at = [0], b"", 0
    for first, last, compressed, prm in pieces:
        at += last - first
        positions.append(at)
        begin, _ = places[first]
        entries += struct.pack("<HIH", 0, begin * 2 | 1 << 30 if compressed else begin, prm)
    plc = struct.pack(f"<{len(positions)}I", *positions) + entries
    prc = b"".join(struct.pack("<BH", 1, len(entry)) + entry for entry in lists)
    return prc + struct.pack("<BI", 2, len(plc)) + plc


def _pages(main, runs, paragraph):
    """Pages of properties appended to the main stream, and the table of them."""
    main += bytes(-len(main) % PAGE)
    starts, numbers = [], []
    per_page = 1 if any(len(p) > 100 for *_, p in runs) else 3
    for n in range(0, len(runs), per_page):
        group = runs[n : n + per_page]
        page, end = bytearray(PAGE), PAGE - 2
        size = 13 if paragraph else 1
        struct.pack_into(f"<{len(group) + 1}I", page, 0, *(start for start, *_ in group), group[-1][1])
        for k, (_, _, properties) in enumerate(group):
            body = properties
            if paragraph:
                body += bytes(len(body) % 2)
                body = b"\x00" + bytes([len(body) // 2]) + body
            else:
                body = bytes([len(body)]) + body
            end = (end - len(body)) // 2 * 2
            page[end : end + len(body)] = body
            page[4 * (len(group) + 1) + size * k] = end // 2
        page[-1] = len(group)
        starts.append(group[0][0])
        numbers.append(len(main) // PAGE)
        main += page
    if not runs:
        return b""
    return struct.pack(f"<{len(starts) + 1}I{len(numbers)}I", *starts, runs[-1][1], *numbers)


def compound(streams):
    """An OLE container; streams are padded to 4096 bytes, so that none is a small one."""
    sector, free, end, fat_mark = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    body, chain, starts = b"", [], {}
    for name, stream in streams.items():
        content = stream.ljust(-(-max(len(stream), 4096) // sector) * sector, b"\x00")
        starts[name] = (len(chain), len(content))
        count = len(content) // sector
        chain += [*range(len(chain) + 1, len(chain) + count), end]
        body += content
    entries = [_entry("Root Entry", 5, 1, end, 0)]
    names = sorted(streams, key=lambda name: (len(name), name.upper()))
    for n, name in enumerate(names):
        right = n + 2 if n + 1 < len(names) else free
        entries.append(_entry(name, 2, free, *starts[name], right=right))
    entries += [bytes(128)] * (-len(entries) % 4)
    directory = len(chain)
    count = len(entries) // 4
    chain += [*range(directory + 1, directory + count), end]
    body += b"".join(entries)
    fats = -(-(len(chain) + 1) // 127)
    first_fat = len(chain)
    chain += [fat_mark] * fats
    chain += [free] * (-len(chain) % 128)
    body += struct.pack(f"<{len(chain)}I", *chain)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, len(chain) // 128, directory, 0, 4096, end, 0, end, 0)
    blocks = list(range(first_fat, first_fat + len(chain) // 128))
    return header + struct.pack("<109I", *blocks, *[free] * (109 - len(blocks))) + body


def _entry(name, kind, child, start, size, right=0xFFFFFFFF):
    text = name.encode("utf-16-le") + b"\x00\x00"
    return (
        text.ljust(64, b"\x00")
        + struct.pack("<HBBIII", len(text), kind, 1, 0xFFFFFFFF, right, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
