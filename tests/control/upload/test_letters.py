"""Files that do not say how their letters are written: the encoding is proposed by what is known, and confirmed."""

from __future__ import annotations

import pytest

from control.record.theatre import Theatre
from control.upload.columns import propose
from control.upload.letters import open_sheet
from control.upload.questions import Kind
from control.upload.reading import Options, Reading, read_upload
from control.upload.sheet import Sheet
from tests.theatres import theatre_of

ARABIC = "التاريخ,المدينة,الحدث,الطرف\n2014-06-10,الموصل,captured,ISIL\n2014-06-11,تكريت,captured,ISIL\n"
TURKISH = "tarih,şehir,event,actor\n2014-08-03,Şengal,captured,ISIL\n2014-10-06,Kobanê,captured,ISIL\n"
FRENCH = "date,lieu,event,actor\n2014-08-03,Hassaké,captured,ISIL\n2014-10-06,Kobané,captured,ISIL\n"
CYRILLIC = "дата,место,event,actor\n2022-09-10,Изюм,captured,Ukraine\n2022-11-11,Херсон,captured,Ukraine\n"


@pytest.fixture(scope="module")
def ukraine() -> Theatre:
    return theatre_of("ukraine")


def read(sheet: Sheet, theatre: Theatre, answers: dict[str, str] | None = None) -> Reading:
    return read_upload(sheet, propose(sheet, theatre).columns, Options(), answers or {}, theatre)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((ARABIC, encoding) for encoding in ("cp1256", "iso8859_6", "mac_arabic", "cp720")),
        (TURKISH, "cp1254"),
        *((FRENCH, encoding) for encoding in ("cp1252", "mac_roman", "cp850")),
    ],
)
def test_the_encoding_is_proposed_that_makes_known_names(bundled: Theatre, text: str, encoding: str) -> None:
    """The names come out as they were written, both rows wait until a person says so, and then both are used."""
    sheet = open_sheet("x.csv", text.encode(encoding), bundled)
    assert [line.cells[1] for line in sheet.lines] == [row.split(",")[1] for row in text.splitlines()[1:]]
    waiting = read(sheet, bundled)
    (question,) = waiting.questions
    assert (question.kind, question.rows, waiting.used) == (Kind.LETTERS, (2, 3), ())
    assert question.choices[0].id == sheet.encoding
    assert "known on this map" in question.choices[0].reason
    assert read(sheet, bundled, {question.key: sheet.encoding}).used == (2, 3)


@pytest.mark.parametrize("encoding", ["cp1251", "iso8859_5", "koi8_u", "cp866", "mac_cyrillic", "cp855", "ptcp154"])
def test_the_map_that_is_open_tells_the_letters(ukraine: Theatre, encoding: str) -> None:
    sheet = open_sheet("x.csv", CYRILLIC.encode(encoding), ukraine)
    assert [line.cells[1] for line in sheet.lines] == ["Изюм", "Херсон"]
    (question,) = read(sheet, ukraine).questions
    assert read(sheet, ukraine, {question.key: sheet.encoding}).used == (2, 3)


def test_rows_in_plain_letters_wait_for_nothing(bundled: Theatre) -> None:
    content = (
        "date,place,event,actor,note\n2014-06-10,Mosul,captured,ISIL,\n2014-06-11,Hassaké,captured,ISIL,caf\u00e9\n"
    )
    reading = read(open_sheet("x.csv", content.encode("cp1252"), bundled), bundled)
    assert (reading.used, reading.undecided) == ((2,), (3,))


def test_another_answer_than_the_letters_that_are_read_settles_nothing(bundled: Theatre) -> None:
    sheet = open_sheet("x.csv", ARABIC.encode("cp1256"), bundled)
    (question,) = read(sheet, bundled).questions
    for answer in ("cp1252", "no-such-encoding", ""):
        assert read(sheet, bundled, {question.key: answer}).used == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_a_file_that_says_it_is_not_asked_about(bundled: Theatre, encoding: str) -> None:
    sheet = open_sheet("x.csv", ARABIC.encode(encoding), bundled)
    assert (sheet.encoding, sheet.letters) == ("", ())
    assert read(sheet, bundled).used == (2, 3)


def test_where_no_name_is_known_it_is_asked_all_the_same(bundled: Theatre) -> None:
    sheet = open_sheet(
        "x.csv", "date,place,event,actor\n2014-06-10,Häuslingen,captured,ISIL\n".encode("cp1252"), bundled
    )
    (question,) = read(sheet, bundled).questions
    assert question.kind is Kind.LETTERS
    assert "none known on this map" in question.choices[0].reason
