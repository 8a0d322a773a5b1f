"""The order of a list that two have changed: of the keys that tell its items apart."""

from collections.abc import Collection, Sequence


def joined_order(old: Sequence[str], a: Sequence[str], b: Sequence[str], *, strict: bool) -> list[str] | None:
    """Return the keys of A and B in one order; each list has a key once, and one that is gone is a key all the same.

    What is new in one of them stays after what it comes after there. Where the order counts, `strict`, there is none
    if both have changed it, or if both have something new at one place.
    """
    there = set(old) & set(a) & set(b)
    new_in_both = set(a) & set(b) - set(old)
    is_kept = [_among(each, there) == _among(old, there) for each in (a, b)]
    alike = _among(a, there) == _among(b, there)
    if strict and (not (any(is_kept) or alike) or _among(a, new_in_both) != _among(b, new_in_both)):
        return None
    first, second = (b, a) if strict and is_kept[0] and not is_kept[1] else (a, b)
    return _inserted(first, second, set(old), strict=strict)


def _among(keys: Sequence[str], known: Collection[str]) -> list[str]:
    return [key for key in keys if key in known]


def _inserted(first: Sequence[str], second: Sequence[str], old: set[str], *, strict: bool) -> list[str] | None:
    """Return the keys of `first`, and those that only `second` has after the ones that they come after there."""
    known, others = set(first), set(second)
    after: dict[str | None, list[str]] = {}
    last: str | None = None
    for key in second:
        if key in known:
            last = key
        else:
            after.setdefault(last, []).append(key)
    order = list(after.get(None, ()))
    if strict and any(key not in old for key in order) and _is_new(first[:1], old, others):
        return None
    for number, key in enumerate(first):
        come = after.get(key, ())
        if strict and any(each not in old for each in come) and _is_new(first[number + 1 : number + 2], old, others):
            return None
        order += (key, *come)
    return order


def _is_new(keys: Sequence[str], old: set[str], others: set[str]) -> bool:
    return any(key not in old and key not in others for key in keys)
