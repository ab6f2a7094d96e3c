"""Makes common-passwords.txt. See README.md: python3 make-common-passwords.py SOURCE.txt"""

import pathlib
import sys

MOST = 100_000
SHORTEST = 8  # shorter ones fail E401 already
LONGEST = 128

# What people here add to the world's list: AZERTY and Arabic keyboards, names, places, greetings.
WORDS = """
azerty azertyuiop qsdfgh wxcvbn password motdepasse bonjour etudiant universite faculte fsjes massar taalim
maroc marocain morocco casablanca casa rabat marrakech tanger agadir fes meknes oujda raja rajacasa wydad
algerie algeria alger dz saudi saudiarabia riyadh jeddah hilal nassr
mohamed mohammed ahmed youssef yassine hamza ayoub omar amine mehdi anas bilal khalid rachid hassan
fatima fatimazahra khadija imane salma zineb sara meryem hajar nadia
bismillah inchallah hamdoullah alhamdulillah allahakbar salam salamalikoum lailahailallah
كلمةالسر كلمةالمرور المغرب الجزائر السعودية الرباط محمد احمد أحمد فاطمة مرحبا السلامعليكم بسمالله الحمدلله اللهاكبر
ضصثقفغعه ضصثقفغعهخحجد شسيبلاتن شسيبلاتنمكط
""".split()
ENDS = ["", "1", "12", "123", "1234", "12345", "123456", "@123", "@1234", "@2020", "!", "*"]
ENDS += [str(year) for year in range(2015, 2031)]


def usable(entry: str) -> bool:
    return SHORTEST <= len(entry) <= LONGEST and entry == entry.strip() and entry.isprintable()


def main(source: str) -> None:
    kept: dict[str, None] = {}
    for line in pathlib.Path(source).read_text(encoding="utf-8").splitlines():
        entry = line.lower()
        if usable(entry):
            kept[entry] = None
        if len(kept) == MOST:
            break
    world = len(kept)
    local = [word + end for word in WORDS for end in ENDS]
    kept.update(dict.fromkeys(filter(usable, local)))
    out = pathlib.Path(__file__).with_name("common-passwords.txt")
    lines = sorted(entry.encode() for entry in kept)
    out.write_bytes(b"\n".join(lines) + b"\n")
    print(f"{world} + {len(kept) - world} = {len(kept)} entries, {out.stat().st_size} bytes")


main(sys.argv[1])
