"""What the measured voices say: two or three plain statements in each of the ten languages."""

from studio.domain.languages import Language

STATEMENTS = {
    Language.ZH: "山脚下有一个安静的小村庄。村里的人每天早上都去河边打水。晚上大家坐在一起聊天。",
    Language.EN: "There is a quiet village at the foot of the mountain. People fetch water at the river each morning.",
    Language.DE: "Am Fuß des Berges liegt ein stilles Dorf. Jeden Morgen holen die Leute Wasser vom Fluss.",
    Language.IT: "Ai piedi della montagna c'è un villaggio tranquillo. Ogni mattina la gente va al fiume.",
    Language.PT: "No sopé da montanha há uma aldeia tranquila. Todas as manhãs as pessoas vão ao rio.",
    Language.ES: "Al pie de la montaña hay un pueblo tranquilo. Cada mañana la gente camina hasta el río.",
    Language.JA: "山のふもとに静かな村があります。村の人は毎朝、川へ水をくみに行きます。",
    Language.KO: "산기슭에 조용한 마을이 있습니다. 사람들은 매일 아침 강으로 물을 길으러 갑니다.",
    Language.FR: "Au pied de la montagne se trouve un village tranquille. Chaque matin les gens vont à la rivière.",
    Language.RU: "У подножия горы стоит тихая деревня. Каждое утро люди ходят к реке за водой.",
}

KANJI = "今日は東京駅の近くで新しい図書館が開館しました。"
"""24 characters; read letter by letter as "Chinese letter" it would take over 15 s."""
