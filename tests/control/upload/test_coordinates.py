"""Coordinates in the ways that people and programs write them: degrees expected first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from control.upload.coordinates import Order, looks_like_position, read_angle, read_pair

LAT, LON = Order.LAT_FIRST, Order.LON_FIRST


@pytest.mark.parametrize(
    ("degrees", "is_lat", "texts"),
    [
        (36.34, None, ["36.34", "36,34", "٣٦٫٣٤", "٣٦,٣٤", "۳۶٫۳۴", "+36.34", "36.34°", "36.34 º",
                        "lat: 36.34", "36.34 deg"]),
        (34.61, True, ["34.61°N", "34.61 N", "N34.61", "N 34,61°", "34.61 north", "34,61 с.ш.", "34.61 شمالا"]),
        (43.68, False, ["43.68°E", "E 43.68", "43.68 east", "43,68° в. д.", "lon 43.68 E", "43.68˚E"]),
        (-3.5, False, ["3.5 W", "W3.5", "3°30'W", "3° 30′ 00″ W"]),
        (-3.5, None, ["-3.5", "−3.5", "-3°30'"]),
        (34 + 56 / 60, True, ["34°56'N", "34° 56′ N", "34º56’N", "N34°56'", "34 56 N", "34:56 N",
                              "٣٤°٥٦'N", "34d56mN"]),
        (34 + 56 / 60 + 12 / 3600, True, ["34°56'12\"N", "34° 56′ 12″ N", "34°56'12''N", "34 56 12 N"]),
        (34 + 56.5 / 60, True, ["34°56.5'N", "34° 56,5′ N"]),
    ],
)  # fmt: skip
def test_one_coordinate(degrees: float, is_lat: bool | None, texts: list[str]) -> None:
    for text in texts:
        angle = read_angle(text)
        assert angle is not None, text
        assert (round(angle.degrees, 9), angle.is_lat) == (round(degrees, 9), is_lat), text


@pytest.mark.parametrize(
    "text",
    ["", "x", "36 34", "34°76'N", "34°56'76\"N", "99999", "1e5", "nan", "inf", "=1+1", "-34 S", "12s", "O 43",
     "34°56.5'12\"N", "36.34.12", "4324567", "N", "°", "2014-06-10"],
)  # fmt: skip
def test_what_is_no_coordinate_is_not_guessed(text: str) -> None:
    assert read_angle(text) is None


@pytest.mark.parametrize(
    ("order", "texts"),
    [
        (None, ["36.34, 43.13", "36.34,43.13", "(36.34; 43.13)", "[36.34, 43.13]", "36,34; 43,13", "36,34 43,13",
                "36.34|43.13", "36,34, 43,13", "36,34,43,13", "36.34/43.13", "36.34 43.13",
                "٣٦٫٣٤، ٤٣٫١٣", "36.34 43.13 250.0 4.5"]),
        (LAT, ["geo:36.34,43.13", "geo:36.34,43.13;u=35", "geo:0,0?q=36.34,43.13(A%20town)", "36.34N 43.13E",
               "lat=36.34 lon=43.13", "36.34° N, 43.13° E", '{"lat": 36.34, "lng": 43.13}', "N 36.34 E 43.13",
               "https://maps.google.com/?q=36.34,43.13",
               "https://www.google.com/maps/@36.34,43.13,12z", "https://www.openstreetmap.org/#map=12/36.34/43.13",
               "https://www.google.com/maps/place/A/@36.3,43.1,12z/data=!8m2!3d36.34!4d43.13",
               "https://www.google.com/maps/search/?api=1&query=36.34%2C43.13",
               "https://www.openstreetmap.org/?mlat=36.34&mlon=43.13#map=9/36/43"]),
    ],
)  # fmt: skip
def test_two_coordinates_in_one_cell(order: Order | None, texts: list[str]) -> None:
    for text in texts:
        pair = read_pair(text)
        assert pair is not None, text
        assert (pair.first, pair.second, pair.order) == (36.34, 43.13, order), text


@pytest.mark.parametrize(
    "text",
    ["POINT(43.13 36.34)", "Point (43.13 36.34)", "SRID=4326;POINT(43.13 36.34)", "POINT Z (43.13 36.34 200)",
     '{"type":"Point","coordinates":[43.13,36.34]}', "https://yandex.com/maps/?ll=43.13%2C36.34&z=12", "43.13°E 36.34°N",
     "lon: 43.13, lat: 36.34"],
)  # fmt: skip
def test_two_coordinates_of_which_the_longitude_comes_first(text: str) -> None:
    pair = read_pair(text)
    assert pair is not None
    assert pair.as_lon_lat(pair.order or LAT) == (43.13, 36.34)
    assert pair.order is LON


@pytest.mark.parametrize(
    "text",
    ["Mosul, Iraq", "2014-06-10", "10.06.2014", "3 Nov 2014", "36.34,", "200.5, 300.5", "https://bbc.test/a", "", "1.5, x",
     "SRID=3857;POINT(43.13 36.34)", "POINT EMPTY", "36.34N 43.13N", "LINESTRING(1 2, 3 4)", "0.5"],
)  # fmt: skip
def test_what_is_no_position_is_none(text: str) -> None:
    assert read_pair(text) is None
    assert not looks_like_position(text)


def test_two_whole_numbers_are_no_position_by_their_looks() -> None:
    assert not any(map(looks_like_position, ["10/06", "12, 13", "3 4"]))


@given(st.floats(-89, 89).map(lambda x: round(x, 4)), st.floats(-179, 179).map(lambda x: round(x, 4)))
def test_what_is_written_is_read_again(lat: float, lon: float) -> None:
    for text in (f"{lat}, {lon}", f"({lat}; {lon})", f"geo:{lat},{lon}"):
        if "e" not in text.removeprefix("geo"):
            pair = read_pair(text)
            assert pair is not None
            assert pair.as_lon_lat(LAT) == (lon, lat)


@given(st.text(max_size=40) | st.text(alphabet="0123456789.,°'\"NSEW -()", max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    angle, pair = read_angle(text), read_pair(text)
    assert angle is None or abs(angle.degrees) < 1000
    assert pair is None or pair.as_lon_lat(LAT) or pair.as_lon_lat(LON)
