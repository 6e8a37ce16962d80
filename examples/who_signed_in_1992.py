"""Who signed at Tashkent in 1992? The papers of that week name Turkmenistan, everything later Kyrgyzstan."""

import csto_membership as csto

every = csto.CSTO.resolved("every")
for state in ("Kyrgyzstan", "Turkmenistan"):
    print(f"{state} on 1992-05-15: {csto.was_member(state, '1992-05-15')}; if all claims count: ", end="")
    print(every.was_member(state, "1992-05-15"))

# What a newspaper of the day after lets one say, alone.
paper = csto.CSTO.according_to("latimes-1992-05-16")
print(*paper.members_on("1992-05-16").certain)

# Who says what, which claim is preferred, and on which days it matters.
print(next(found for found in csto.CSTO.conflicts() if found.id == "C27"))
