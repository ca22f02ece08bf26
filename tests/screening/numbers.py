"""Numbers of nobody: an area that does not exist, births around 1900, right check digits."""

from __future__ import annotations

from random import Random

from statute.check_digits import credit_check_digit, passes_luhn, resident_check_digit

NO_AREA = "330399"


def resident_id(chance: Random) -> str:
    """18 places; the check digit agrees."""
    birth = f"{chance.randint(1900, 1919)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
    first = f"{NO_AREA}{birth}{chance.randint(0, 999):03}"
    return first + resident_check_digit(first)


def old_resident_id(chance: Random) -> str:
    """15 places."""
    birth = f"{chance.randint(0, 19):02}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
    return f"{NO_AREA}{birth}{chance.randint(0, 999):03}"


def mobile(chance: Random) -> str:
    """11 digits, in the series 0000 of a network."""
    return f"1{chance.choice('3456789')}{chance.randint(0, 9)}0000{chance.randint(0, 9999):04}"


def card(chance: Random) -> str:
    """16 or 19 digits that begin with 62."""
    size = chance.choice((16, 19))
    first = "6228000000" + "".join(chance.choices("0123456789", k=size - 11))
    return next(first + last for last in "0123456789" if passes_luhn(first + last))


def credit_code(chance: Random) -> str:
    """18 characters with a right check character, half of them digits alone where that goes."""
    letters = "0123456789" if chance.random() < 0.5 else "0123456789ABCDEFGHJKLMNPQRTUWXY"
    first = (
        chance.choice(("91", "11", "12", "52")) + NO_AREA + "".join(chance.choices(letters, k=9))
    )
    return first + credit_check_digit(first)


def passport(chance: Random) -> str:
    """A letter and eight digits, or two letters and seven."""
    if chance.random() < 0.5:
        return f"E{chance.randint(0, 99_999_999):08}"
    return f"E{chance.choice('ABCDEFGH')}{chance.randint(0, 9_999_999):07}"


def address(chance: Random) -> str:
    """In a county that does not exist."""
    town = chance.choice(("灵石镇", "桥头乡", "东屏街道"))
    if chance.random() < 0.5:
        village = chance.choice(("石桥村", "后洋村", "上庄村"))
        return f"云溪县{town}{village}{chance.randint(1, 12)}组{chance.randint(1, 200)}号"
    road = chance.choice(("人民路", "环城东路", "建设大道"))
    house = f"{chance.randint(1, 300)}号{chance.randint(1, 9)}幢{chance.randint(101, 909)}室"
    return f"云溪市云溪县{town}{road}{house}"
