"""The built-in set: invented people from common names, written by us, in six languages.

Each line: language, part, sex, then names as ``native/Russian`` (one form where both are alike).
Nobody real is meant; the names are among the most common of their languages.
"""

from random import Random

from panah.names.measuring.people import Person, Spellings, Word
from panah.names.measuring.romanise import ANYWHERE, OF_LANGUAGE, in_arabic, romanise

_NAMES = """
kk given m Нұрлан/Нурлан Ерлан Әсет/Асет Қайрат/Кайрат Жандос Бауыржан/Бауржан Дәурен/Даурен Серік/Серик Ғалым/Галым Мұхтар/Мухтар Әлихан/Алихан Бекзат Асқар/Аскар Өмірбек/Омирбек Жәнібек/Жанибек Қуаныш/Куаныш Нұрсұлтан/Нурсултан Сәкен/Сакен Ықылас/Ыклас Тұрар/Турар Жеңіс/Женис Мәди/Мади Айбек Ержан Рүстем/Рустем
kk given f Айгүл/Айгуль Гүлнар/Гульнара Әсел/Асель Жанар Сәуле/Сауле Қарлығаш/Карлыгаш Мәдина/Мадина Динара Ұлжан/Улжан Назгүл/Назгуль Аягөз/Аягоз Шолпан Бибігүл/Бибигуль Жұлдыз/Жулдыз Меруерт Айнұр/Айнур Әйгерім/Айгерим Күләш/Куляш Зәуреш/Зауреш Томирис
kk surname m Сүлейменов/Сулейменов Қасымов/Касымов Жұмабаев/Жумабаев Оспанов Ысқақов/Искаков Құсайынов/Кусаинов Нұрғалиев/Нургалиев Төлегенов/Тулегенов Мұқанов/Муканов Есенов Жақсыбеков/Джаксыбеков Байжанов Қожахметов/Кожахметов Әбілов/Абилов Өтегенов/Утегенов Шәріпов/Шарипов Дүйсенов/Дуйсенов Ержанов Бекмұхамбетов/Бекмухамбетов Қыдырбаев/Кыдырбаев
ky given m Бакыт Улан Нурбек Азамат Эрлан Кубанычбек Өмүрбек/Омурбек Төлөгөн/Тологон Чыңгыз/Чингиз Жоомарт/Джоомарт Талант Мирлан Эркин Кылыч Сыймык Үсөн/Усен Жеңиш/Жениш Тилек Айбек Мыктыбек Марат Доолот Алмаз
ky given f Айгүл/Айгуль Чолпон Жаңыл/Джаныл Гүлзат/Гульзат Айжамал/Айджамал Бермет Назгүл/Назгуль Жылдыз/Джылдыз Асел/Асель Кыял Айпери Мээрим Сайкал Бөдөш/Бодош Нургүл/Нургуль Зууракан Өкүл/Окул Тынар Канышай
ky surname m Осмонов Жээнбеков Токтогулов Абдылдаев Мамытов Үсөнов/Усенов Жапаров Дүйшөев/Дуйшеев Сыдыков Байтемиров Чойбеков Өмүралиев/Омуралиев Шаршеналиев Кожобеков Турдубаев Эсенкулов Бөрүбаев/Борубаев Асанов Ысаков/Исаков Кадыров
tg given m Ҷамшед/Джамшед Фирӯз/Фируз Раҳим/Рахим Шариф Сӯҳроб/Сухроб Абдулло Эмомалӣ/Эмомали Фаррух Ҳикмат/Хикмат Баҳодур/Баходур Муҳаммад/Мухаммад Исмоил Юсуф Саид Қурбон/Курбон Ғайрат/Гайрат Искандар Рустам Далер Хуршед Толиб Зафар Ҳоҷӣ/Ходжи
tg given f Зулфия Гулнора Нигина Мадина Шаҳноза/Шахноза Дилбар Фарзона Мавзуна Ҷамила/Джамила Саодат Ойша Парвина Манижа Рухшона Тахмина Сабоҳат/Сабохат Моҳира/Мохира Зебо Бунафша Нилуфар
tg surname m Раҳмонов/Рахмонов Шарифов Назаров Каримов Сафаров Ҳакимов/Хакимов Ғафуров/Гафуров Ҷӯраев/Джураев Қодиров/Кодиров Неъматов/Нематов Абдуллоев Одинаев Зоиров Мирзоев Холиқов/Холиков Давлатов Ятимов Бобоев Ҳусейнов/Хусейнов Раҷабов/Раджабов
uz given m Жасур/Джасур Бахтиёр/Бахтиер Ўткир/Уткур Шерзод Дилшод Ғайрат/Гайрат Ҳасан/Хасан Алишер Равшан Улуғбек/Улугбек Отабек Санжар Хуршид Ойбек Қобил/Кабил Азиз Фаррух Тўлқин/Тулкун Муҳаммад/Мухаммад Шавкат Абдулла Зокир Жамшид/Джамшид
uz given f Дилноза Гулнора Нодира Шаҳноза/Шахноза Феруза Ойдин Мухаббат Зулфия Барно Дилфуза Наргиза Ҳилола/Хилола Ўғилой/Угилой Малика/Малика Сайёра Лола Юлдуз Муқаддас/Мукаддас Саодат Зарина
uz surname m Каримов Юсупов Раҳимов/Рахимов Тошматов Эргашев Юлдошев/Юлдашев Ҳамидов/Хамидов Қодиров/Кадыров Ғуломов/Гулямов Абдуллаев Саидов Турсунов Мирзаев Холматов Жўраев/Джураев Ўринов/Уринов Норматов Исмоилов/Исмаилов Хўжаев/Ходжаев Назаров
tk given m Сердар Мырат/Мурад Аннагелди/Аннагельды Гурбангулы/Курбанкули Дөвлет/Довлет Оразмырат/Оразмурад Бегенч Меред Батыр Бәшим/Башим Керим Чары Язмырат/Язмурад Довран Ахмет/Ахмед Хожа/Ходжа Җума/Джума Ширмырат/Ширмурад Максат Сапар
tk given f Огулгерек Акгүл/Акгуль Мәхри/Мехри Дженнет Айна Гөзел/Гозель Огулҗан/Огулджан Майса Бахар Энеш Шемшат Лачын Селби Набат Гүлалек/Гулалек
tk surname m Мередов Аннаев Бердиев Гелдиев/Гельдыев Атаев Оразов Гурбанов/Курбанов Непесов Ходжамырадов/Ходжамурадов Чарыев Аманов Дурдыев Сапаров Бабаев Мырадов/Мурадов Реҗепов/Реджепов Язов Ныязов/Ниязов Байрамов Хыдыров
ru given m Алексей Сергей Дмитрий Евгений Юрий Андрей Николай Фёдор Василий Геннадий Анатолий Виктор Владимир Пётр Игорь Илья Артём Вячеслав Григорий Леонид
ru given f Екатерина Наталья Юлия Татьяна Любовь Людмила Ксения Анастасия Евгения Мария Ольга Светлана Ирина Дарья Валентина
ru surname m Чернышов Соловьёв Щербаков Юдин Яковлев Журавлёв Хохлов Цветков Жуков Быков Михайлов Шевцов Ефимов Королёв Борисов Кузьмин Тихонов Филиппов Никольский Зайцев
"""


def _read() -> dict[tuple[str, str, str], list[tuple[str, str]]]:
    found: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
    for line in _NAMES.strip().splitlines():
        language, part, sex, *names = line.split()
        found[language, part, sex] = [(n.partition("/")[0], n.partition("/")[2] or n.partition("/")[0]) for n in names]
    return found


NAMES = _read()


def spellings_of(native: str, russian: str, language: str) -> Spellings:
    """Every manner of writing that we make for a word, from its native and its Russian spelling."""
    systems = sorted(set(ANYWHERE))
    spellings: Spellings = {
        "cyrillic": (russian,),
        "native": (native,),
        "latin": tuple(romanise(word, system) for word in (native, russian) for system in systems),
        "english": tuple(romanise(word, system) for word in (native, russian) for system in ("english", "plain")),
        "arabic": (in_arabic(native, tajik=language == "tg"),),
    }
    if OF_LANGUAGE[language]:
        spellings["national"] = tuple(romanise(native, system) for system in OF_LANGUAGE[language])
    return spellings


def _surname(native: str, russian: str, language: str, female: bool, stem_only: bool) -> Word:
    forms = []
    for form in (native, russian):
        if stem_only and form[-2:] in ("ов", "ев"):
            form = form[:-2]
        elif female:
            form = form[:-2] + "ая" if form.endswith("ский") else form + "а"
        forms.append(form)
    return Word(f"{native} {female} {stem_only}", spellings_of(forms[0], forms[1], language))


_OWN_FATHER = {
    "kk": ("{0}ұлы", "{0}қызы"), "ky": ("{0} уулу", "{0} кызы"), "tg": ("{0}зода", "{0}зода"),
    "uz": ("{0} ўғли", "{0} қизи"), "tk": ("{0} оглы", "{0} гызы"), "ru": ("", ""),
}


def _russian_father(given: str, female: bool) -> str:
    soft = given[-1] in "йьия"
    stem = given[:-1] if soft or given[-1] == "а" else given
    if given.endswith("ий"):
        stem = given[:-2] + "ь"
    return stem + ("е" if soft or given[-1] in "аеоы" else "о") + ("вна" if female else "вич")


def _father(native: str, russian: str, language: str, female: bool, random: Random) -> Word:
    russian_form = _russian_father(russian, female)
    own = _OWN_FATHER[language][female]
    native_form = own.format(native) if own and random.random() < 0.6 else _russian_father(native, female)
    return Word(f"{native} {female}", spellings_of(native_form, russian_form, language))


def people(wanted: int, seed: int = 11) -> list[Person]:
    """Invented people, a sixth of each language; in one of twenty a surname without -ов is among the spellings."""
    random = Random(seed)
    languages = sorted(OF_LANGUAGE)
    found = []
    for number in range(wanted):
        language = languages[number % len(languages)]
        female = random.random() < 0.5
        given = random.choice(NAMES[language, "given", "f" if female else "m"])
        surname = random.choice(NAMES[language, "surname", "m"])
        father = random.choice(NAMES[language, "given", "m"])
        stem_only = language in ("kk", "tg", "ky") and random.random() < 0.05
        found.append(
            Person(
                Word(given[0], spellings_of(*given, language)),
                _surname(*surname, language, female, stem_only),
                _father(*father, language, female, random),
                language=language,
                female=female,
            )
        )
    return found
