"""Chinese words for voices, simplified; traditional forms stand beside them where they differ often."""

from __future__ import annotations

from studio.engine.languages import Accent
from studio.engine.lexicon import (
    AccentWord,
    Axis,
    Degree,
    Level,
    Lexicon,
    Mark,
    Negation,
    Person,
    Quality,
    Rank,
    Scale,
    alike,
    fillers,
)
from studio.engine.traits import Gender, Shift

M, F, N = Gender.MALE, Gender.FEMALE, Gender.NEUTRAL

PEOPLE: Lexicon = {
    **alike("男性, 男声, 男人, 男士, 男子, 男音, 男播音员, 男主播, 男, 先生, 男聲, 雄性", Person(M)),
    **alike("女性, 女声, 女人, 女士, 女子, 女音, 女播音员, 女主播, 女, 女聲", Person(F)),
    **alike("中性, 中性嗓音, 中性声音, 不分性别, 男女不限, 男女皆可", Person(N)),
    **alike("男孩, 男童", Person(M, 11, Rank.NOUN)),
    **alike("男生, 小伙子", Person(M, 20, Rank.NOUN)),
    **alike("女孩, 女童, 女孩子", Person(F, 12, Rank.NOUN)),
    **alike("女生, 姑娘, 小姐姐", Person(F, 20, Rank.NOUN)),
    **alike("小男孩", Person(M, 7, Rank.CLEAR)),
    **alike("小女孩, 小萝莉, 萝莉", Person(F, 7, Rank.CLEAR)),
    **alike("少年", Person(M, 15, Rank.NOUN)),
    **alike("少女", Person(F, 16, Rank.NOUN)),
    **alike("御姐", Person(F, 28, Rank.NOUN, shift=Shift(pitch=-0.5))),
    **alike("哥哥, 大哥, 公子, 小伙", Person(M, 24, Rank.NOUN)),
    **alike("姐姐, 软妹", Person(F, 22, Rank.NOUN)),
    **alike("正太", Person(M, 9, Rank.NOUN)),
    **alike("大妈, 妇女, 妇人", Person(F, 50, Rank.NOUN)),
    **alike("大爷", Person(M, 70, Rank.NOUN)),
    **alike("女性化, 偏女性化", Person(F, rank=Rank.HINT)),
    **alike("男性化, 偏男性化", Person(M, rank=Rank.HINT)),
    **alike("大叔, 叔叔, 父亲, 爸爸", Person(M, 45, Rank.NOUN)),
    **alike("阿姨, 母亲, 妈妈", Person(F, 42, Rank.NOUN)),
    **alike("爷爷, 老爷爷, 老头, 老伯, 老先生, 老汉", Person(M, 72, Rank.CLEAR)),
    **alike("奶奶, 老奶奶, 老太太, 婆婆", Person(F, 72, Rank.CLEAR)),
    **alike("总裁, 战士, 太监, 国王, 骑士, 水手, 武士, 将军", Person(M, rank=Rank.HINT)),
    **alike("女王, 公主, 女巫, 巫婆, 仙女", Person(F, rank=Rank.HINT)),
    **alike("他", Person(M, rank=Rank.PRONOUN)),
    **alike("她", Person(F, rank=Rank.PRONOUN)),
    **alike("儿童, 孩子, 小孩, 童声, 小朋友, 孩童, 童音, 幼童", Person(None, 8)),
    **alike("婴儿, 幼儿, 宝宝", Person(None, 4)),
    **alike("青少年, 中学生", Person(None, 15)),
    **alike("小学生", Person(None, 9)),
    **alike("大学生, 青年, 年轻人", Person(None, 24, Rank.PLAIN)),
    **alike("年轻, 年輕", Person(None, 24, Rank.HINT)),
    **alike("成年, 成年人, 成人", Person(None, 33, Rank.HINT)),
    **alike("中年, 中年人, 中老年", Person(None, 45)),
    **alike("成熟", Person(None, 42, Rank.HINT)),
    **alike("老年, 老年人, 老人, 年迈, 年老, 六旬, 七旬, 老者, 苍老, 长者, 高龄", Person(None, 72)),
    **alike("老", Person(None, 70, Rank.PLAIN)),
}

PITCH_AND_PACE: Lexicon = {
    **alike("低沉, 深沉, 浑厚, 厚重, 低音", Quality(Shift(pitch=-1, tract=-0.6, resonance=0.3))),
    **alike("低音调", Quality(Shift(pitch=-1))),
    **alike("低音炮", Quality(Shift(pitch=-1.3, tract=-0.8, resonance=0.8))),
    **alike("高亢, 尖锐, 尖细, 尖", Quality(Shift(pitch=1.2, brightness=0.8))),
    **alike("高音, 高音调", Quality(Shift(pitch=1))),
    **alike("中音, 音调适中, 高低适中, 不高不低", Quality(Shift())),
    **alike("不快不慢, 不急不慢, 快慢适中, 不紧不慢, 语速适中, 语速中等, 语速正常, 中等语速", Quality(Shift())),
    **alike("平稳, 稳重, 沉稳, 稳健, 平和", Quality(Shift(pace=-0.2, liveliness=-0.5))),
    **alike("从容, 舒缓, 缓缓, 娓娓道来, 慢条斯理, 悠闲", Quality(Shift(pace=-0.6, liveliness=-0.3))),
    **alike("急促, 飞快, 急切", Quality(Shift(pace=1.3))),
    **alike("流畅, 流利, 圆滑", Quality(Shift(roughness=-0.4))),
    **alike("语速, 语速度, 速度, 节奏, 說話速度, 語速", Scale(Axis.PACE)),
    **alike("音调, 音高, 声调, 调子, 音調, 嗓门", Scale(Axis.PITCH)),
    **alike("语调, 情绪, 语气", Scale(Axis.LIVELINESS)),
    **alike("音量, 质量, 品质", Scale(Axis.NONE)),
    **alike("高, 偏高", Level(1)),
    **alike("低, 偏低", Level(-1)),
    **alike("快, 偏快, 快速, 迅速, 快节奏", Level(1, Axis.PACE)),
    **alike("慢, 偏慢, 缓慢, 慢速, 緩慢, 慢节奏", Level(-1, Axis.PACE)),
    **alike("适中, 中等, 正常, 一般, 適中", Level(0)),
}

MOODS: Lexicon = {
    **alike("开朗, 欢快, 快乐, 愉快, 高兴, 喜悦, 開朗", Quality(Shift(0.4, 0.3, 1, 0.5))),
    **alike("活泼, 活力, 充满活力, 朝气, 兴奋, 热情, 元气, 元气满满, 活潑", Quality(Shift(0.3, 0.5, 1.2, 0.5))),
    **alike("俏皮, 调皮, 顽皮, 灵动", Quality(Shift(0.4, 0.4, 1.1, 0.4, 0.2))),
    **alike(
        "富有表现力, 生动, 激动, 激昂, 夸张, 抑扬顿挫, 富有感情, 富有情感, 情感充沛, 感情充沛, "
        "感情丰富, 声情并茂, 情绪饱满, 情绪高昂, 情感丰富, 戏剧性",
        Quality(Shift(liveliness=1.3)),
    ),
    **alike("上扬, 明显上扬", Quality(Shift(liveliness=0.8))),
    **alike("平静, 宁静, 冷静, 安静, 恬静", Quality(Shift(0, -0.5, -0.8, -0.3))),
    **alike("镇定, 淡定, 克制, 内敛, 镇静", Quality(Shift(0, -0.3, -1))),
    **alike("自信, 坚定", Quality(Shift(-0.1, -0.1, -0.3, resonance=0.4))),
    **alike(
        "温柔, 轻柔, 柔和, 温和, 柔美, 治愈, 温婉, 溫柔, 柔软, 轻声", Quality(Shift(0, -0.4, -0.5, -0.6, breath=0.4))
    ),
    **alike("亲切, 友好, 和蔼, 和善, 亲和, 慈祥, 親切", Quality(Shift(0.1, 0, 0.4, 0.1))),
    **alike("严肃, 庄重, 严厉, 正式, 庄严, 嚴肅, 冷酷", Quality(Shift(-0.3, -0.3, -0.9, -0.2))),
    **alike("权威, 威严, 霸气, 大气", Quality(Shift(-0.4, -0.3, -0.5, 0, -0.3, resonance=0.7))),
    **alike("专业, 清楚, 吐字清晰, 字正腔圆, 清晰, 發音清晰, 发音清晰", Quality(Shift(liveliness=-0.3, crispness=0.5))),
    **alike(
        "情绪低落, 低落, 悲伤, 忧伤, 伤感, 忧郁, 难过, 哀伤, 悲傷", Quality(Shift(-0.4, -0.8, -1, -0.6, breath=0.3))
    ),
    **alike("愤怒, 生气, 暴躁, 凶狠, 憤怒", Quality(Shift(0.3, 0.5, 0.9, 0.9, roughness=0.8, crispness=0.8))),
    **alike("神秘, 诡异, 阴森, 阴沉, 神祕", Quality(Shift(-0.3, -0.6, -0.4, -0.7, breath=0.8))),
    **alike("疲惫, 慵懒, 懒散, 疲倦", Quality(Shift(-0.3, -0.8, -1, -0.6, breath=0.5))),
    **alike("紧张, 害羞, 羞涩, 胆怯", Quality(Shift(0.4, 0.2, 0.2, 0, tremor=0.8, breath=0.3))),
    **alike(
        "单调, 机械, 平淡, 毫无感情, 没有感情, 无感情, 没有情感, 没有任何情感, 没有任何感情, 不带感情",
        Quality(Shift(liveliness=-2.5)),
    ),
    **alike("知性, 优雅, 睿智, 儒雅, 文雅, 端庄", Quality(Shift(0, -0.3, -0.2, -0.2))),
    **alike("冷淡, 冷艳, 高冷, 冰冷", Quality(Shift(-0.2, -0.2, -0.9, -0.1))),
    **alike("阳光, 清爽, 清新, 轻快", Quality(Shift(0.2, 0.2, 0.6, 0.6))),
    **alike("哭腔, 哽咽", Quality(Shift(0.2, -0.5, 0.3, -0.4, tremor=1.5, breath=0.5))),
    **alike("干练, 飒爽", Quality(Shift(0, 0.3, 0, 0.3, crispness=0.6))),
    **alike("可爱, 天真, 稚嫩, 童真, 奶声奶气, 软萌, 稚气, 可愛", Quality(Shift(0.5, 0, 0.5, 0.3, 0.4))),
    **alike("性感, 暧昧, 妩媚", Quality(Shift(-0.3, -0.6, -0.3, -0.5, breath=0.9))),
    **alike("有力, 洪亮, 响亮, 豪迈, 雄壮, 铿锵有力, 强劲", Quality(Shift(-0.2, 0, 0.5, 0.5, -0.2, resonance=0.8))),
}

TIMBRES: Lexicon = {
    **alike("磁性, 有磁性, 富有磁性", Quality(Shift(pitch=-0.3, tract=-0.3, resonance=0.8, brightness=-0.2))),
    **alike("共鸣, 饱满, 圆润, 醇厚, 有共鸣", Quality(Shift(tract=-0.4, resonance=1))),
    **alike("温暖, 暖, 溫暖", Quality(Shift(brightness=-0.6, resonance=0.3))),
    **alike("暗, 暗沉, 低哑, 沉闷", Quality(Shift(brightness=-1.3, tract=-0.3))),
    **alike("明亮, 嘹亮, 亮, 透亮", Quality(Shift(brightness=1))),
    **alike("清脆, 清澈, 清朗, 清亮, 干脆, 利落", Quality(Shift(brightness=0.8, crispness=1))),
    **alike("金属, 金属感, 刺耳", Quality(Shift(brightness=1.5))),
    **alike("甜美, 甜, 甜甜, 软糯, 娇嫩", Quality(Shift(pitch=0.3, tract=0.4, brightness=0.3, liveliness=0.3))),
    **alike("沙哑, 嘶哑, 烟嗓, 沙啞", Quality(Shift(pitch=-0.2, breath=0.6, roughness=1.2))),
    **alike("低吼, 咆哮, 粗犷, 粗糙, 沧桑, 粗哑, 粗", Quality(Shift(pitch=-0.2, roughness=1.3))),
    **alike("气声, 气音, 空灵, 气息感, 带气声", Quality(Shift(breath=1.5, brightness=-0.1))),
    **alike("耳语, 低语, 悄悄话, 轻声细语", Quality(Shift(breath=3))),
    **alike("鼻音, 带鼻音", Quality(Shift(nasal=1, brightness=0.2))),
    **alike("颤抖, 颤音, 发颤, 颤颤巍巍", Quality(Shift(tremor=1.3))),
    **alike("纤细, 细, 单薄, 娇小", Quality(Shift(tract=0.8, brightness=0.3))),
    **alike("厚实, 粗壮, 庞大", Quality(Shift(tract=-0.9, pitch=-0.3))),
}

USES: Lexicon = {
    **alike(
        "新闻播报, 新闻, 播音员, 播报, 播音, 新闻联播, 新闻主播",
        Quality(Shift(pace=0.1, liveliness=-0.2, crispness=0.6), use=True),
    ),
    **alike("广告配音, 广告, 宣传片, 商业广告, 商业", Quality(Shift(liveliness=0.4, resonance=0.4), use=True)),
    **alike("有声书, 有声读物, 讲故事, 小说, 评书, 故事, 朗读", Quality(Shift(pace=-0.3, liveliness=0.2), use=True)),
    **alike("纪录片, 解说, 旁白, 纪录片解说", Quality(Shift(pace=-0.3, liveliness=-0.1, resonance=0.3), use=True)),
    **alike("动画角色, 动画, 动漫, 卡通, 动漫角色, 动画片", Quality(Shift(liveliness=1, brightness=0.3), use=True)),
    **alike("游戏角色, 游戏", Quality(Shift(liveliness=0.6), use=True)),
    **alike("语音助手, 客服, 导航, 智能助手, 助手", Quality(Shift(liveliness=-0.2, crispness=0.4), use=True)),
    **alike("播客, 电台, 广播, 电台主持", Quality(Shift(resonance=0.5), use=True)),
    **alike(
        "儿童故事, 儿童读物, 儿童节目, 儿童绘本, 儿童教育, 儿童有声书, 给孩子, 给小朋友, 给小孩, 给宝宝, "
        "给儿童, 哄孩子, 陪孩子, 绘本, 童话, 童话故事, 幼儿园, 幼教, 亲子, 适合儿童, 适合孩子",
        Quality(Shift(pace=-0.3, liveliness=0.5, brightness=0.2), use=True),
    ),
    **alike("教学, 老师, 教育, 课程, 讲课", Quality(Shift(pace=-0.3, crispness=0.5), use=True)),
    **alike("冥想, 助眠, 睡前故事", Quality(Shift(pace=-0.8, liveliness=-0.8, breath=0.4, brightness=-0.4), use=True)),
}

ACCENTS: Lexicon = {
    **alike("英式, 英国口音, 英音, 英式英语", AccentWord((Accent.BRITISH,), "英式")),
    **alike("美式, 美国口音, 美音, 美式英语", AccentWord((Accent.AMERICAN,), "美式")),
    **alike("巴西, 巴西口音", AccentWord((Accent.BRAZILIAN,), "巴西")),
}

DEGREES: Lexicon = {
    **alike("非常, 很, 十分, 特别, 相当, 尤其, 更加, 更, 极具, 明显", Degree(1.5, limits=True)),
    **alike("极其, 极度, 极, 超级, 超, 最", Degree(2.0, limits=True)),
    **alike("太, 过于, 过分, 那么, 过", Degree(1.4, limits=True)),
    **alike("比较, 较, 较为, 挺, 颇", Degree(1.1, limits=True)),
    **alike(
        "稍, 稍微, 稍稍, 略, 略微, 略带, 略显, 有点, 有些, 微微, 一点, 有一点, 带点, 些许, 一丝, 带一点, 稍带, 轻微",
        Degree(0.5),
    ),
    **alike("不, 不是, 没有, 没, 无, 并不, 不带, 毫无, 避免, 别", Negation()),
    **alike("不太, 不很, 不那么, 不算, 不怎么, 不过分, 不算太", Degree(0.2)),
    **alike("不要太, 不能太, 别太, 不要过于, 不要, 不可太", Negation(-0.3, 0.0)),
}

OTHERS: Lexicon = {
    **alike("没有口音, 无口音, 不带口音, 没有任何口音, 没有明显口音, 无方言, 没有方言", Mark.FILLER),
    **alike("高级, 高端, 高品质, 高质量, 高清, 高中生, 老板, 老成, 老练, 老上海", Mark.OTHER),
}

FILLERS: Lexicon = fillers(
    "的 了 地 得 着 是 有 和 与 及 以及 并 且 而 但 又 "
    "或 也 在 对 为 让 像 如 如同 一个 一位 一名 一种 这个 那个 个 "
    "位 名 种 声音 嗓音 音色 声线 嗓子 声 音 说话 讲话 说 讲 适合 适用 "
    "用于 适用于 适宜 用作 具有 带有 带着 带 充满 富有 拥有 性 性别 用途 情感 "
    "要 些 一些 再 给 样 一样 十足 感觉 感 给人 人 风格 "
    "类型 角色 人物 配音 配 口音 普通话 中文 英文 英语 请 需要 想要 希望 做 听起来 "
    "起来 年龄 岁 左右 大约 大概 约 中 等 一 这 那 我 你 "
    "很有 起 来 偏 特点 特质 场景 使用 "
)

CHINESE: Lexicon = {**FILLERS, **PEOPLE, **PITCH_AND_PACE, **MOODS, **TIMBRES, **USES, **ACCENTS, **DEGREES, **OTHERS}
LONGEST = max(map(len, CHINESE))
