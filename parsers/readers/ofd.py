"""OFD (GB/T 33190-2016), the national page format: a ZIP of XML in which text and rulings stand with their places."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lxml import etree

from parsers.document import Document
from parsers.engines import NONE, Engines
from parsers.readers import Unreadable
from parsers.readers.drawn import as_document, refuse_bytes, refuse_pages
from parsers.readers.ofd_page import Area, Page, Resources, child, children, named, numbers
from parsers.readers.package import Package
from parsers.readers.sheet import Box, Sheet

A4: Area = (0.0, 0.0, 210.0, 297.0)


def read(data: bytes, engines: Engines = NONE) -> Document:
    """The document in the bytes of an OFD file; where the file holds several, one after the other."""
    return as_document("ofd", data, (page.finished() for page, _ in _pages(data)), engines)


def pictures(data: bytes) -> Iterator[tuple[Sheet, list[tuple[Box, bytes]]]]:
    """Each page as it lies, with the pictures on it: their boxes, and their files as far as they are there."""
    for page, file in _pages(data):
        yield page.sheet, [(box, image) for box, name in page.images if (image := file.image(name))]


def _pages(data: bytes) -> Iterator[tuple[Page, _File]]:
    refuse_bytes("ofd", data)
    package = Package(data, "ofd")
    root = _part(package, "OFD.xml")
    if root is None:
        raise Unreadable("ofd", "it is damaged: it does not say which documents it holds")
    files = [_File(package, "/", text) for body in children(root, "DocBody") for text in _roots(body)]
    refuse_pages("ofd", sum(len(file.pages) for file in files))
    places = ((file, location) for file in files for location in file.pages)
    return ((file.page(location, number), file) for number, (file, location) in enumerate(places, 1))


def _part(package: Package, name: str) -> etree._Element | None:
    try:
        return package.xml(name)
    except ValueError as error:  # a directory that points outside the file
        raise Unreadable("ofd", f"it is damaged: {name} lies outside the file") from error


def _roots(body: etree._Element) -> Iterator[str]:
    for element in children(body, "DocRoot"):
        if element.text and element.text.strip():
            yield element.text.strip()


class _File:
    """One document of the package: its pages, and what they draw upon."""

    def __init__(self, package: Package, folder: str, location: str) -> None:
        self.package = package
        self.root, self.folder = self._xml(folder, location)
        common = child(self.root, "CommonData")
        self.area = _area(child(common, "PageArea")) or A4
        pages = child(self.root, "Pages")
        self.pages = [str(base) for page in children(pages, "Page") if (base := page.get("BaseLoc"))]
        self.templates = {
            str(template.get("ID")): str(template.get("BaseLoc", ""))
            for template in children(common, "TemplatePage")
        }
        self.media: dict[str, str] = {}
        self.resources = self._resources(common)

    def page(self, location: str, number: int) -> Page:
        """A page with its templates."""
        root, _ = self._xml(self.folder, location)
        box = _area(child(root, "Area")) or self.area
        page = Page(number, box, self.resources)
        for use in children(root, "Template"):
            template = self.templates.get(use.get("TemplateID", ""))
            if template:
                page.take(child(self._xml(self.folder, template)[0], "Content"))
        page.take(child(root, "Content"))
        return page

    def image(self, resource: str) -> bytes | None:
        """The file of a picture."""
        return self.package.part(self.media.get(resource, ""))

    def _xml(self, folder: str, location: str) -> tuple[etree._Element, str]:
        """The XML at a location, relative to a folder or to the package, and its folder."""
        location = location.replace("\\", "/")
        for path in (posixpath.join(folder, location), posixpath.join("/", location)):
            name = posixpath.normpath(path).lstrip("/")
            root = _part(self.package, name)
            if root is not None:
                return root, posixpath.dirname(posixpath.normpath(path))
        raise Unreadable("ofd", f"it is damaged: {location} is not in it")

    def _resources(self, common: etree._Element | None) -> Resources:
        units: Resources = {}
        for kind in ("PublicRes", "DocumentRes"):
            for element in children(common, kind):
                try:
                    root, folder = self._xml(self.folder, (element.text or "").strip())
                except Unreadable:
                    continue  # fonts and pictures are not needed; a drawing that is missing counts as a picture
                units.update({unit.get("ID", ""): unit for unit in named(root, "CompositeGraphicUnit")})
                base = posixpath.join(folder, root.get("BaseLoc", ""))
                for medium in named(root, "MultiMedia"):
                    name = (getattr(child(medium, "MediaFile"), "text", "") or "").strip()
                    self.media[medium.get("ID", "")] = posixpath.normpath(posixpath.join(base, name))
        return units


def _area(element: etree._Element | None) -> Area | None:
    """The physical box of a page: x, y, width, height in millimetres."""
    box = child(element, "PhysicalBox")
    values = numbers(box.text if box is not None else None)
    return (values[0], values[1], values[2], values[3]) if len(values) == 4 and values[2] > 0 else None
