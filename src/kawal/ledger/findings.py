"""What is wrong with the record itself: broken chains, forks, false clocks, strangers, split views, withheld tails."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kawal.ledger.chains import broken_links, forks
from kawal.ledger.clock import clock
from kawal.ledger.encoding import b64u
from kawal.ledger.event import Eid, Event, Kid
from kawal.ledger.events import BadShape, answers, partner_head, read_head
from kawal.ledger.finding import Finding, Says, found, in_order
from kawal.ledger.gaps import Testimony, testimonies
from kawal.ledger.history import History
from kawal.ledger.limits import Limits
from kawal.ledger.reading import LogContent
from kawal.ledger.tree import CompactRange


def ledger_findings(history: History, limits: Limits, *, zone: str = "Asia/Jakarta") -> list[Finding]:
    """Compute every `ledger.*` finding. zone: for the times in the sentences."""
    judge = _Judge(history, limits, zone)
    parts: Iterable[Iterable[Finding]] = (
        judge.chains(),
        judge.strangers(),
        judge.clocks(),
        judge.late(),
        judge.views(),
        judge.withheld(),
    )
    return in_order(finding for part in parts for finding in part)


class _Judge:
    def __init__(self, history: History, limits: Limits, zone: str) -> None:
        self.history = history
        self.limits = limits
        self.zone = zone

    def _says(self, kid: Kid, text_id: str, text_en: str, **times: int) -> Says:
        unit = self.history.unit_of(kid) or "-"
        name = f"{kid[:8]} ({unit})"
        in_id = {key: clock(at, self.zone) for key, at in times.items()}
        in_en = {key: clock(at, self.zone, language="en") for key, at in times.items()}
        return Says(
            f"Perangkat {name} " + text_id.format(**in_id),
            f"Device {name} " + text_en.format(**in_en),
        )

    def chains(self) -> Iterator[Finding]:
        explained = testimonies(self.history)
        for (log, kid), chain in self._known_chains():
            yield from self._gaps(log, kid, chain, explained.get((log, kid), ()))
            yield from self._forks(kid, chain)

    def _known_chains(self) -> Iterator[tuple[tuple[str, Kid], Sequence[Event]]]:
        # Whoever was never enrolled raises that one finding: nothing else it signs is evidence of anything.
        for key, chain in self.history.chains.items():
            if not any(self._is_stranger(event) for event in chain):
                yield key, chain

    def _is_stranger(self, event: Event) -> bool:
        return self.history.standing.get(event.eid) in ("unenrolled", "one-agency")

    def _gaps(self, log: str, kid: Kid, chain: Sequence[Event], explained: Sequence[Testimony]) -> Iterator[Finding]:
        for link in broken_links(chain, self.history.devices[log].roots(kid)):
            told = [one for one in explained if one.first <= link.expected < link.after.seq <= one.last + 1]
            gap = self._gap(kid, link.before, link.after, link.expected)
            yield self._explained(gap, link.after, told[0]) if told else gap

    def _explained(self, gap: Finding, after: Event, testimony: Testimony) -> Finding:
        says = self._says(
            Kid(gap.subject),
            f"kehilangan catatan sebelum nomor {after.seq} untuk selamanya; dua petugas memberi kesaksian.",
            f"lacks the records before number {after.seq} for ever; two officers testified to it.",
        )
        return replace(gap, evidence=(*gap.evidence, *testimony.evidence), says=says)

    def _gap(self, kid: Kid, before: Event | None, after: Event, expected: int) -> Finding:
        missing = after.seq - expected
        since = before.ts if before else self._enrolled_at(after)
        in_id = f"{missing} catatan sebelum nomor {after.seq}" if missing else f"sambungan ke nomor {after.seq}"
        in_en = f"{missing} records before number {after.seq}" if missing else f"the link to number {after.seq}"
        return found(
            "ledger.chain-gap",
            kid,
            since=min(since, after.ts),
            until=max(since, after.ts),
            evidence=[one.eid for one in (before, after) if one],
            says=self._says(
                kid,
                f"kehilangan {in_id}: antara {{since}} dan {{until}} ada peristiwa yang tidak sampai ke log. Minta "
                "salinan dari ponsel itu atau dari rekan serah terimanya.",
                f"lacks {in_en}: between {{since}} and {{until}} something "
                "it signed never reached the log. Ask for a copy from that phone or from its hand-over partner.",
                since=min(since, after.ts),
                until=max(since, after.ts),
            ),
            cause=f"device:{kid}",
        )

    def _enrolled_at(self, event: Event) -> int:
        """When the device of a chain's first event was enrolled: what is missing before it was signed since then."""
        log = self.history.logs[self.history.places[event.eid].log]
        roots = set(self.history.devices[log.name].roots(event.kid))
        times = [one.ts for one in log.events if one is not None and one.eid in roots]
        return min(times, default=event.ts)

    def _forks(self, kid: Kid, chain: Sequence[Event]) -> Iterator[Finding]:
        events = forks(chain)
        if not events:
            return
        since, until = min(event.ts for event in events), max(event.ts for event in events)
        yield found(
            "ledger.fork",
            kid,
            since=since,
            until=until,
            evidence=[event.eid for event in events],
            says=self._says(
                kid,
                "menandatangani dua isi berbeda untuk nomor urut yang sama, {since}: kuncinya tersalin atau dipakai "
                "dua kali. Cabut kuncinya dan periksa kedua cabang.",
                "signed two different records under one number, {since}: its key was copied or used twice. Revoke the "
                "key and examine both branches.",
                since=since,
            ),
            cause=f"device:{kid}",
        )

    def strangers(self) -> Iterator[Finding]:
        grouped: dict[tuple[str, Kid], list[Event]] = {}
        for log in self.history.logs.values():
            for event in log.events:
                if event is None or self.history.places[event.eid].log != log.name:
                    continue
                standing = self.history.standing.get(event.eid)
                if event.eid in log.unknown:
                    grouped.setdefault(("ledger.unenrolled", event.kid), []).append(event)
                elif standing in ("unenrolled", "expired", "revoked"):
                    grouped.setdefault((f"ledger.{standing}", event.kid), []).append(event)
        for (code, kid), events in grouped.items():
            yield self._stranger(code, kid, events)
        for devices in self.history.devices.values():
            for one in devices.one_agency:
                yield self._one_agency(one.kid, one.at, one.agency, (one.enrol, one.ok))

    def _stranger(self, code: str, kid: Kid, events: Sequence[Event]) -> Finding:
        since, until = min(event.ts for event in events), max(event.ts for event in events)
        text_id, text_en = _STRANGERS[code]
        return found(
            code,
            kid,
            since=since,
            until=until,
            evidence=[event.eid for event in events],
            says=self._says(kid, text_id, text_en, since=since),
            cause=f"device:{kid}",
        )

    def _one_agency(self, kid: Kid, at: int, agency: str, evidence: tuple[Eid, Eid]) -> Finding:
        return found(
            "ledger.one-agency",
            kid,
            since=at,
            until=None,
            evidence=evidence,
            says=self._says(
                kid,
                f"didaftarkan {{at}} oleh dua admin dari satu instansi ({agency}); pendaftaran ini tidak berlaku. "
                "Minta admin instansi lain mengesahkan.",
                f"was enrolled {{at}} by two administrators of one agency ({agency}); it does not count. Ask an "
                "administrator of another agency to confirm.",
                at=at,
            ),
            cause=f"device:{kid}",
        )

    def clocks(self) -> Iterator[Finding]:
        slack = self.limits.seconds("ledger.clock", "slack_s")
        wrong: dict[Kid, list[Event]] = {}
        for (_, kid), chain in self._known_chains():
            for before, event in zip([None, *chain], chain, strict=False):
                if self._is_clock_false(event, slack) or (before and _falls(before, event)):
                    wrong.setdefault(kid, []).append(event)
        for kid in self.history.offsets:
            chains = (chain for (_, owner), chain in self.history.chains.items() if owner == kid)
            wrong[kid] = [event for chain in chains for event in chain]
        for kid, events in wrong.items():
            since, until = min(event.ts for event in events), max(event.ts for event in events)
            yield found(
                "ledger.clock",
                kid,
                since=since,
                until=until,
                evidence=[event.eid for event in events],
                says=self._says(
                    kid,
                    "mencatat jam yang tidak mungkin (mulai {since}): di luar selang yang dapat dibuktikan saksi atau "
                    "rekannya. Cocokkan jam ponsel itu; urutan kejadian tetap dapat dipercaya.",
                    "claims an impossible time (from {since}): outside what witnesses or its partners prove. Set that "
                    "phone's clock; the order of events still holds.",
                    since=since,
                ),
                cause=f"device:{kid}",
            )

    def _is_clock_false(self, event: Event, slack: int) -> bool:
        interval = self.history.intervals.get(event.eid)
        if interval is None:
            return False
        too_early = interval.lo is not None and event.ts < interval.lo - slack
        return too_early or (interval.hi is not None and event.ts > interval.hi + slack)

    def late(self) -> Iterator[Finding]:
        limit = self.limits.seconds("ledger.late", "limit_h")
        late: dict[Kid, list[tuple[Event, int]]] = {}
        for (_, kid), chain in self._known_chains():
            for event in chain:
                logged = self.history.logged_at(event)
                if logged is not None and logged - event.ts > limit:
                    late.setdefault(kid, []).append((event, logged))
        for kid, pairs in late.items():
            since, until = min(event.ts for event, _ in pairs), max(logged for _, logged in pairs)
            yield found(
                "ledger.late",
                kid,
                since=since,
                until=until,
                evidence=[event.eid for event, _ in pairs],
                says=self._says(
                    kid,
                    f"baru mengirim {len(pairs)} catatan pada {{until}}; yang tertua dibuat {{since}}.",
                    f"sent {len(pairs)} records only at {{until}}; the oldest was made {{since}}.",
                    since=since,
                    until=until,
                ),
                cause=f"device:{kid}",
            )

    def views(self) -> Iterator[Finding]:
        for log in self.history.logs.values():
            if not log.has_tree:
                continue
            roots = cited_roots(log)
            citing = [event for event in self._citing(log) if event.cp and event.cp[0] <= len(log.leaves)]
            wrong: dict[Kid, list[Event]] = {}
            for event in citing:
                if event.cp and roots[event.cp[0]] != event.cp[1]:
                    wrong.setdefault(event.kid, []).append(event)
            # A bare file that most phones contradict is a piece of the log, and accuses nobody of two histories.
            if not log.witnessed and len(wrong) > 2 and sum(map(len, wrong.values())) * 2 > len(citing):
                continue
            for kid, events in wrong.items():
                yield self._split_view(kid, events)

    def _citing(self, log: LogContent) -> Iterator[Event]:
        for event in log.events:
            if event is None or event.cp is None or event.eid in log.unknown:
                continue
            if not self._is_stranger(event) and self.history.places[event.eid].log == log.name:
                yield event

    def _split_view(self, kid: Kid, events: Sequence[Event]) -> Finding:
        since, until = min(event.ts for event in events), max(event.ts for event in events)
        return found(
            "ledger.split-view",
            kid,
            since=since,
            until=until,
            evidence=[event.eid for event in events],
            says=self._says(
                kid,
                "pernah melihat log dengan isi lain ({since}): server memperlihatkan sejarah yang berbeda. Amankan "
                "ponsel itu dan hubungi para saksi log.",
                "has seen this log with another content ({since}): the server showed different histories. Secure that "
                "phone and call the log's witnesses.",
                since=since,
            ),
            cause="log",
        )

    def withheld(self) -> Iterator[Finding]:
        shown: dict[Kid, list[Event]] = {}
        for event in self.history.events:
            if any(True for _ in self._absent(event)):
                shown.setdefault(event.kid, []).append(event)
        owners = self._owners()
        for kid, events in shown.items():
            since, until = min(event.ts for event in events), max(event.ts for event in events)
            yield found(
                "ledger.withheld",
                kid,
                since=since,
                until=None,
                evidence=[event.eid for event in events],
                says=self._says(
                    kid,
                    "menunjukkan catatan yang tidak ada di log ({since} sampai {until}): ada yang "
                    "ditahan atau belum dikirim. Minta rekan serah terimanya mengirim dari ponselnya.",
                    "points at records that the log does not hold ({since} to {until}): withheld or "
                    "not yet sent. Ask its hand-over partner to send from their phone.",
                    since=since,
                    until=until,
                ),
                cause=self._absent_cause(events, owners),
            )

    def _absent(self, event: Event) -> Iterator[Eid]:
        places = self.history.places
        if event.t.startswith(("custody.", "ledger.")):
            yield from (eid for eid in answers(event) if eid not in places)
        head = partner_head(event)
        if head is not None and head[1] not in places:
            yield head[1]
        if event.t == "ledger.head":
            own = _own_head(event)
            if own is not None and own not in places:
                yield own
        log = self.history.logs[self.history.places[event.eid].log]
        if log.has_tree and event.cp is not None and event.cp[0] > len(log.leaves):
            yield Eid(event.cp[1])

    def _owners(self) -> dict[str, Kid]:
        """Whose an absent event must be: the receiver that a pinned head, or an offer beside it, names."""
        owners: dict[str, Kid] = {}
        receivers = {event.eid: event.payload.get("to") for event in self.history.events if event.t == "custody.offer"}
        for event in self.history.events:
            head, to = partner_head(event), event.payload.get("to")
            if head is not None and isinstance(to, str):
                owners.setdefault(head[1], Kid(to))
            of = answers(event)
            named = next((to for eid in of if isinstance(to := receivers.get(eid), str)), None)
            if named is not None:
                owners.update({eid: Kid(named) for eid in of if eid not in self.history.places})
        return owners

    def _absent_cause(self, events: Sequence[Event], owners: Mapping[str, Kid]) -> str:
        absent = [eid for event in events for eid in self._absent(event)]
        named = next((owners[eid] for eid in absent if eid in owners), None)
        return f"device:{named}" if named else f"absent:{absent[0]}"


def _falls(before: Event, event: Event) -> bool:
    if before.seq == event.seq:
        return False
    return event.ts < before.ts or bool(before.cp and event.cp and event.cp[0] < before.cp[0])


def _own_head(event: Event) -> Eid | None:
    try:
        return Eid(read_head([event.payload.get("n"), event.payload.get("eid")])[1])
    except BadShape:
        return None


def cited_roots(log: LogContent) -> dict[int, str]:
    """The true root (b64u) at every tree size that an event of this log cites."""
    sizes = {event.cp[0] for event in log.events if event is not None and event.cp is not None}
    tree = CompactRange()
    roots = {0: b64u(tree.root())} if 0 in sizes else {}
    if not sizes:
        return roots
    for leaf in log.leaves:
        tree.append(leaf)
        if tree.size in sizes:
            roots[tree.size] = b64u(tree.root())
    return roots


_STRANGERS = {
    "ledger.unenrolled": (
        "menandatangani tanpa pendaftaran yang sah (mulai {since}); catatannya tidak dihitung. Cari tahu milik siapa.",
        "signs without a valid enrolment (from {since}); its records do not count. Find out whose it is.",
    ),
    "ledger.expired": (
        "menandatangani di luar masa tugasnya ({since}); catatannya tidak dihitung. Perpanjang atau tarik ponselnya.",
        "signed outside its term of duty ({since}); these records do not count. Renew it or collect the phone.",
    ),
    "ledger.revoked": (
        "menandatangani setelah kuncinya dicabut (mulai {since}); catatannya dicurigai. Cari ponsel itu.",
        "signed after its key was revoked (from {since}); these records are suspect. Find that phone.",
    ),
}
