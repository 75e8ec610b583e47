"""What every reader makes of its bytes: text blocks and grids in reading order, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from parsers.report import Finding

SCANNED, PICTURE = "scanned page", "picture"
"""How the places begin of what text recognition read: on a page of a file, in a picture by itself."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or line of running text."""

    text: str
    place: str = ""


@dataclass(slots=True)
class Grid:
    """A table as rows of cell texts.

    `rows[r][c]` is the text of the cell that covers row r and column c, `None` where no cell stands. A cell that
    spans several rows or columns appears in each of them; `origins[r][c]` is then the (row, column) of its upper
    left corner. `exact` says that columns are known (HTML, Word, ruled PDF); in text renderings spans are lost,
    rows have unequal lengths and a column index means nothing by itself. `places` says where each row stands, where
    a table goes on over pages.
    """

    rows: list[list[str | None]]
    exact: bool
    place: str = ""
    origins: list[list[tuple[int, int]]] = field(default_factory=list)
    places: list[str] = field(default_factory=list)

    def place_of(self, row: int) -> str:
        """Where a row stands."""
        return self.places[row] if self.places else f"{self.place} row {row + 1}"


@dataclass(slots=True)
class Document:
    """A document in reading order.

    `meta` holds what the page says of itself outside its text (`title`, and the meta tags of the national site
    norm such as `ArticleTitle`, `PubDate`, `ContentSource`, `SiteName`, `ColumnName`). `unread` says what of the
    document was not seen, or may not have been; `lacks` names the extras without which it was not.
    """

    format: str
    items: list[Block | Grid] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    engines: tuple[str, ...] = ()
    unread: list[Finding] = field(default_factory=list)
    lacks: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    """Names of pictures that it shows and that may hold what its text lacks."""
    inline: dict[str, str] = field(default_factory=dict)
    """Those of them that it holds itself, in base64."""
    is_open: bool = False
    """Its end does not tell whether it is whole: that of a text, and of a page whose last table is never closed."""

    def blocks(self) -> Iterator[Block]:
        """Running text only."""
        return (item for item in self.items if isinstance(item, Block))

    def grids(self) -> Iterator[Grid]:
        """Tables only."""
        return (item for item in self.items if isinstance(item, Grid))
