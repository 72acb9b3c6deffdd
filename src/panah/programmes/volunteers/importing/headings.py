"""Headings as societies write them, and the columns they usually mean: guesses, to be confirmed."""

from functools import lru_cache

from django.conf import settings
from django.utils.translation import override

from panah.ground.kit.tables.workbooks import as_heading
from panah.programmes.volunteers.importing.words import Column

USUAL: dict[Column, tuple[str, ...]] = {
    Column.NAME: ("фио", "ф.и.о.", "ф.и.о", "фамилия имя отчество", "фамилия, имя, отчество", "фамилия имя", "волонтер",
        "фио волонтера", "ф.и.о. волонтера", "name", "full name", "volunteer", "аты-жону", "аты-жөнү", "тегі аты"),
    Column.SURNAME: ("фамилия", "surname", "last name", "family name"),
    Column.GIVEN: ("имя", "first name", "given name"),
    Column.FATHER: ("отчество", "patronymic", "middle name"),
    Column.CARD: ("№ карточки", "номер карточки", "№ удостоверения", "номер удостоверения", "№ волонтера",
        "номер волонтера", "id волонтера", "volunteer id", "volunteer number", "card number", "card no"),
    Column.BRANCH: ("филиал", "отделение", "подразделение", "область/филиал", "филиал/отделение", "branch", "chapter"),
    Column.BORN: ("дата рождения", "год рождения", "д.р.", "дата рожд.", "г.р.", "дата рождения (дд.мм.гггг)",
        "date of birth", "birth date", "birthdate", "year of birth", "born"),
    Column.SEX: ("пол", "пол (м/ж)", "sex", "gender"),
    Column.LANGUAGES: ("языки", "язык", "владение языками", "знание языков", "languages", "language"),
    Column.PHONE: ("телефон", "тел.", "тел", "номер телефона", "мобильный телефон", "моб. телефон",
        "контактный телефон", "контакты", "phone", "mobile", "telephone", "phone number"),
    Column.EMAIL: ("e-mail", "email", "почта", "электронная почта", "эл. почта", "эл.почта"),
    Column.ADDRESS: ("адрес", "адрес проживания", "место жительства", "address"),
    Column.JOINED: ("дата вступления", "волонтер с", "дата приема", "с какого года", "стаж с", "joined", "since",
        "volunteer since", "date joined"),
    Column.LEFT: ("дата выбытия", "выбыл", "дата выхода", "left", "left on", "date left"),
    Column.STATE: ("статус", "состояние", "status", "state"),
    Column.ROLE: ("роль", "направление", "должность", "role"),
    Column.CODE: ("кодекс поведения", "кодекс поведения подписан", "дата подписания кодекса", "code of conduct",
        "code of conduct signed"),
    Column.CONTACT: ("согласие на связь", "согласие", "можно связываться",
        "consent to be contacted", "may be contacted"),
    Column.GUARDIAN: ("родитель", "родитель/опекун", "законный представитель", "guardian", "parent"),
    Column.GUARDIAN_PHONE: ("телефон родителя", "телефон опекуна", "guardian phone", "parent phone"),
}  # fmt: skip


@lru_cache(maxsize=1)
def known() -> dict[str, str]:
    """Return the column that a heading usually means, by the heading as it is looked for; our own labels too."""
    found = {as_heading(text): str(column) for column, texts in USUAL.items() for text in texts}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found |= {as_heading(str(column.label)): str(column) for column in Column}
    return found


def fit(chosen: list[str]) -> bool:
    """Whether columns make a table: each once, and a name among them, whole or in parts."""
    meant = [one for one in chosen if one]
    whole = Column.NAME in meant or {Column.SURNAME, Column.GIVEN} <= set(meant)
    return whole and len(set(meant)) == len(meant)
