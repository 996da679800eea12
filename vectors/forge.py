"""Ed25519 by hand, slowly: for signatures and keys that no honest library makes. Source: RFC 8032 section 5.1."""

from hashlib import sha512

FIELD = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
Point = tuple[int, int]
IDENTITY: Point = (0, 1)
_D = (-121665 * pow(121666, -1, FIELD)) % FIELD


def add(one: Point, other: Point) -> Point:
    """Add two points of the curve."""
    (x1, y1), (x2, y2) = one, other
    k = _D * x1 * x2 * y1 * y2 % FIELD
    x = (x1 * y2 + x2 * y1) * pow(1 + k, -1, FIELD) % FIELD
    return x, (y1 * y2 + x1 * x2) * pow(1 - k, -1, FIELD) % FIELD


def multiply(factor: int, point: Point) -> Point:
    """Add a point to itself `factor` times."""
    total = IDENTITY
    while factor:
        if factor & 1:
            total = add(total, point)
        point, factor = add(point, point), factor >> 1
    return total


def encode(point: Point) -> bytes:
    """Give the 32 bytes of a point."""
    return (point[1] | (point[0] & 1) << 255).to_bytes(32, "little")


def point_at(y: int) -> Point | None:
    """Give the point with this y and an even x; None where the curve has none."""
    square = (y * y - 1) * pow(_D * y * y + 1, -1, FIELD) % FIELD
    x = pow(square, (FIELD + 3) // 8, FIELD)
    if (x * x - square) % FIELD:
        x = x * pow(2, (FIELD - 1) // 4, FIELD) % FIELD
    if (x * x - square) % FIELD:
        return None
    return (FIELD - x if x & 1 else x), y


def base() -> Point:
    """Give the base point."""
    point = point_at(4 * pow(5, -1, FIELD) % FIELD)
    assert point is not None
    return point


def of_order_eight() -> Point:
    """Give a point of order 8, the largest of small order."""
    y = 2
    while True:
        point = point_at(y)
        if point is not None:
            small = multiply(ORDER, point)
            if multiply(4, small) != IDENTITY:
                return small
        y += 1


def secret_scalar(seed: bytes) -> int:
    """Give the secret number behind a seed."""
    return int.from_bytes(sha512(seed).digest()[:32], "little") & ((1 << 254) - 8) | 1 << 254


def sign_with(r_point: Point, r: int, public: bytes, secret: int, message: bytes) -> bytes:
    """Sign with a chosen R, whose discrete logarithm is `r` up to a point of small order."""
    encoded = encode(r_point)
    h = int.from_bytes(sha512(encoded + public + message).digest(), "little") % ORDER
    return encoded + ((r + h * secret) % ORDER).to_bytes(32, "little")
