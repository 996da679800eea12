"""The structure of the operation: its task forces, and who is in which role."""

from kawal.command.activities import MODES
from kawal.command.roles import ROLES
from kawal.command.task_forces import USUAL
from kawal_server.store.models import PersonRow, RoleRow, TaskForceRow
from kawal_server.store.slugs import slug_of


class StructureRefused(ValueError):
    """What was asked of the structure cannot be; the message says why and what to do, in both languages."""


def make_usual_task_forces() -> None:
    """Make the usual task forces, where there are none at all."""
    if not TaskForceRow.objects.exists():
        TaskForceRow.objects.bulk_create(
            TaskForceRow(key=one.key, name=one.name, mode=one.mode or "", order=order)
            for order, one in enumerate(USUAL)
        )


def add_task_force(name: str, mode: str = "") -> TaskForceRow:
    """Add a task force. mode: "" where every activity says for itself. Raises: StructureRefused."""
    called = " ".join(name.split())
    if not 3 <= len(called) <= 80:
        raise StructureRefused(
            "Tulis nama satgas, 3 sampai 80 huruf. / Write the task force's name, 3 to 80 characters."
        )
    key = slug_of("", called.removeprefix("Satgas "))[:32]
    if TaskForceRow.objects.filter(key=key).exists():
        raise StructureRefused(f"{called} sudah ada. / {called} is there already.")
    last = TaskForceRow.objects.order_by("-order").first()
    order = last.order + 1 if last else 0
    return TaskForceRow.objects.create(key=key, name=called, mode=mode if mode in MODES else "", order=order)


def remove_task_force(key: str) -> None:
    """Remove a task force that nobody leads. Raises: StructureRefused."""
    if RoleRow.objects.filter(role="kasatgas", about=key).exists():
        raise StructureRefused("Satgas ini masih punya Kasatgas. Lepas dulu. / This task force still has a head.")
    TaskForceRow.objects.filter(key=key).delete()


def give_role(role: str, who: str, about: str = "") -> RoleRow:
    """Put a person into a role; of Kaops, Karendalops, Kasetops and each Kasatgas there is one at a time.

    about: task force of a Kasatgas; area of a Padal or Pamatwil. Raises: StructureRefused.
    """
    if role not in ROLES:
        raise StructureRefused("Pilih perannya. / Choose the role.")
    if not PersonRow.objects.filter(who=who).exists():
        raise StructureRefused("Pilih orangnya. / Choose the person.")
    if role == "kasatgas" and not TaskForceRow.objects.filter(key=about).exists():
        raise StructureRefused("Pilih satgasnya. / Choose the task force.")
    where = about[:64] if role in ("kasatgas", "padal", "pamatwil") else ""
    if role not in ("padal", "pamatwil"):
        RoleRow.objects.filter(role=role, about=where).exclude(who=who).delete()
    return RoleRow.objects.get_or_create(role=role, who=who, about=where)[0]


def take_role(pk: int) -> None:
    """Take a person out of a role."""
    RoleRow.objects.filter(pk=pk).delete()
