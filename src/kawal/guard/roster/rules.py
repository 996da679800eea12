"""The rules a roster starts from until an operation brings its own: every number here is an assumption, and says so."""

from kawal.guard.roster.problem import Ban, Limit, Rest, Rules, Share

ASSUMED = "asumsi Kawal, bukan peraturan; ganti dengan ketentuan operasi / an assumption, to be replaced by the order's"
"""No regulation of Polri on rest between guard duties is public; what stands here was chosen for safety."""


def usual_rules(*, rest_hours: int = 16) -> Rules:
    """Rest of 16 hours (8 is the floor), 6 days in 7, 3 nights in 4, 12 duties in 14; who stays out of where."""
    return Rules(
        rests=(Rest("rest", rest_hours, ASSUMED), Rest("rest-24", 24, ASSUMED, after_hours=24)),
        limits=(
            Limit("days-7", "days", 6, 7, ASSUMED),
            Limit("nights-4", "nights", 3, 4, ASSUMED),
            Limit("duties-14", "duties", 12, 14, ASSUMED),
        ),
        bans=(
            Ban("tni-storage", "tni", "storage", "TNI menjaga ring luar / outer ring only; " + ASSUMED),
            Ban("tni-pleno", "tni", "pleno", "TNI menjaga ring luar / outer ring only; " + ASSUMED),
            Ban("linmas-pleno", "linmas", "pleno", ASSUMED),
        ),
        shares=(Share("linmas-share", "linmas", 3, ASSUMED),),
    )
