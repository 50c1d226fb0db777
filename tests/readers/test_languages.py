"""Articles that are not English are recognised by name; English ones, however odd, are read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.readers import Bounds, Foreign, read
from kg.readers.languages import NAMES, foreign
from kg.records import Article

SAID = {
    "Arabic": "نفت إيران يوم الثلاثاء مهاجمة عمان، بحسب ما قال متحدث باسم الحكومة",
    "Bengali": "ইরান মঙ্গলবার ওমানে হামলার কথা অস্বীকার করেছে, বলেছেন সরকারের মুখপাত্র।",
    "Burmese": "အီရန်နိုင်ငံက အိုမန်နိုင်ငံကို တိုက်ခိုက်ခဲ့သည်ဆိုသော သတင်းကို အင်္ဂါနေ့တွင် ငြင်းဆိုခဲ့သည်ဟု အစိုးရပြောခွင့်ရသူက ပြောသည်။",
    "Chinese": "伊朗政府发言人周二否认袭击阿曼。",
    "Czech": "Írán v úterý popřel, že by zaútočil na Omán, uvedl mluvčí vlády.",
    "Dutch": "Iran ontkende dinsdag dat het Oman had aangevallen, zei een woordvoerder van de regering.",
    "French": "L'Iran a nié mardi avoir attaqué Oman, a déclaré un porte-parole du ministère.",
    "German": "Der Iran bestritt am Dienstag, dass er Oman angegriffen habe, sagte ein Sprecher.",
    "Greek": "Το Ιράν διέψευσε την Τρίτη ότι επιτέθηκε στο Ομάν, δήλωσε εκπρόσωπος της κυβέρνησης.",
    "Hebrew": "איראן הכחישה ביום שלישי כי תקפה את עומאן, אמר דובר הממשלה",
    "Hindi": "ईरान ने मंगलवार को ओमान पर हमले से इनकार किया, सरकार के प्रवक्ता ने कहा।",
    "Hungarian": "Irán kedden tagadta, hogy megtámadta volna Ománt, mondta a kormány szóvivője.",
    "Indonesian": "Iran pada hari Selasa membantah telah menyerang Oman, kata juru bicara pemerintah.",
    "Italian": "L'Iran ha negato martedì di aver attaccato l'Oman, ha detto un portavoce del governo.",
    "Japanese": "イラン政府の報道官は火曜日、オマーンへの攻撃を否定した。",
    "Korean": "이란 정부 대변인은 화요일 오만을 공격했다는 것을 부인했다.",
    "Odia": "ଇରାନ ମଙ୍ଗଳବାର ଓମାନ ଉପରେ ଆକ୍ରମଣ କରିଥିବା ଅଭିଯୋଗକୁ ଅସ୍ୱୀକାର କରିଛି ବୋଲି ସରକାରଙ୍କ ମୁଖପାତ୍ର କହିଛନ୍ତି।",
    "Persian": "ایران روز سه‌شنبه حمله به عمان را تکذیب کرد، سخنگوی دولت گفت",
    "Polish": "Iran zaprzeczył we wtorek, że zaatakował Oman, powiedział rzecznik rządu.",
    "Portuguese": "O Irã negou na terça-feira ter atacado Omã, disse um porta-voz do governo.",
    "Russian": "Иран во вторник отрицал нападение на Оман, сообщил представитель правительства.",
    "Spanish": "Irán negó el martes que hubiera atacado a Omán, dijo un portavoz del Gobierno.",
    "Swahili": "Iran ilikanusha siku ya Jumanne kwamba ilishambulia Oman, alisema msemaji wa serikali.",
    "Swedish": "Iran förnekade på tisdagen att landet hade angripit Oman, sade en talesman för regeringen.",
    "Thai": "โฆษกรัฐบาลอิหร่านปฏิเสธเมื่อวันอังคารว่าได้โจมตีโอมาน",
    "Turkish": "İran salı günü Umman'a saldırdığını yalanladı, hükümet sözcüsü böyle söyledi.",
    "Ukrainian": "Іран у вівторок заперечив, що напав на Оман, повідомив речник уряду.",
    "Urdu": "ایران نے منگل کو عمان پر حملے کی تردید کی، حکومت کے ترجمان نے کہا۔",
    "Vietnamese": "Iran hôm thứ Ba phủ nhận đã tấn công Oman, người phát ngôn chính phủ cho biết.",
}


@pytest.mark.parametrize(("name", "text"), SAID.items(), ids=list(SAID))
def test_a_text_that_is_not_english_is_known_by_its_language(name: str, text: str) -> None:
    assert NAMES[foreign(text) or ""] == name


@pytest.mark.parametrize(
    "text",
    [
        "Iran denied attacking Oman.",
        "Iran denies attack on Oman; Gulf tension rises, oil prices jump",
        "Marta Hallberg. Ivo Harrow. Rudolf Rassendyll. Anna Weiss. Flavia Elphberg. Zenda. Strelsau. Hentzau.",
        "He said “c’est la vie” and left for Paris, where the minister, Jean-Luc Étienne, had called an élection.",
        "ISTANBUL — 12/06/2019",
        "",
    ],
)
def test_english_however_odd_is_read(text: str) -> None:
    assert foreign(text) is None


def test_what_is_not_english_is_set_aside_unless_any_language_will_do(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": SAID["Spanish"]}), "utf-8")
    (item,) = read([tmp_path])
    assert isinstance(item, Foreign)
    assert "in Spanish" in item.message
    (article,) = read([tmp_path], bounds=Bounds(any_language=True))
    assert isinstance(article, Article)
    assert article == item.article
    assert article.language == "es"
