"""Dates, times and durations of the standard library and of pandas, and their zones."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping

from .errors import ProtocolError, Unsendable
from .fields import INT64, array_of, fields, integer, string
from .modules import loaded, needed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .coding import Decoder, Encoder, Tag

UNITS = ("s", "ms", "us", "ns")
ZONE = re.compile(r"[A-Za-z0-9_+-]{1,30}(/[A-Za-z0-9_+-]{1,30}){0,2}")
DAY = 86_400
PER_SECOND = {"s": 1, "ms": 1000, "us": 1_000_000, "ns": 1_000_000_000}
# The years 1 to 9999 less a day at each end for the zones, in seconds since 1970
FIRST, LAST = -62_135_596_800 + DAY, 253_402_300_800 - DAY


def encode(encoder: Encoder, value: Any) -> Tag | None:
    kind = type(value)
    if kind is datetime.datetime:
        plain = value.replace(tzinfo=None, fold=0)
        return {
            "t": "datetime",
            "v": plain.isoformat(),
            "fold": value.fold,
            "tz": encode_zone(value.tzinfo),
        }
    if kind is datetime.date:
        return {"t": "date", "v": value.isoformat()}
    if kind is datetime.timedelta:
        return {"t": "timedelta", "v": [value.days, value.seconds, value.microseconds]}
    pandas = loaded("pandas")
    if pandas is None:
        return None
    if value is pandas.NaT:
        return {"t": "nat"}
    if value is pandas.NA:
        return {"t": "na"}
    if kind is pandas.Timestamp:
        return {
            "t": "timestamp",
            "v": int(value.asm8.view("i8")),
            "unit": value.unit,
            "tz": encode_zone(value.tzinfo),
        }
    if kind is pandas.Timedelta:
        return {"t": "pandas.timedelta", "v": int(value.asm8.view("i8")), "unit": value.unit}
    return None


def encode_zone(zone: Any) -> str | int | None:
    """A zone as its name or its offset in seconds."""
    if zone is None:
        return None
    if zone is datetime.UTC:
        return "UTC"
    if type(zone) is datetime.timezone:
        offset = zone.utcoffset(None)
        if not offset.microseconds:
            return offset.days * DAY + offset.seconds
    name = getattr(zone, "key", None) or getattr(zone, "zone", None)  # zoneinfo, pytz
    if type(name) is str and ZONE.fullmatch(name):
        return name
    raise Unsendable("a time zone without a name cannot be sent; use a name such as 'Europe/Berlin' or UTC")


def decode_zone(value: object) -> datetime.tzinfo | None:
    """A zone that the system knows by this name. No path leads out of its folder."""
    if value is None:
        return None
    if type(value) is int:
        return datetime.timezone(datetime.timedelta(seconds=integer(value, 1 - DAY, DAY - 1)))
    name = string(value, 92)
    if name == "UTC":
        return datetime.UTC
    if not ZONE.fullmatch(name):
        raise ProtocolError("a time zone that cannot be a name")
    import zoneinfo

    try:
        return zoneinfo.ZoneInfo(name)
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        raise ProtocolError(f"the time zone {name} is not known here") from None


def decode_datetime(decoder: Decoder, tag: Tag) -> datetime.datetime:
    text, fold, zone = fields(tag, "v", "fold", "tz")
    try:
        plain = datetime.datetime.fromisoformat(string(text, 26))
    except ValueError:
        raise ProtocolError("a date and time that is none") from None
    if plain.isoformat() != text or plain.tzinfo is not None:
        raise ProtocolError("a date and time in another form")
    return plain.replace(fold=integer(fold, 0, 1), tzinfo=decode_zone(zone))


def decode_date(decoder: Decoder, tag: Tag) -> datetime.date:
    (text,) = fields(tag, "v")
    try:
        found = datetime.date.fromisoformat(string(text, 10))
    except ValueError:
        raise ProtocolError("a date that is none") from None
    if found.isoformat() != text:
        raise ProtocolError("a date in another form")
    return found


def decode_timedelta(decoder: Decoder, tag: Tag) -> datetime.timedelta:
    parts = array_of(fields(tag, "v")[0], 3)
    if len(parts) != 3:
        raise ProtocolError("a duration without three parts")
    days, seconds, micros = parts
    limit = 999_999_999
    return datetime.timedelta(
        integer(days, -limit, limit), integer(seconds, 0, DAY - 1), integer(micros, 0, 999_999)
    )


def decode_nat(decoder: Decoder, tag: Tag) -> object:
    fields(tag)
    return needed("pandas").NaT


def decode_na(decoder: Decoder, tag: Tag) -> object:
    fields(tag)
    return needed("pandas").NA


def _amount(value: object, unit: object) -> tuple[int, str]:
    """A count of units that is not the pattern for "not a time"."""
    if type(unit) is not str or unit not in UNITS:
        raise ProtocolError(f"a time unit other than {', '.join(UNITS)}")
    return integer(value, 1 - INT64), unit


def decode_timestamp(decoder: Decoder, tag: Tag) -> object:
    value, unit, zone = fields(tag, "v", "unit", "tz")
    amount = _amount(value, unit)
    if not FIRST <= amount[0] // PER_SECOND[amount[1]] < LAST:
        raise ProtocolError("a time stamp out of range")  # pandas makes one that it cannot show
    found = decode_zone(zone)
    pandas, numpy = needed("pandas"), needed("numpy")
    try:
        stamp = pandas.Timestamp(numpy.datetime64(*amount))
        return stamp if found is None else stamp.tz_localize("UTC").tz_convert(found)
    except (ValueError, OverflowError):
        raise ProtocolError("a time stamp out of range") from None


def decode_pandas_timedelta(decoder: Decoder, tag: Tag) -> object:
    value, unit = fields(tag, "v", "unit")
    amount = _amount(value, unit)
    pandas, numpy = needed("pandas"), needed("numpy")
    try:
        return pandas.Timedelta(numpy.timedelta64(*amount))
    except (ValueError, OverflowError):
        raise ProtocolError("a duration out of range") from None


DECODERS: Mapping[str, Callable[[Decoder, Tag], object]] = {
    "datetime": decode_datetime,
    "date": decode_date,
    "timedelta": decode_timedelta,
    "nat": decode_nat,
    "na": decode_na,
    "timestamp": decode_timestamp,
    "pandas.timedelta": decode_pandas_timedelta,
}
