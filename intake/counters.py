"""Words behind a number that only say that things are counted: 356位, 1000尾, 12 trees."""

import unicodedata

BY_SCRIPT = {
    "Han": (
        "个 個 位 名 人 只 隻 尾 株 棵 条 條 头 頭 匹 羽 枚 件 家 座 处 處 所 块 塊 片 种 種 场 場 "
        "次 项 項 起 户 戶 套 台 辆 支 组 批 段 村 例 份 幢 栋 间 届 人次 篇 本 か所 カ所 箇所 回"
    ),
    "Hangul": "개 명 마리 그루 건 곳 회 종 가구 채 대",
    "Thai": "ต้น ตัว คน แห่ง ชนิด ครั้ง ครัวเรือน",
    "Latin": (
        "people persons residents children students pupils visitors volunteers households families "
        "officials trees plants seedlings saplings shrubs species birds fish animals individuals "
        "nests eggs sites parks gardens schools projects events campaigns "
        "árboles plantas especies personas parques jardines escuelas niños eventos hogares "
        "arbres plantes espèces personnes parcs jardins écoles enfants "
        "árvores espécies pessoas parques escolas crianças "
        "bäume pflanzen arten menschen parks gärten schulen kinder"
    ),
    "Cyrillic": "деревьев саженцев видов человек парков школ",
    "Arabic": "شجرة شتلة شخص نوعا مدرسة",
    "Devanagari": "पेड़ पौधे लोग प्रजातियाँ",
}
WORDS = frozenset(
    unicodedata.normalize("NFKC", word)
    for words in BY_SCRIPT.values()
    for word in words.casefold().split()
)


def is_counter(word):
    return unicodedata.normalize("NFKC", word).casefold() in WORDS
