"""Words of each language that stand in any text and tell nothing of what it is about. Written for the library."""

from __future__ import annotations

from functools import cache

from panah.programmes.library.rules.analysis import term_of

# fmt: off
_WORDS = {
    "en": (
        "about above after again against all almost alone along already also although always among and "
        "another any anybody anything are around away back because become becomes been before began behind "
        "being below beside best better between beyond both but came can cannot come comes could did "
        "different does doing done down during each either else enough especially even ever every everybody "
        "everything few first five follow following for four from full further gave get gets give given gives "
        "good goes great had half has have having help her here herself him himself his how however if "
        "important in including into is it its itself just keep kept know known large last later least less "
        "let like little long made main make makes making many may might more most much must near need needed "
        "needs never new next nobody none nor not nothing now of off often old on once one only open or other "
        "others our out over own part per put rather same say says see seen several shall she should since "
        "small so some somebody something soon still such take taken takes than that the their them "
        "themselves then there these they thing things this those three through thus to together told too "
        "took toward towards two under until up upon us use used uses using usually very was way ways we well "
        "went were what when where whether which while who whole whom whose why will with within without work "
        "works would year years yes yet you your"
    ),
    "ru": (
        "без более больше будет будут бы был была были было быть важно вам вас весь во вот все всего всегда "
        "всех всю вы где говорят год года году годы лет да даже два две для до другая другие другим других "
        "другое другой его ее ещё еще если есть за здесь из или им иметь имеет именно их как какая какие "
        "какой каждый когда кого кому кто куда либо лишь любой любое между меня много может можно мочь мы на "
        "над надо нам нас не него нее нет ни нигде никому никого никто них но новый новые ну нужно нужен "
        "нужна об один одна одно однако он она они оно от очень первый первые перед по под после потому "
        "почему при про просто работа работы работе работу раз разный разные с сам сама сами самый свое "
        "своего свои своих свой свою себе себя сейчас со снова собой совсем стать также так такая такие такой "
        "там те тем теперь то тогда того тоже той только том тот три ту тут ты у уже хорошо хотя чаще чего "
        "чей чем через что чтобы чуть эта эти этим этих это этого этой этом этот эту который которая которые "
        "которое которых которого которому которым помощь помощи дело дела время сколько откуда"
    ),
    "tr": (
        "acaba altı ama ancak arada artık aslında ayrıca bana bazı belki ben beni benim beş bile bir biri "
        "birkaç biz bize bizi bizim bu buna bunda bundan bunlar bunu bunun burada çok çünkü daha dahi de defa "
        "diğer diye dolayı dört eğer en etmek fakat gibi göre hangi hatta hem henüz hep hepsi her hiç için "
        "ile ilgili ise iki işte kadar karşı kendi kez ki kim kime kimi kimse mı mi mu nasıl ne neden nerede "
        "nereye niçin niye o olan olarak oldu olduğu olmak olması olsa olsun olur ona onlar onu onun orada "
        "oysa pek rağmen sadece sanki sen senin siz size şey şu şuna şunu tarafından tüm üç üzere var ve veya "
        "ya yani yapılan yapmak yeni yer yıl yine yoksa zaten zaman"
    ),
    "kk": (
        "ал алып арқылы арасында бар барлық басқа бері бірге бір біреу бірнеше бұл бүкіл да дайын де дейін "
        "деген деп дегенмен екі ең енді еш ешкім ғана және жаңа жеке жоқ жөнінде жыл жылы кез келген кезде "
        "кейін кейбір кім көп көптеген қай қайта қалай қандай мен мұнда не немесе одан олар оған оны оның осы "
        "осындай өз өзі өте пен сол соң сондай сондықтан сен тек туралы тұрған үшін үш әр әрбір бойы бойынша "
        "болады болған болса болуы болып керек емес тиіс мүмкін жұмыс көмек қарсы алу беру ету үшінші бірінші "
        "кезең"
    ),
    "ky": (
        "ал алар анда андан анын ар аркылуу баары башка бар бардык бери бир бирге бирок бул да дагы деген деп "
        "дейре жана жаңы же жок жөнүндө жыл жылы кайра кайсы кандай кантип кийин ким кимге көп керек менен "
        "мурда мындай нече ошол ошондой өз өзү сен тийиш тууралуу үчүн үч ушул эки эле эмес эмне эң болгон "
        "болот болуп боюнча карата каршы жумуш жардам биринчи"
    ),
    "uz": (
        "ammo asosida bilan bir biri birga biror boshqa boʻlgan boʻladi boʻlib boʻlishi boʻlsa boʻlsin "
        "boʻyicha bu bunda bundan bunday buni buning butun doim esa faqat ga har hamda hamma hatto hech hali "
        "haqida ham ikki ish kabi kerak keyin kim kimga koʻp lekin lozim mana mumkin nima nega oʻsha oʻz oʻzi "
        "oldin orqali qachon qanday qarshi qayerga qayta qilish qiladi qilingan qilib qoʻyish shu shunday "
        "soʻng sifatida tomonidan toʻgʻrisida uchun uning ular uni undan va ya yana yangi yil yili yoki yoʻq "
        "yordam zarur barcha birinchi"
    ),
    "tg": (
        "агар аз ам ана аст ба бар баъд баъзе баробари бе бисёр бо боз бошад бошанд бояд бояди буд буда вай "
        "ва вақт вале вобаста дар даҳад дигар доир дорад доранд ду ё ёки ин инро инчунин касе кард кардан "
        "карда кас кӣ ки кист куҷо кунад кунанд мавриди магар метавонад мешавад мо нав не нест низ оид он "
        "онро онҳо пас пеш сол соли су танҳо то тавр ту ҳама ҳамаи ҳамчун ҳар ҳеҷ худ худро чанд чӣ чун шавад "
        "шуд шуда шудан як якум кор кӯмак зидди"
    ),
    "tk": (
        "aşa ähli başga bar bilen bir birnäçe biri boldy bolan bolmak bolsa bolýar boýunça bu bular bütin da "
        "diňe diýen diýip eger edýän etmek edip ýa esasy görä hakda hakynda hem her heniz hiç hökmünde iki iş "
        "ilkinji kim köp kömek mundan nähili nirä öz özi öň olar ony onuň orta şeýle şol soň soňra täze üçin "
        "üç ýa-da ýok ýene ýyl ýylda ýöne garşy gerek däl"
    ),
    "fa": (
        "از است اگر اما این اینکه آن آنها آیا با باشد باید بر برای بعد بعضی به بود بودن بوده بی پس پیش تا تر "
        "تمام تنها جز چرا چند چون چه چیز حتی خواهد خود خویش داد دارد دارند داشت در درباره دو دیگر را روی زیر "
        "سپس سال شد شدن شده شود سوی شان طور طی علیه فقط قبل کرد کردن کرده کس کند کنند که کجا گفت ما مانند می "
        "میان نیز نیست نمی نه هر هم همان همه همین هنوز هیچ و وی یا یک کار کمک"
    ),
    "ar": (
        "إلى أن أو أي إذا أما أنه أكثر ألا التي الذي الذين إن بعد بعض بل بين تحت تكون تم ثم جميع حتى حول حيث "
        "خلال دون ذلك سوف ضد عام عدد عدم على عن عند غير فإن في فيها فيه قبل قد كان كانت كل كما كيف لا لأن لكل "
        "لكن لم له لها ما مثل مع من منذ منها منه نحو هذا هذه هل هم هو هي وقد ولا وهو وهي يتم يكون يوم"
    ),
    "uz-cyrl": (
        "аммо асосида билан бир бири бирга бирор бошқа бўлган бўлади бўлиб бўлиши бўлса бўлсин бўйича бу "
        "бунда бундай бунинг бутун доим эса фақат ҳар ҳамда ҳамма ҳеч ҳали ҳақида ҳам икки иш каби керак "
        "кейин ким кимга кўп лекин лозим мумкин нима ўша ўз ўзи олдин орқали қандай қарши қайта қилиш қилади "
        "қилинган қилиб шу шундай сўнг сифатида томонидан тўғрисида учун унинг улар уни ва ёки яна янги йил "
        "йили йўқ ёрдам зарур барча биринчи"
    ),
}  # fmt: skip
# fmt: on


@cache
def stop_terms() -> frozenset[str]:
    """The terms of all these words, each as texts of its language have it."""
    return frozenset(term_of(word, language) for language, words in _WORDS.items() for word in words.split())
