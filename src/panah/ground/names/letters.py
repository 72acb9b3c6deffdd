"""How letters of each script sound: the tables behind the fold.

Every script is brought to one small alphabet of sounds, one ASCII sign each:

    consonants  b p v f d t z s g k h m n r l y   as read in English
                j  ж, дж, җ, ҷ, zh, dzh, j        S  ш, sh        C  ч, ch
                c  ц, ts                          G  g after n (ң is nG)
    vowels      a e i o u, and  A ä/ә/ə   O ö/ө/oʻ/ў/ӯ   U ü/ү   I ы/ı/y
    Arabic only @ alef    W vav (v, u, o)    Y ya (y, i, e)    Q final he (h, a, e)

What no Latin spelling keeps apart reliably is one sign from the start: х/ҳ/һ/kh/h, қ/к/q/k,
ғ/г/gh/g, в/w/v. Where one letter may stand for several sounds (j, ch, c, x) the table gives every
sound, the likeliest first, and the comparison takes the reading that fits best.

The correspondences follow the romanisations in use in the region (BGN/PCGN, ISO 9, GOST 7.79,
ICAO 9303, passports, the national Latin alphabets) and German, French, Polish, Turkish and
Scandinavian newspaper habits.
"""

type Sounds = tuple[str, ...]


def _table(lines: str) -> dict[str, Sounds]:
    """Read ``grapheme=sound/sound`` words; ``-`` is silence."""
    table: dict[str, Sounds] = {}
    for word in lines.split():
        grapheme, _, sounds = word.partition("=")
        table[grapheme] = tuple(s.replace("-", "") for s in sounds.split("/"))
    return table


CYRILLIC = _table("""
    а=a б=b в=v г=g ґ=g ѓ=g ғ=g ҕ=g ӷ=g д=d ђ=j е=e є=e ѐ=e ё=yo/e ж=j җ=j ӂ=j ӝ=j з=z ҙ=z ѕ=z
    и=i і=i ї=i/yi ӣ=i ѝ=i й=y ј=y/j к=k қ=k ќ=k ҝ=k ҡ=k ӄ=k л=l љ=j/li м=m н=n ң=ng ҥ=ng ӈ=ng њ=h/ni
    о=o ө=O ӧ=O п=p р=r с=s ҫ=s т=t у=u ў=O/v ӯ=O/u ұ=u ү=U ӱ=U ф=f х=h ҳ=h һ=h ц=c ч=C ҷ=j ӌ=j
    ҹ=j ћ=C џ=j ш=S щ=S ъ=- ы=I ӹ=I ь=- э=e ӭ=e ә=A ӓ=A ӑ=a ӗ=e ю=yu я=ya ѳ=f ѣ=e ӏ=-
    дж=j дҗ=j дз=dz тс=c шч=S
""")

# After a vowel the Belarusian reading of ў comes first: Іваноў.
CYRILLIC_AFTER_VOWEL = _table("ў=v/O")

LATIN = _table("""
    a=a b=b d=d e=e f=f g=g h=h i=i k=k l=l m=m n=n o=o p=p q=k/g r=r s=s t=t u=u v=v w=v x=h/ks z=z
    j=j/y/h c=k/j/c ß=s
    shch=S schtsch=S stch=S szcz=S stsj=S sjtsj=S šč=S ŝ=S tsch=C tch=C cz=C cs=C/ks
    tš=C č=C ç=C ć=C tj=C/ti/j tsj=C tsh=C/tS tzh=j ch=C/h/S
    sh=S ş=S ș=S š=S sz=S/s sj=S/si ś=S sch=S/sh/j
    dzh=j dsch=j dž=j dż=j dj=j zh=j zj=j zs=j/zs ž=j ż=j ź=z rz=rz/j rzh=rj ĵ=j ǰ=j
    kh=h ḥ=h ḩ=h ẖ=h ȟ=h ħ=h ck=k ğ=g gh=g ġ=g ĝ=g ģ=g q̇=k ķ=k ts=c tz=c tc=c/j ţ=c ț=c
    ph=f th=t dh=d ñ=ng/n ň=ng/n ŋ=ng ń=n ł=l ř=r/rj ď=d ť=t
    ä=A/ya ə=A æ=A ö=O ø=O õ=O/o ő=O oe=oe/u/O ü=U ű=U ue=ue/U ae=ae/A
    ı=I ý=y â=a/ya û=u/yu ê=e ë=e/yo ė=e è=e ě=e ï=i î=i í=i ì=i ī=i ĭ=i á=a à=a ā=a ă=a ã=a å=o/a ą=an/a
    é=e ē=e ę=en/e ó=o/u ò=o ô=o ō=o ŏ=o ú=u ù=u ū=u ŭ=U/v ů=u ų=u ż=j
    oʻ=O gʻ=g ou=u/ou oo=o/u ee=e/i yo=yo/e jo=yo/jo/e ia=ia aa=a ie=ie/e/i
    ’=- ʻ=-
""")

LATIN_BEFORE_FRONT_VOWEL = _table("c=s/c/j/k gu=gu/g")

# In words with w or sch, German habits are possible: Kasakbajew is Казакбаев, Zoi is Цой.
GERMAN = _table("s=s/z z=z/c")

ARABIC = _table("""
    ا=@ آ=@ أ=@ إ=@ ٱ=@ ب=b پ=p ت=t ث=s ج=j چ=C ح=h خ=h د=d ذ=z ر=r ز=z ژ=j س=s ش=S ص=s ض=z ط=t
    ظ=z ع=- غ=g ف=f ق=k ڤ=v ک=k ك=k گ=g ل=l م=m ن=n ڭ=ng ه=h ھ=h ة=Q و=W ؤ=W ی=Y ي=Y ى=Y ئ=Y ء=-
    ې=e ە=A ۇ=u ۆ=O ۈ=U ۋ=v ہ=h ھ=h ٹ=t ڈ=d ڑ=r ں=n ے=Y ۀ=Q ۍ=Y ټ=t ډ=d ړ=r ږ=j ښ=S ګ=g ڼ=n څ=c ځ=dz
""")

# Latin letters that stand in for Cyrillic ones by mistake of the keyboard, and the reverse.
LOOKALIKE_TO_CYRILLIC = str.maketrans("aceopxyikmhtbəөɵACEOPXYIKMHTBƏӨƟ", "асеорхуікмнтвәөөАСЕОРХУІКМНТВӘӨӨ")
LOOKALIKE_TO_LATIN = str.maketrans("асеорхуікӏјѕәһԛԝАСЕОРХУІКӀЈЅӘҺԚԜ", "aceopxyikljsəhqwACEOPXYIKLJSƏHQW")

# Tajik typed with fonts of the nineties: the letters of other alphabets that such fonts painted over.
LEGACY_TAJIK = str.maketrans("њќљѓїўЊЌЉЃЇЎ", "ҳқҷғӣӯҲҚҶҒӢӮ")

VOWELS = frozenset("aeiouAOUI")
LATIN_VOWELS = frozenset("aeiouyäöüəıâûêëéáàíóúōūāīôîï")
CYRILLIC_VOWELS = frozenset("аеёиоуыэюяәөүұіїєӣӯў")
