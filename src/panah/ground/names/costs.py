"""The cost of reading one sound as another: 0 where the names may still be the same, 1 for a wrong consonant.

Each pair is written once and holds in both directions. The signs are those of ``letters``.
"""

_PAIRS = """
    Aa .05 Ae .05 Oo .05 Uu .05 Ii .04 IU .2 Iu .25 Ie .2
    iU .15 ie .2 ae .22 ao .2 Ao .3 ai .45 aI .4 oe .4 Oe .3 OU .15
    Ou .15 oU .25 ou .2 eU .35 eu .55 au .45 AI .3 Ai .3 AO .3 iu .35 oi .45 oI .4
    yi .08 yI .1 ye .3 yj .35 yg .8 iv .9 uv .2 Uv .25 ov .4 Ov .4
    kg .22 hg .35 hk .45 td .3 pb .3 sz .25 Sj .55 Ss .35 Cj .4 CS .45 Cc .35 cs .35 cz .4 Sz .7 jz .35 fv .25 vb .5
    pf .3 bf .6 Gg 0 Gk .22 Gh .35 mn .6 tC .6 ct .5 dz .6 dj .6 lr .8 js .7 Ch .6 ck .5 hj .7
    @a 0 @A .02 @o .02 @O .05 @e .1 @i .15 @I .15 @u .15 @U .15 @y .4 @h .5
    Wv 0 Wu 0 Wo 0 WU 0 WO 0 Wa .35 We .4 Wi .4 WI .3 Wf .3
    Yi 0 Yy 0 Ye .05 YI .02 Ya .25 YA .2 Yj .5 YU .3 Yu .35 Y@ .4 W@ .5 YW .5
    Qa 0 Qe 0 Qh .05 QA 0 Qo .1 Qi .2 QI .2 QY .3 Q@ .15
"""
_DROPS = """
    a .5 A .5 e .45 o .5 O .5 u .45 U .45 i .4 I .35 y .2 h .35 g .7 v .7 n .8 t .8 d .8 j .8 G .2
    @ .35 W .4 Y .3 Q .3
"""


def _pairs(text: str) -> dict[str, float]:
    words = text.split()
    table: dict[str, float] = {}
    for pair, cost in zip(words[::2], words[1::2], strict=True):
        table[pair] = table[pair[::-1]] = float(cost)
    return table


CHANGE = _pairs(_PAIRS)
DROP = {sign: float(cost) for sign, cost in zip(_DROPS.split()[::2], _DROPS.split()[1::2], strict=True)}
# Arabic script leaves out short vowels, so a missing one hardly counts.
DROP_IN_ABJAD = DROP | {
    "a": 0.04, "A": 0.04, "e": 0.05, "o": 0.08, "O": 0.08, "u": 0.08, "U": 0.08, "i": 0.06, "I": 0.05,
}  # fmt: skip
OTHER_VOWEL = 0.55
VOWEL_FOR_CONSONANT = 1.2
OTHER_CONSONANT = 1.2
