"""For which agency an officer signs, and whether its administrator's key lies at this post."""

from kawal_server.accounts.models import Officer
from kawal_server.actions.admin_chain import Agency, admin_path

_BY_OFFICE: dict[str, Agency] = {"kpu": "kpu", "bawaslu": "bawaslu"}


class NotAnAgency(ValueError):
    """This officer's agency administers nothing."""


class NoKeyHere(RuntimeError):
    """The agency's key is not at this post: its administrator signs on a machine of their own."""

    def __init__(self, agency: Agency) -> None:
        self.agency = agency
        super().__init__(
            f"Kunci admin {agency} tidak di posko ini. Unduh daftar dan bekal, tanda tangani di mesin lembaga "
            f"(kawal sign-enrolments), lalu masukkan hasilnya. / The key of {agency} is not at this post. Download the "
            "list and the kit, sign on the agency's machine, and bring the result in."
        )


def agency_of(officer: Officer) -> Agency:
    """The agency an officer signs for: KPU's and Bawaslu's their own, the police Polri. Raises: NotAnAgency."""
    own = _BY_OFFICE.get(officer.office)
    if own is not None:
        return own
    if officer.agency not in ("", "polri"):
        raise NotAnAgency(
            f"Petugas {officer.agency} tidak menandatangani pendaftaran; minta admin KPU, Bawaslu atau Polri. / "
            f"Officers of {officer.agency} sign no enrolments; ask an administrator of KPU, Bawaslu or Polri."
        )
    return "polri"


def key_at_post(officer: Officer) -> Agency:
    """The officer's agency, its key being here. Raises: NotAnAgency, NoKeyHere."""
    agency = agency_of(officer)
    if not admin_path(agency).is_file():
        raise NoKeyHere(agency)
    return agency
