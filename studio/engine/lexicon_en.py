"""English words for voices, in lower case, hyphens written as spaces."""

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
    **alike("male, man, men, gentleman, guy, bloke, dude, lad, chap", Person(M, rank=Rank.CLEAR)),
    **alike("female, woman, women, lady, gal", Person(F, rank=Rank.CLEAR)),
    **alike("masculine, manly, boyish", Person(M, rank=Rank.HINT)),
    **alike("feminine, womanly, girlish, maternal, tomboy", Person(F, rank=Rank.HINT)),
    **alike("neutral voice", Person(N, rank=Rank.HINT)),
    **alike("male or female, female or male, any gender, either gender", Person(N, rank=Rank.EXPLICIT)),
    **alike("gender neutral, neutral gender, androgynous, genderless, nonbinary, non binary", Person(N)),
    **alike("he, his, him", Person(M, rank=Rank.PRONOUN)),
    **alike("she, her, hers", Person(F, rank=Rank.PRONOUN)),
    **alike("boy, schoolboy", Person(M, 11, Rank.NOUN)),
    **alike("girl, schoolgirl", Person(F, 12, Rank.NOUN)),
    **alike("little boy, small boy, young boy", Person(M, 7, Rank.NOUN)),
    **alike("little girl, small girl, young girl", Person(F, 7, Rank.NOUN)),
    **alike("father, dad, uncle, husband, businessman", Person(M, 42, Rank.NOUN)),
    **alike("mother, mom, mum, aunt, wife, businesswoman, housewife", Person(F, 40, Rank.NOUN)),
    **alike("grandfather, grandpa, granddad", Person(M, 72, Rank.NOUN)),
    **alike("grandmother, grandma, granny", Person(F, 72, Rank.NOUN)),
    **alike("grandparent", Person(None, 72, Rank.NOUN)),
    **alike(
        "sailor, pirate, knight, wizard, monk, cowboy, butler, soldier, sorcerer, warlock, sergeant, blacksmith, "
        "salesman, actor, prince charming",
        Person(M, rank=Rank.HINT),
    ),
    **alike("king, emperor, prince, warrior", Person(M, rank=Rank.HINT)),
    **alike("queen, princess, witch, empress, fairy, nun, actress, hostess", Person(F, rank=Rank.HINT)),
    **alike("baritone, bass baritone", Person(M, rank=Rank.HINT, shift=Shift(pitch=-0.8, tract=-0.5, resonance=0.3))),
    **alike("tenor", Person(M, rank=Rank.HINT, shift=Shift(pitch=0.4))),
    **alike("contralto, alto", Person(F, rank=Rank.HINT, shift=Shift(pitch=-0.5))),
    **alike("soprano", Person(F, rank=Rank.HINT, shift=Shift(pitch=1, tract=0.2))),
    **alike("santa, santa claus", Person(M, 68, Rank.HINT)),
    **alike("octogenarian", Person(None, 84, Rank.CLEAR)),
    **alike("preteen, pre teen, tween", Person(None, 11, Rank.CLEAR)),
    **alike("baby, toddler, infant", Person(None, 4, Rank.CLEAR)),
    **alike("child, kid, children, childlike, childish, kids", Person(None, 8, Rank.CLEAR)),
    **alike("teen, teenage, teenager, teenaged, adolescent", Person(None, 15, Rank.CLEAR)),
    **alike("young adult, college student, university student", Person(None, 22, Rank.CLEAR)),
    **alike("young, youthful", Person(None, 24, Rank.HINT)),
    **alike("adult, grown up", Person(None, 33, Rank.HINT)),
    **alike("middle aged, middle age, midlife", Person(None, 45, Rank.CLEAR)),
    **alike("mature", Person(None, 48, Rank.HINT)),
    **alike("older", Person(None, 62, Rank.PLAIN)),
    **alike("senior, elderly, retired", Person(None, 70, Rank.CLEAR)),
    **alike("old, aged", Person(None, 70, Rank.PLAIN)),
    **alike("ancient", Person(None, 80, Rank.PLAIN)),
}

PITCH_AND_PACE: Lexicon = {
    **alike("deep, bass", Quality(Shift(pitch=-1, tract=-0.6, resonance=0.3))),
    **alike(
        "rumbling, booming, thunderous, thundering, subterranean", Quality(Shift(pitch=-1.3, tract=-0.8, resonance=0.8))
    ),
    **alike("upper register, high pitched, high voice, high toned", Quality(Shift(pitch=1), "high-pitched")),
    **alike("low pitched, low voice, low toned", Quality(Shift(pitch=-1), "low-pitched")),
    **alike("medium pitched, mid pitched", Quality(Shift(), "medium pitch")),
    **alike("shrill, squeaky, piercing", Quality(Shift(pitch=1.3, brightness=1, tract=0.5))),
    **alike("fast, quick, rapid, speedy, swift, brisk, fast paced", Quality(Shift(pace=1))),
    **alike("hurried, rushed", Quality(Shift(pace=1.2))),
    **alike("slow, leisurely, lingering, drawling, drawl, dragging, slow paced", Quality(Shift(pace=-1))),
    **alike("unhurried, relaxed, laid back, measured, deliberate", Quality(Shift(pace=-0.5, liveliness=-0.2))),
    **alike("steady, even", Quality(Shift(pace=-0.2, liveliness=-0.5))),
    **alike(
        "moderate pace, medium pace, moderate speed, medium speed, moderate tempo", Quality(Shift(), "medium pace")
    ),
    **alike("medium paced, moderately paced, normal pace, normal speed", Quality(Shift(), "medium pace")),
    **alike("fluent, fluid, smooth", Quality(Shift(roughness=-0.5, liveliness=-0.1))),
    **alike("high", Level(1)),
    **alike("low", Level(-1)),
    **alike("medium, mid, moderate, normal, average, regular", Level(0)),
    **alike("pitch, pitched, register, tone, toned, voice", Scale(Axis.PITCH)),
    **alike("pace, speed, tempo, rate, paced, delivery", Scale(Axis.PACE)),
    **alike("energy", Scale(Axis.LIVELINESS)),
    **alike("volume, quality", Scale(Axis.NONE)),
}

MOODS: Lexicon = {
    **alike("cheerful, happy, joyful, joyous, merry", Quality(Shift(0.4, 0.3, 1, 0.5))),
    **alike("lively, energetic, vibrant, excited, enthusiastic, bubbly", Quality(Shift(0.3, 0.5, 1.2, 0.5))),
    **alike("playful, perky, mischievous, bouncy", Quality(Shift(0.4, 0.4, 1.1, 0.4, 0.2))),
    **alike("expressive, animated, dramatic, passionate, emotional, theatrical", Quality(Shift(liveliness=1.3))),
    **alike(
        "upbeat, optimistic, dynamic, upward inflection, rising intonation, upward intonation, rising inflection",
        Quality(Shift(0.2, 0.4, 0.8, 0.3)),
    ),
    **alike("jolly, laughing, giggly, hearty", Quality(Shift(0.2, 0.2, 1.1, 0.3, resonance=0.3))),
    **alike("terrified, panicked, panicky, hysterical", Quality(Shift(0.7, 0.8, 1, 0.3, tremor=1.2, breath=0.4))),
    **alike("crying, tearful, sobbing, weeping", Quality(Shift(0.2, -0.5, 0.3, -0.4, tremor=1.5, breath=0.5))),
    **alike("bored, sarcastic, deadpan, dry, indifferent, dull", Quality(Shift(-0.1, -0.3, -1))),
    **alike(
        "cold, evil, menacing, ominous, threatening, villainous",
        Quality(Shift(-0.4, -0.4, -0.7, -0.3, -0.2, resonance=0.4)),
    ),
    **alike("grumpy, cranky", Quality(Shift(-0.3, -0.1, 0.2, 0.1, roughness=0.7))),
    **alike(
        "reassuring, trustworthy, sincere, heartfelt, patient, loving",
        Quality(Shift(-0.1, -0.3, -0.2, -0.4, resonance=0.3)),
    ),
    **alike("melodic, melodious, lilting, sing song", Quality(Shift(liveliness=1))),
    **alike("sassy, curious, hype", Quality(Shift(0.2, 0.3, 0.8, 0.2))),
    **alike("depressed", Quality(Shift(-0.4, -0.8, -1, -0.6, breath=0.3))),
    **alike("calm, serene, peaceful, tranquil, meditative", Quality(Shift(0, -0.5, -0.8, -0.3))),
    **alike("composed, poised, collected, restrained, reserved", Quality(Shift(0, -0.3, -1))),
    **alike("steadfast, stable, confident, assured", Quality(Shift(-0.1, -0.1, -0.3, 0, 0, resonance=0.4))),
    **alike("gentle, tender, soothing, comforting, caring", Quality(Shift(0, -0.4, -0.5, -0.6, breath=0.4))),
    **alike("soft, quiet", Quality(Shift(0, -0.2, -0.3, -0.6, breath=0.5))),
    **alike("kind, friendly, approachable, welcoming, amiable", Quality(Shift(0.1, 0, 0.4, 0.1))),
    **alike("serious, solemn, stern, grave, strict, formal", Quality(Shift(-0.3, -0.3, -0.9, -0.2))),
    **alike("authoritative, commanding, dignified, majestic", Quality(Shift(-0.4, -0.3, -0.5, 0, -0.3, resonance=0.7))),
    **alike(
        "professional, neutral, clear, articulate, clear articulation, clear diction",
        Quality(Shift(liveliness=-0.3, crispness=0.5)),
    ),
    **alike(
        "sad, melancholy, melancholic, sorrowful, mournful, gloomy", Quality(Shift(-0.4, -0.8, -1, -0.6, breath=0.3))
    ),
    **alike("angry, furious, aggressive, fierce", Quality(Shift(0.3, 0.5, 0.9, 0.9, roughness=0.8, crispness=0.8))),
    **alike("mysterious, eerie, haunting, enigmatic, sinister", Quality(Shift(-0.3, -0.6, -0.4, -0.7, breath=0.8))),
    **alike("tired, weary, sleepy, lazy, lethargic, drowsy", Quality(Shift(-0.3, -0.8, -1, -0.6, breath=0.5))),
    **alike("nervous, anxious, timid, shy, hesitant", Quality(Shift(0.4, 0.2, 0.2, 0, tremor=0.8, breath=0.3))),
    **alike("scared, frightened, fearful", Quality(Shift(0.6, 0.5, 0.6, 0.2, tremor=1.2, breath=0.3))),
    **alike("monotone, monotonous, flat, robotic, emotionless", Quality(Shift(liveliness=-2.5))),
    **alike("intellectual, wise, thoughtful, elegant, graceful, refined", Quality(Shift(0, -0.3, -0.2, -0.2))),
    **alike("innocent, adorable, cute, naive", Quality(Shift(0.5, 0, 0.5, 0.3, 0.4))),
    **alike("romantic, seductive, sultry, intimate", Quality(Shift(-0.3, -0.6, -0.3, -0.5, breath=0.9))),
    **alike("heroic, powerful, strong, bold, loud", Quality(Shift(-0.2, 0, 0.5, 0.5, -0.2, resonance=0.8))),
}

TIMBRES: Lexicon = {
    **alike("magnetic, magnetism", Quality(Shift(pitch=-0.3, tract=-0.3, resonance=0.8, brightness=-0.2))),
    **alike("resonant, sonorous, full, rich, round, robust", Quality(Shift(tract=-0.4, resonance=1))),
    **alike("warm", Quality(Shift(brightness=-0.6, resonance=0.3))),
    **alike("mellow, velvety, silky, rounded, smoky", Quality(Shift(brightness=-1, breath=0.2))),
    **alike("dark, muffled", Quality(Shift(brightness=-1.3, tract=-0.3))),
    **alike("bright, brilliant, ringing, silvery, tinkling, clean", Quality(Shift(brightness=1))),
    **alike("crisp, crystal clear, sharp", Quality(Shift(brightness=0.8, crispness=1))),
    **alike("metallic, tinny, harsh", Quality(Shift(brightness=1.5))),
    **alike("sweet, honeyed", Quality(Shift(pitch=0.3, tract=0.4, brightness=0.3, liveliness=0.3))),
    **alike("husky, husk, throaty", Quality(Shift(pitch=-0.2, breath=0.7, roughness=1))),
    **alike("hoarse, raspy, rasp, rasping, scratchy, strained", Quality(Shift(breath=0.6, roughness=1.4))),
    **alike(
        "rough, gravelly, gruff, guttural, growly, vocal fry, gritty, grizzled, weathered, growling",
        Quality(Shift(pitch=-0.2, roughness=1.3)),
    ),
    **alike("creaky, croaky, croaking", Quality(Shift(pitch=-0.3, roughness=1.5, tremor=0.3))),
    **alike("breathy, airy, ethereal, breathless", Quality(Shift(breath=1.5, brightness=-0.1))),
    **alike("whisper, whispering, whispered, whispery", Quality(Shift(breath=3), "whispering")),
    **alike("nasal, nasally, twangy", Quality(Shift(nasal=1, brightness=0.2))),
    **alike("trembling, shaky, quavering, quivering, wavering, tremulous", Quality(Shift(tremor=1.3))),
    **alike("thin, small, tiny, delicate", Quality(Shift(tract=0.8, brightness=0.3))),
    **alike("thick, heavy, big, large, huge, giant", Quality(Shift(tract=-0.9, pitch=-0.3))),
}

USES: Lexicon = {
    **alike(
        "news, newsreader, newscaster, anchor, announcer, broadcast, broadcasting",
        Quality(Shift(pace=0.1, liveliness=-0.2, crispness=0.6), use=True),
    ),
    **alike(
        "news broadcasting, news broadcast, news anchor, news reader",
        Quality(Shift(pace=0.1, liveliness=-0.2, crispness=0.6), use=True),
    ),
    **alike(
        "commercial, advertisement, advertising, promo, trailer",
        Quality(Shift(liveliness=0.5, resonance=0.4), use=True),
    ),
    **alike("commercial narration, commercials", Quality(Shift(liveliness=0.3, resonance=0.4), use=True)),
    **alike(
        "audiobook, audiobooks, audio book, audio books, storytelling, storyteller",
        Quality(Shift(pace=-0.3, liveliness=0.2), use=True),
    ),
    **alike(
        "children's book, children's books, children's story, children's stories, children's audiobook, "
        "children's audiobooks, children's show, children's content, kids show, kids audiobooks, kids stories, "
        "kids' show, for children, for kids, for young children, for a child, to children, to kids, to a child, "
        "to a baby, teaching children, with children, fairy tale, fairy tales",
        Quality(Shift(pace=-0.3, liveliness=0.5, brightness=0.2), use=True),
    ),
    **alike("bedtime story, bedtime stories", Quality(Shift(pace=-0.6, brightness=-0.4, breath=0.2), use=True)),
    **alike(
        "documentary, documentaries, narrator, narration, narrating, commentary",
        Quality(Shift(pace=-0.3, liveliness=-0.1, resonance=0.3), use=True),
    ),
    **alike(
        "animation, cartoon, anime, animation character, cartoon character",
        Quality(Shift(liveliness=1, brightness=0.3), use=True),
    ),
    **alike("game character, video game, video games", Quality(Shift(liveliness=0.6), use=True)),
    **alike(
        "voice assistant, assistant, navigation, customer service, customer support",
        Quality(Shift(liveliness=-0.2, crispness=0.4), use=True),
    ),
    **alike("podcast, podcasts, podcaster, radio, radio host, dj", Quality(Shift(resonance=0.5), use=True)),
    **alike(
        "teacher, teaching, education, educational, lecture, lecturer",
        Quality(Shift(pace=-0.3, crispness=0.5), use=True),
    ),
    **alike("meditation, yoga", Quality(Shift(pace=-0.8, liveliness=-0.8, breath=0.4, brightness=-0.4), use=True)),
    **alike("sports commentator, sports commentary", Quality(Shift(0.3, 0.9, 1.2, 0.4), use=True)),
}

ACCENTS: Lexicon = {
    **alike("american english accent, american english", AccentWord((Accent.AMERICAN,), "American")),
    **alike("british, english accent, british english", AccentWord((Accent.BRITISH,), "British")),
    **alike("american, us accent", AccentWord((Accent.AMERICAN,), "American")),
    **alike("received pronunciation, rp, queen's english, king's english", AccentWord((Accent.RECEIVED,), "RP")),
    **alike("scottish", AccentWord((Accent.SCOTTISH,), "Scottish")),
    **alike("brazilian", AccentWord((Accent.BRAZILIAN,), "Brazilian")),
    **alike("european portuguese", AccentWord((Accent.EUROPEAN_PORTUGUESE,), "European Portuguese")),
    **alike("castilian", AccentWord((Accent.CASTILIAN,), "Castilian")),
    **alike("latin american", AccentWord((Accent.LATIN_AMERICAN,), "Latin American")),
}

DEGREES: Lexicon = {
    **alike("very, really, highly, deeply, strongly, truly, distinctly", Degree(1.5, limits=True)),
    **alike("extremely, incredibly, super, extraordinarily, exceptionally, ultra", Degree(2.0, limits=True)),
    **alike("too, overly, so, particularly, especially, excessively", Degree(1.4, limits=True)),
    **alike("quite, rather, pretty, fairly, more", Degree(1.1, limits=True)),
    **alike("somewhat, moderately, kind of, sort of", Degree(0.7)),
    **alike("slightly, a bit, a little, a little bit, a touch, a touch of, a hint of, a tad", Degree(0.5)),
    **alike("mildly, subtly, faintly, lightly, slight, bit, hint of", Degree(0.5)),
    **alike(
        "not, isn't, aren't, don't, doesn't, without, no, never, nor, neither, non, hardly, avoid, avoiding, "
        "rather than, instead of, anything but, far from",
        Negation(),
    ),
    **alike(
        "not too, not very, not overly, not so, not particularly, not really, not that, not especially", Degree(0.2)
    ),
    **alike("less", Negation(-0.3, 0.2)),
    "or": Mark.OR,
}

OTHERS: Lexicon = {
    **alike("no accent, without accent, without an accent, without any accent, accent free", Mark.FILLER),
    **alike(
        "high school, high end, high tech, high class, high fantasy, high society, high definition, "
        "low key, low budget, old fashioned, old school, old friend, old friends, old movie, old movies, old stories, "
        "fast food, soft drink, soft drinks, small town, big city, mother tongue, heavy metal, quick witted, "
        "slow witted",
        Mark.OTHER,
    ),
}

FILLERS: Lexicon = fillers(
    "a an the of with and in at by for to from as is are be being has have having it its i me my you your who whose "
    "that which this these those there here voices vocal sound sounds sounding speaks speaking speak speech "
    "speaker spoken talks talking talk suitable suited ideal perfect great good fit use used using like but yet while "
    "on about around approximately style kind of sort type timbre quality feel feeling feels manner way person "
    "someone character somebody narrates reads reading want need please make create give design would should can could "
    "will just all any one some age years year old's accent accented english chinese language during when then also "
    "gender emotion case usual typical relatively noticeable noticeably either range level bit host reader audio "
    "both each dubbing into over than through up down their they them"
)

ENGLISH: Lexicon = {**FILLERS, **PEOPLE, **PITCH_AND_PACE, **MOODS, **TIMBRES, **USES, **ACCENTS, **DEGREES, **OTHERS}
