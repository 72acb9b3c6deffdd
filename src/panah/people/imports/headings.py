"""Headings as societies write them, and the columns they usually mean: guesses, to be confirmed by whoever imports."""

from functools import lru_cache

from panah.ground.kit.tables.workbooks import as_heading
from panah.people.cases.words.codes import book
from panah.people.imports import columns

USUAL = {
    "cas_CaseNumber": ("№ дела", "№ случая", "номер дела", "номер случая", "код случая", "case number", "case no"),
    "source_id": ("№", "№ п/п", "id", "код", "номер"),
    "prs_FirstName": ("имя", "фио", "ф.и.о.", "фамилия имя отчество", "name", "first name", "full name"),
    "prs_MiddleName": ("отчество", "middle name", "patronymic"),
    "prs_SecondName": ("фамилия", "surname", "last name", "family name", "second name"),
    "prs_Birthdate": ("дата рождения", "год рождения", "д.р.", "дата рожд.", "date of birth", "birthdate"),
    "prs_MobilePhone": ("телефон", "тел.", "номер телефона", "мобильный телефон", "phone", "mobile"),
    "prs_HomePhone": ("домашний телефон", "home phone"),
    "prs_Email": ("e-mail", "email", "почта", "электронная почта", "эл. почта"),
    "prs_MailingStreet": ("адрес", "адрес проживания", "место жительства", "address"),
    "prs_MailingCity": ("город", "населенный пункт", "город/село", "село", "city", "town"),
    "prs_MailingState": ("область", "регион", "область/край", "region", "province"),
    "prs_MailingPostalCode": ("индекс", "почтовый индекс", "postal code", "zip"),
    "prs_MailingCountry": ("страна", "страна проживания", "country", "country of residence"),
    "prs_IdentityNumber": ("паспорт", "номер паспорта", "№ паспорта", "инн", "иин", "пинфл", "id card", "passport"),
    "prs_Gender": ("пол", "пол (м/ж)", "sex", "gender"),
    "prs_Citizenship": ("гражданство", "citizenship", "nationality"),
    "prs_PrimaryLanguage": ("язык", "родной язык", "язык общения", "language"),
    "prs_MaritalStatus": ("семейное положение", "брак", "marital status"),
    "prs_NumberOfChildren": ("количество детей", "кол-во детей", "число детей", "дети", "children"),
    "prs_HighestLevelOfEducation": ("образование", "уровень образования", "education"),
    "vic_TypeOfExploitation": ("вид эксплуатации", "тип эксплуатации", "форма эксплуатации", "exploitation"),
    "pan_CountriesOfExploitation": ("страна эксплуатации", "страны эксплуатации", "страна назначения"),
    "pan_CountriesOfRecruitment": ("страна вербовки", "страна происхождения"),
    "vic_AgeWhenTrafficked": ("возраст на момент эксплуатации", "возраст"),
    "cas_Status": ("статус", "статус случая", "статус дела", "status"),
    "cas_ReasonForCaseClosure": ("причина закрытия", "closing reason"),
    "cas_ReferringOrganisation": ("кем направлен", "кем направлена", "направившая организация", "referred by"),
    "cas_IncomingReferralDate": ("дата обращения", "дата поступления", "date of referral"),
    "cas_ReferredOrganisation": ("куда направлен", "куда направлена", "referred to"),
    "cas_CaseOwner": ("ответственный", "ведущий случая", "соцработник", "caseworker"),
    "cco_CaseComment": ("примечание", "примечания", "комментарий", "описание", "история", "comment", "notes"),
}  # fmt: skip


@lru_cache(maxsize=1)
def usual() -> dict[str, str]:
    """What a heading usually means, by the heading as it is looked for; the labels of our own pages among them."""
    labels = {as_heading(text): f.field for f in book().fields.values() for text in (f.en, f.ru)}
    return labels | {as_heading(text): name for name, texts in USUAL.items() for text in texts}


def known_and_usual() -> dict[str, str]:
    return usual() | columns.known()


def is_exact(heading: str) -> bool:
    """Whether a heading is a column's own name: nobody has to be asked."""
    return as_heading(heading) in columns.known()
