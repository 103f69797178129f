"""Words, places and languages from which `make_cities` makes up its cities."""

SYLLABLES = (
    "al ba ca da el fa go ha il jo ka la ma na or pe qui ra sa ta ur va wen xi yo zu "
    "bren chal dorf grad heim kand lund mont nor pur stad tal ville wick zhou"
).split()

REGION_BOUNDS = {
    "africa": (-30, 30, -10, 35),
    "asia-oceania": (-35, 45, 65, 140),
    "europe": (38, 60, -5, 35),
    "latin-america-caribbean": (-40, 20, -75, -45),
    "north-america": (30, 50, -120, -75),
}
"""Region → south, north, west, east of where its invented cities lie, in degrees."""

LANGUAGES = ("en", "zh-Hans", "es", "fr", "ar", "pt-BR", "hi")

OPENINGS = {
    "en": ("The city restores ", "Together with schools we plant ", "A new plan protects "),
    "zh-Hans": ("本市修复", "我们与学校一起保护", "新的规划保障"),
    "es": ("La ciudad restaura ", "Con las escuelas plantamos ", "Un nuevo plan protege "),
    "fr": ("La ville restaure ", "Avec les écoles, nous plantons ", "Un nouveau plan protège "),
    "ar": ("تستعيد المدينة ", "نزرع مع المدارس ", "تحمي خطة جديدة "),
    "pt-BR": ("A cidade restaura ", "Com as escolas plantamos ", "Um novo plano protege "),
    "hi": ("शहर पुनर्जीवित करता है ", "हम विद्यालयों के साथ लगाते हैं ", "एक नई योजना बचाती है "),
}

SUBJECTS = {
    "en": ("the wetlands by the river.", "hedges along the roads.", "old trees and their birds."),
    "zh-Hans": ("河边湿地的生物多样性。", "道路两旁的树篱。", "古树名木和鸟类栖息地。"),
    "es": ("los humedales junto al río.", "setos junto a los caminos.", "los árboles viejos."),
    "fr": (
        "les zones humides de la rivière.",
        "des haies le long des routes.",
        "les vieux arbres.",
    ),
    "ar": ("الأراضي الرطبة عند النهر.", "أسيجة على جانبي الطرق.", "الأشجار القديمة وطيورها."),
    "pt-BR": ("as áreas úmidas do rio.", "cercas vivas nas estradas.", "as árvores antigas."),
    "hi": ("नदी के किनारे की आर्द्रभूमि।", "सड़कों के किनारे झाड़ियाँ।", "पुराने पेड़ और पक्षी।"),
}
