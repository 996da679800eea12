"""What a malicious phone would sign: valid events whose texts and numbers nobody should have to store."""

from tests.mission.custody.operation import BOX, HOUR, OTHER, VOTE, Operation

BIG = 2**53 - 1
TEXTS = {
    "nul": "a\0b",
    "turned": "GUB-\u202e530",
    "path": "../../etc/passwd",
    "long": "x" * 300,
    "empty": "",
    "emoji": "\U0001f4a5" * 64,
    "script": "<script>alert(1)</script>",
    "sheet": "=cmd|'/c calc'!A1",
    "format": "%s{0}{box}",
    "lines": "a\nb\rc",
    "no character": "\uffff\ufffe",
    "superscript": "²",
}


def begin(operation: Operation) -> None:
    """An operation with a list, places, a pleno and one honest record."""
    operation.expect([BOX, OTHER])
    operation.places()
    operation.session(VOTE + HOUR, None)
    operation.seal(operation.kpps, BOX, VOTE)


def say_everything(operation: Operation, text: str) -> None:
    """Sign one event of each shape with this text wherever a text may stand."""
    one, other = operation.kpps, operation.pps
    short = text[:60]
    seals = [{"k": short, "s": short, "n": BIG}]
    at = VOTE + HOUR // 2
    operation.say(one, "custody.seal", at, box=text, seals=seals, why=short, site=text, note=text, ph=[short])
    operation.say(one, "custody.check", at, box=BOX, seals=seals, ok=True, site=text, note=text)
    items = [[text, [short, None, 3]], [BOX, []]]
    hb = [1, one.head]
    offer = operation.say(other, "custody.offer", at, what="box", to=text, items=items, n=BIG, site=text, hb=hb)
    diff = [[text, "seal", [short]], [BOX, "missing", [short]]]
    operation.say(operation.ppk, "custody.accept", at, of=offer, res="diff", diff=diff, site=text)
    operation.say(one, "custody.paper", at, from_=text, to=text, at=BIG, boxes=[text], site=text)
    operation.say(other, "custody.count", at, site=text, boxes=[text, BOX], n=-BIG)
    operation.say(one, "custody.open", at, box=text, why=short, doc=short, present=[short], note=short)
    operation.say(one, "custody.state", at, box=text, is_="lost")
    for level in (text, "district"):
        operation.say(operation.observer, "pleno.open", at, level=level, area=text, election=text)
    operation.say(one, "ledger.attest", at, of=[text, offer])
    operation.say(one, "ledger.gap", at, kid=text, range=[BIG, -BIG], th=text)
    if 0 < len(text) <= 64:
        operation.say(one, text, at, box=text)
