"""The attacks that the ledger must answer (docs/threats.md), each beside what it looks like when nobody attacks."""

import pytest

from kawal.ledger.checkpoint import Checkpoint, cosign, read_checkpoint, sign_checkpoint
from kawal.ledger.encoding import b64u
from kawal.ledger.event import leaf_id
from kawal.ledger.keys import SigningKey
from kawal.ledger.note import COSIGNATURE, LOG_SIGNATURE, Note, NoteKey
from kawal.ledger.policy import NoQuorum, read_policy
from kawal.ledger.proof import read_add_checkpoint, write_add_checkpoint
from kawal.ledger.reading import LogContent
from kawal.ledger.tree import BadProof, Tree, check_consistency, leaf_hash
from tests.mission.ledger.scene import (
    DAY,
    HOUR,
    Device,
    Log,
    codes_in,
    eid_of,
    found_in,
    history_of,
    key_of,
    kotak,
    read_leaves,
)

ORIGIN = "kpu.example/pilkada-2024/5303/kotak"


def a_hand_over() -> tuple[Log, Device, Device]:
    log = kotak()
    ppk, kpu = log.enrols("ppk"), log.enrols("kpu-5303")
    log.add(ppk.signs("custody.check", HOUR))
    offer = log.add(ppk.signs("custody.offer", HOUR + 60, to=kpu.kid, hb=[kpu.seq, kpu.head]))
    accept = log.add(kpu.signs("custody.accept", HOUR + 120, of=offer))
    log.add(ppk.signs("custody.close", HOUR + 180, of=accept))
    return log, ppk, kpu


def test_a_dropped_event_is_missed_by_its_own_chain_or_by_its_partner() -> None:
    log, *_ = a_hand_over()
    assert codes_in(log.read()) == []
    for number in range(5, len(log.leaves) - 1):
        left = log.leaves[:number] + log.leaves[number + 1 :]
        codes = {code for code, _ in codes_in(read_leaves("kotak", left))}
        assert codes & {"ledger.chain-gap", "ledger.withheld"}, log.leaves[number]


def test_a_withheld_tail_is_shown_up_by_the_partner_s_events() -> None:
    log, ppk, kpu = a_hand_over()
    offer, accept, close = log.leaves[-3:]
    codes = codes_in(read_leaves("kotak", [one for one in log.leaves if one is not accept]))
    assert ("ledger.withheld", ppk.kid) in codes
    assert ("ledger.withheld", kpu.kid) in codes_in(read_leaves("kotak", [*log.leaves[:-3], accept]))
    assert codes_in(read_leaves("kotak", [*log.leaves[:-3], offer, accept])) == [], "the last of all has no witness"
    assert close is log.leaves[-1]


def test_a_forked_device_chain_keeps_both_branches_and_names_the_key() -> None:
    log, ppk, _ = a_hand_over()
    clone = Device("clone", ppk.key, 1, eid_of(log.leaves[5]))
    forged = log.add(clone.signs("custody.offer", HOUR + 61))
    (fork,) = found_in(log.read())
    assert (fork.code, fork.subject) == ("ledger.fork", ppk.kid)
    assert forged in {event.eid for event in history_of(log.read()).events}


def test_backdating_below_what_the_phone_had_seen_is_a_false_clock() -> None:
    log, ppk, _ = a_hand_over()
    root = b64u(log.read((9, 0)).witnessed[0].root)
    cited = log.add(ppk.signs("custody.check", 3 * HOUR, cp=[9, root]))
    assert codes_in(log.read((9, 3 * HOUR), (10, 4 * HOUR))) == []
    assert codes_in(log.read((9, 3 * HOUR + 601), (10, 4 * HOUR))) == [("ledger.clock", ppk.kid)]
    assert history_of(log.read((9, 3 * HOUR + 601))).intervals[cited].lo is not None


def test_backdating_without_a_checkpoint_is_late() -> None:
    log, ppk, _ = a_hand_over()
    log.add(ppk.signs("custody.check", 2 * HOUR))
    assert codes_in(log.read((9, 3 * HOUR), (10, 3 * HOUR))) == []
    assert codes_in(log.read((9, 3 * HOUR), (10, DAY))) == [("ledger.late", ppk.kid)]


def test_forward_dating_is_a_false_clock_and_moves_nothing() -> None:
    log, ppk, kpu = a_hand_over()
    forward = log.add(ppk.signs("custody.check", 30 * HOUR))
    honest = log.add(kpu.signs("custody.check", 5 * HOUR))
    history = history_of(log.read((10, 4 * HOUR), (11, 6 * HOUR)))
    assert [event.eid for event in history.events][-2:] == [forward, honest]
    assert codes_in(log.read((10, 4 * HOUR), (11, 6 * HOUR))) == [("ledger.clock", ppk.kid)]


def test_a_replayed_event_is_the_same_leaf_and_counts_once() -> None:
    log, *_ = a_hand_over()
    once = history_of(log.read())
    log.leaves += log.leaves[-3:]
    twice = history_of(log.read())
    assert twice.events == once.events
    assert codes_in(log.read()) == []


def both_logs() -> tuple[Log, Log, Device, Device]:
    boxes, guards = kotak(), Log("pengamanan").opened(kpu="kpu", bawaslu="bawaslu", post="post")
    here, there = boxes.enrols("guard"), guards.enrols("guard")
    boxes.add(here.signs("custody.check", HOUR))
    guards.leaves += [there.signs("guard.on", HOUR), there.signs("ledger.attest", HOUR, of=[eid_of(boxes.leaves[-1])])]
    guards.add(there.signs("guard.off", 2 * HOUR))
    return boxes, guards, here, there


@pytest.mark.parametrize("copied", [[-2], [-1], [-3, -2, -1], list(range(6))], ids=str)
def test_an_event_replayed_into_the_other_log_frames_nobody(copied: list[int]) -> None:
    boxes, guards, *_ = both_logs()
    honest = history_of(boxes.read(), guards.read())
    boxes.leaves += [guards.leaves[number] for number in copied]
    for logs in ((boxes.read(), guards.read()), (guards.read(), boxes.read())):
        assert codes_in(*logs) == []
        assert {event.eid for event in history_of(*logs).events} == {event.eid for event in honest.events}


def test_an_event_replayed_where_its_device_is_unknown_is_not_lost_to_its_own_log() -> None:
    boxes, guards, *_ = both_logs()
    alone = guards.enrols("patrol")
    said = guards.add(alone.signs("guard.on", HOUR))
    boxes.add(guards.leaves[-1])
    logs = (boxes.read(), guards.read())
    assert codes_in(*logs) == []
    assert said in {event.eid for event in history_of(*logs).events}


@pytest.mark.parametrize("what", ["changed", "removed", "inserted", "swapped"])
def test_a_server_that_rewrites_history_finds_no_consistency_proof(what: str) -> None:
    log, *_ = a_hand_over()
    old = [leaf_hash(jws) for jws in log.leaves]
    new = {
        "changed": [*old[:3], leaf_hash(b"another"), *old[4:]],
        "removed": [*old[:3], *old[4:], leaf_hash(b"later"), leaf_hash(b"later still")],
        "inserted": [*old[:3], leaf_hash(b"ghost"), *old[3:]],
        "swapped": [old[1], old[0], *old[2:]],
    }[what]
    grown = Tree([*new, leaf_hash(b"appended")])
    witnessed = Tree(old).root()
    with pytest.raises(BadProof):
        check_consistency(len(old), witnessed, grown.size, grown.root(), grown.consistency(len(old), grown.size))
    honest = Tree([*old, leaf_hash(b"appended")])
    proof = honest.consistency(len(old), honest.size)
    check_consistency(len(old), witnessed, honest.size, honest.root(), proof)


def test_a_row_edited_in_the_database_is_named_by_its_leaf() -> None:
    log, ppk, _ = a_hand_over()
    changed = log.leaves[5].replace(log.leaves[5][140:141], b"A" if log.leaves[5][140:141] != b"A" else b"B", 1)
    content = read_leaves("kotak", [*log.leaves[:5], changed, *log.leaves[6:]])
    assert [problem.index for problem in content.problems] == [5]
    assert ("ledger.chain-gap", ppk.kid) in codes_in(content)


def test_a_split_view_is_shown_up_by_the_phone_that_saw_the_other_tree() -> None:
    log, ppk, kpu = a_hand_over()
    shown_to_kpu = Tree([leaf_hash(jws) for jws in [*log.leaves[:5], *log.leaves[6:]]])
    log.add(kpu.signs("custody.check", 2 * HOUR, cp=[8, b64u(shown_to_kpu.root(8))]))
    log.add(ppk.signs("custody.check", 2 * HOUR, cp=[8, b64u(log.read((8, 0)).witnessed[0].root)]))
    (split,) = found_in(log.read())
    assert (split.code, split.subject, split.cause) == ("ledger.split-view", kpu.kid, "log")


def test_an_insider_alone_enrols_no_ghost() -> None:
    log = Log().opened(kpu="", kpu2="", bawaslu="bawaslu")
    ghost = Device("ghost", key_of("ghost"))
    log.proposes(log.admins["kpu2"], by="kpu2", agency="party", role="admin")
    log.confirms(log.proposes(ghost, by="kpu2"), by="kpu2")
    log.add(ghost.signs("custody.check", HOUR))
    assert codes_in(log.read()) == [("ledger.unenrolled", ghost.kid)]


def test_two_insiders_of_one_agency_enrol_no_ghost() -> None:
    log = Log().opened(kpu="kpu", kpu2="kpu", bawaslu="bawaslu")
    ghost = log.enrols("ghost", by="kpu", ok="kpu2")
    log.add(ghost.signs("custody.check", HOUR))
    history = history_of(log.read())
    assert ghost.kid not in {event.kid for event in history.events}
    assert codes_in(log.read()) == [("ledger.one-agency", ghost.kid)]


def test_a_stolen_phone_says_nothing_that_counts_after_its_last_good_head() -> None:
    log, ppk, _ = a_hand_over()
    good = [ppk.seq, ppk.head]
    thief, forger = ppk.copied(), Device("forger", ppk.key, 1, eid_of(log.leaves[5]))
    stolen = {log.add(thief.signs("custody.offer", 2 * HOUR)), log.add(forger.signs("custody.offer", HOUR + 60))}
    log.revokes(ppk, 3 * HOUR, good)
    history = history_of(log.read())
    assert not stolen & {event.eid for event in history.events}
    assert {eid_of(jws) for jws in log.leaves} - stolen == {event.eid for event in history.events}
    assert ("ledger.revoked", ppk.kid) in codes_in(log.read())


class Witness:
    """A witness as C2SP tlog-witness asks: it remembers one head of a log and cosigns only what extends it."""

    def __init__(self, name: str) -> None:
        self.name, self.key = name, key_of(name)
        self.size, self.root = 0, Tree().root()

    def cosigns(self, request: bytes, at: int) -> Note:
        asked = read_add_checkpoint(request)
        if asked.old != self.size:
            raise BadProof("another size is known / ukuran lain")
        head = asked.checkpoint
        check_consistency(self.size, self.root, head.size, head.root, asked.proof)
        self.size, self.root = head.size, head.root
        return Note(head.note.text, (*head.note.lines, cosign(head.note, self.name, self.key, at)))


def request(log_key: SigningKey, tree: Tree, old: int) -> bytes:
    signed = sign_checkpoint(ORIGIN, tree.size, tree.root(), log_key).encode()
    return write_add_checkpoint(old, tree.consistency(old, tree.size), signed)


def test_who_stole_the_log_key_gets_no_witness_for_another_history() -> None:
    log_key, witness = key_of("log"), Witness("bawaslu.example")
    vkeys = (NoteKey(ORIGIN, LOG_SIGNATURE, log_key.public.x), NoteKey(witness.name, COSIGNATURE, witness.key.public.x))
    policy = read_policy(f"log {vkeys[0].vkey()}\nwitness w {vkeys[1].vkey()}\nquorum w\n".encode())
    leaves = [leaf_hash(jws) for jws in a_hand_over()[0].leaves]
    honest, forged = Tree(leaves), Tree([leaf_hash(b"ghost"), *leaves])
    assert policy.check(cosigned(witness.cosigns(request(log_key, honest, 0), HOUR))) == HOUR
    for old in (0, honest.size):
        with pytest.raises(BadProof):
            witness.cosigns(request(log_key, forged, old), 2 * HOUR)
    with pytest.raises(NoQuorum):
        policy.check(cosigned(sign_checkpoint(ORIGIN, forged.size, forged.root(), log_key)))
    grown = Tree([*leaves, leaf_hash(b"later")])
    assert policy.check(cosigned(witness.cosigns(request(log_key, grown, honest.size), 3 * HOUR))) == 3 * HOUR


def cosigned(note: Note) -> Checkpoint:
    return read_checkpoint(note.encode())


def test_a_log_that_lost_its_database_cannot_go_on_with_a_smaller_tree() -> None:
    log_key, witness = key_of("log"), Witness("bawaslu.example")
    leaves = [leaf_hash(jws) for jws in a_hand_over()[0].leaves]
    witness.cosigns(request(log_key, Tree(leaves), 0), HOUR)
    restored = Tree(leaves[:5])
    with pytest.raises(BadProof):
        witness.cosigns(
            write_add_checkpoint(len(leaves), [], sign_checkpoint(ORIGIN, 5, restored.root(), log_key).encode()), HOUR
        )


def test_an_event_id_says_nothing_of_where_it_was_stored() -> None:
    log, *_ = a_hand_over()
    content: LogContent = log.read()
    assert [b64u(leaf) for leaf in content.leaves] == [leaf_id(jws) for jws in log.leaves]
