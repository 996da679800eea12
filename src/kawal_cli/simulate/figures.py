"""Figures typed in: how many polling stations. Nothing here names a person or counts a ballot.

Sources: KPU's published numbers of polling stations of 27 November 2024. Where a kecamatan's own number is not known
here, see `kawal_cli.simulate.counts`; where things stand, `kawal_machine.centres`.
"""

TPS_OF_DISTRICT: dict[str, int] = {
    "530301": 22,
    "530302": 27,
    "530303": 17,
    "530304": 23,
    "530305": 66,
    "530306": 20,
    "530307": 26,
    "530308": 35,
    "530309": 17,
    "530310": 7,
    "530311": 10,
    "530312": 10,
    "530313": 15,
    "530314": 18,
    "530315": 15,
    "530316": 10,
    "530317": 14,
    "530318": 12,
    "530319": 10,
    "530320": 19,
    "530321": 19,
    "530322": 9,
    "530323": 15,
    "530324": 9,
    "640205": 95,
    "640217": 51,
    "647401": 130,
    "647402": 105,
    "647403": 42,
}
"""Kecamatan -> polling stations: Timor Tengah Utara 445, Bontang 277, and the two of Kutai Kartanegara."""

TPS_OF_REGENCY: dict[str, int] = {"5303": 445, "6311": 262, "1603": 954, "6474": 277, "6402": 1447}
"""Kabupaten or kota -> polling stations."""

TPS_OF_PROVINCE: dict[str, int] = {
    "11": 9704,
    "12": 25223,
    "13": 10846,
    "14": 11480,
    "15": 6391,
    "16": 13206,
    "17": 3452,
    "18": 13282,
    "19": 2197,
    "21": 3327,
    "31": 14835,
    "32": 73862,
    "33": 56812,
    "34": 5978,
    "35": 60751,
    "36": 17231,
    "51": 6795,
    "52": 8405,
    "53": 9877,
    "61": 10451,
    "62": 4446,
    "63": 7382,
    "64": 6274,
    "65": 1364,
    "71": 4401,
    "72": 5496,
    "73": 14548,
    "74": 4611,
    "75": 2016,
    "76": 2921,
    "81": 3301,
    "82": 2378,
    "91": 2023,
    "92": 1341,
    "93": 1089,
    "94": 2617,
    "95": 3429,
    "96": 1554,
}
"""Province -> polling stations; their sum is 435,296."""

SEAT_OF_REGENCY: dict[str, str] = {"5303": "530305"}
"""Kabupaten -> the kecamatan its offices and its warehouse stand in; elsewhere the first kecamatan is taken."""
