"""The text of one element of an XML file that nobody vouches for."""

from __future__ import annotations

from pathlib import Path
from xml.parsers import expat

from control.export.provenance import MissingProvenanceError, ProvenanceError
from control.export.untrusted_file import HEAD, read_head


def read_element(file: Path, path: str, name: str = "") -> str:
    """Return the text of the first element at a path, `kml/Document/...`; nothing that the file names is opened.

    Parameters
    ----------
    name
        Value of the attribute `name` of the element around it; any where it is empty.

    Raises
    ------
    MissingProvenanceError
        When there is no such element.
    ProvenanceError
        When the file is not XML.
    """
    element = _Element(path, name)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = element.begin, element.end
    parser.CharacterDataHandler = element.say
    try:
        # expat refuses entities that grow without end
        head = read_head(file)
        parser.Parse(head, len(head) < HEAD)
    except (expat.ExpatError, LookupError, ValueError) as error:  # the last two: encodings that nobody knows
        if not element.done:
            raise ProvenanceError(f"{file.name}: not XML ({error}); export the file anew") from None
    if not element.done:
        raise MissingProvenanceError(file)
    return "".join(element.text)


class _Element:
    """Looks for the text of one element of XML; the first counts."""

    def __init__(self, path: str, name: str) -> None:
        self.wanted = tuple(path.split("/"))
        self.name = name
        self.open: list[str] = []
        self.text: list[str] = []
        self.named = self.inside = self.done = False

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """Take up an element."""
        self.open.append(tag.rpartition(" ")[2])
        depth = len(self.open)
        if depth == len(self.wanted) - 1:
            self.named = not self.name or attributes.get("name") == self.name
        # by its depth first: a file can be nested as deep as it is long
        at_depth = depth == len(self.wanted) and not self.done
        self.inside = at_depth and self.named and tuple(self.open) == self.wanted

    def end(self, _: str) -> None:
        """Leave an element."""
        self.done = self.done or self.inside
        self.inside = False
        self.open.pop()

    def say(self, text: str) -> None:
        """Take up text."""
        if self.inside:
            self.text.append(text)
