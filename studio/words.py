"""The words for everything that can go wrong: what happened, then what to do. One table for window and commands.

Words in braces are filled in by `sentence`; a test holds every `Reason`, `Fault` and `Field` against these tables.
"""

from collections.abc import Callable

from studio.domain.accounts import COSYVOICE, EVOLINK, NOIZ, OPENTALKING, QWEN, SPEECH_SERVER
from studio.domain.briefs import ON_DEVICE
from studio.domain.errors import Reason, StudioError
from studio.domain.limits import Fault, Field, Problem

SENTENCES: dict[Reason, str] = {
    Reason.BAD_INPUT: "Something in the form needs a change first.",
    Reason.NO_SUCH_VOICE: "No voice here is called that.",
    Reason.NO_SUCH_CLIP: "The sound file of this clip is gone from the library folder.",
    Reason.NO_SUCH_SYSTEM: "There is no voice system of that name.",
    Reason.NO_SUCH_ACCOUNT: "There is no account of that name.",
    Reason.NOT_OFFERED: "{system} doesn't offer this.",
    Reason.CANNOT_SPEAK: "This voice can't be spoken with from here.",
    Reason.NO_ROUTE_YET: "{system} offers no way to speak with voices of this model from here.",
    Reason.IN_REVIEW: "This voice is still in review. It can be spoken with once the review is passed.",
    Reason.REJECTED: "The review rejected this voice. Design it again with other words.",
    Reason.GONE_THERE: "{system} doesn't have this voice any more. Its clips are still here.",
    Reason.OTHER_ACCOUNT: "This voice belongs to another account than the key in use. Set that account's key first.",
    Reason.NOT_DELETABLE: "This voice belongs to the system and can't be deleted.",
    Reason.KEY_MISSING: "No key is set for {system}. Add one in Settings → Accounts.",
    Reason.KEY_REFUSED: "{system} doesn't know this key. Check it in Settings → Accounts.",
    Reason.KEYRING_MISSING: "No keyring keeps keys on this computer. The key can be used for this session only.",
    Reason.KEYRING_LOCKED: "The keyring is locked. Unlock it, or use the key for this session only.",
    Reason.KEYRING_SLOW: "The keyring did not answer in time. Unlock it, or use the key for this session only.",
    Reason.INSECURE_ADDRESS: "The address is plain http, so the key was not sent. Use an https address.",
    Reason.ADDRESS_MISSING: "No server is set for this. Settings → Accounts → Speech server takes its address, and "
    "tells how to start one.",
    Reason.NOT_SERVED: "The server at this address can't do this: it holds another model, or doesn't know the request. "
    "Details has its words.",
    Reason.UNREACHABLE: "{system} can't be reached. Check the network and the address, then try again.",
    Reason.TIMED_OUT: "{system} did not answer in time. Try again.",
    Reason.ANSWER_LOST: "The answer of {system} was lost, so the voice may have been made and paid for. "
    "It is looked for, now and at every start; nothing is ordered twice.",
    Reason.NOT_MADE: "{system} shows no voice for the order whose answer was lost. It can be ordered again.",
    Reason.STILL_RUNNING: "{system} is still at work. The order is kept and looked after at the next start.",
    Reason.PREVIEW_BAD: "The voice was made, but its preview is no sound that can be read. It is in the Library.",
    Reason.PREVIEW_EMPTY: "The voice was made, but its preview is empty. It is in the Library.",
    Reason.PREVIEW_LOST: "The voice was made, but its preview did not arrive. It is in the Library.",
    Reason.LINK_EXPIRED: "The link to the sound has expired, and the sound with it.",
    Reason.REFUSED: "{system} refused this. Details has its reason.",
    Reason.NOT_ALLOWED: "This account may not do that at {system}. Look at its rights and services there.",
    Reason.NO_CREDIT: "The account at {system} has no credit left, or a bill is open. Top it up there.",
    Reason.QUOTA_FULL: "The account at {system} holds as many voices as it may. Delete some in the Library first.",
    Reason.RATE_LIMITED: "{system} gets too many requests at once. Wait a minute, then try again.",
    Reason.CONTENT_REFUSED: "{system} finds these words inappropriate. Change them and try again.",
    Reason.SAMPLE_REFUSED: "{system} can't use this sample. Take 10 to 20 seconds of clear speech.",
    Reason.TRANSCRIPT_REFUSED: "{system} finds too little speech, or other words than the transcript's. "
    "Try again without a transcript.",
    Reason.MODEL_NOT_HERE: "{system} doesn't have this model in this region. Choose another model or region.",
    Reason.SERVER_FAILED: "{system} had a fault of its own. Try again later.",
    Reason.TASK_FAILED: "{system} could not make the voice. Details has its reason.",
    Reason.TASK_CANCELLED: "The order was cancelled at {system}.",
    Reason.NOT_JSON: "A web page came instead of an answer of {system}. Check the address and the proxy.",
    Reason.ANSWER_CUT: "The answer of {system} broke off in the middle. Try again.",
    Reason.UNREADABLE: "The answer of {system} can't be understood. Details has what came.",
    Reason.TOO_BIG: "The answer of {system} is too big to be right, so the rest was not read.",
    Reason.REDIRECTED: "{system} points to another address, where the key is not sent. Check the base URL.",
    Reason.NO_SOUND_SYSTEM: "PortAudio is missing, so there is no sound in or out. Install the package libportaudio2.",
    Reason.NO_OUTPUT_DEVICE: "No loudspeaker or headphones found. Connect one and play again.",
    Reason.DEVICE_LOST: "The loudspeaker went away while playing. Play again to use another one.",
    Reason.DEVICE_BUSY: "Another program holds the loudspeaker. Close it there, then play again.",
    Reason.NO_INPUT_DEVICE: "No microphone found. Connect one; it is noticed by itself.",
    Reason.INPUT_LOST: "The microphone went away in the middle. What was recorded is kept.",
    Reason.INPUT_BUSY: "Another program holds the microphone. Close it there, then try again.",
    Reason.INPUT_DENIED: "This program may not use the microphone. Allow it in the system's privacy settings.",
    Reason.NO_SUCH_TAKE: "There is no such take here.",
    Reason.NO_SOUND_IN_FILE: "There is no sound in this file.",
    Reason.ENCRYPTED_FILE: "This file is encrypted, so its sound can't be read. Save it without protection first.",
    Reason.FILE_TOO_BIG: "This file has more than 2 GB. Cut the part you want out of it first.",
    Reason.FILE_GONE: "There is no such file, or it can't be opened.",
    Reason.REPORT_FAILED: "The capture report fails, so nothing was sent. Mend what it says first.",
    Reason.UNREADABLE_AUDIO: "This sound can't be read; the file is damaged or of an unknown kind.",
    Reason.EMPTY_AUDIO: "This sound is empty.",
    Reason.ENGINE_MISSING: "The speech engine of this computer can't start. Install Voice Studio again.",
    Reason.ENGINE_STOPPED: "The speech engine of this computer stopped in the middle. Try again.",
    Reason.NOTHING_TO_SAY: "There is nothing in this text that can be spoken. Write some words.",
    Reason.SPEECH_CUT: "{system} broke off before the end. What came is kept, marked as partial.",
    Reason.NO_SOUND_CAME: "{system} ended without a sound. Details names the voice and the model: they may not belong "
    "together, or the voice is still in review.",
    Reason.NOT_AN_ARCHIVE: "This file holds no voices of Voice Studio.",
    Reason.ARCHIVE_DAMAGED: "This file of voices is damaged, so nothing of it was taken in.",
    Reason.ARCHIVE_TOO_NEW: "A newer Voice Studio made this file of voices. Update the program to read it.",
    Reason.PLACE_TAKEN: "There are other files in this folder. Choose an empty one.",
    Reason.NO_BACKUP: "There is no backup of the library here.",
    Reason.LIBRARY_DAMAGED: "The library file is damaged. Nothing was changed; its clips and takes are still there.",
    Reason.LIBRARY_TOO_NEW: "A newer Voice Studio made this library. Update the program to open it.",
    Reason.LIBRARY_BUSY: "Another program holds the library. Close it there, then try again.",
    Reason.LIBRARY_NOT_WRITABLE: "The library's folder can't be written to. Set VOICE_STUDIO_HOME to another one.",
    Reason.DISK_FULL: "The disk is full. Make some room, then try again; nothing was lost.",
    Reason.NOT_WRITABLE: "This place can't be written to. Choose another folder.",
}

SERVER_MAY_HAVE = (
    "{system} had a fault of its own, and the voice may have been made all the same. "
    "It is looked for, now and at every start; nothing is ordered twice."
)

LABELS: dict[str, str] = {
    ON_DEVICE: "This computer",
    COSYVOICE: "CosyVoice",
    QWEN: "Qwen",
    EVOLINK: "EvoLink",
    NOIZ: "Noiz",
    OPENTALKING: "OpenTalking",
    SPEECH_SERVER: "Speech server",
}

FIELDS: dict[Field, str] = {
    Field.DESCRIPTION: "voice description",
    Field.PREVIEW_TEXT: "preview text",
    Field.NAME: "voice name",
    Field.LANGUAGE: "language",
    Field.RATE: "sample rate",
    Field.FORMAT: "format",
    Field.SEED: "seed",
    Field.TEXT: "text to speak",
    Field.HANDLE: "voice id prefix",
    Field.SAMPLE: "sample",
    Field.SAMPLE_URL: "sample's address",
    Field.TRANSCRIPT: "transcript",
    Field.RIGHT: "right to clone",
    Field.API_KEY: "API key",
    Field.BASE_URL: "base URL",
    Field.WORKSPACE: "workspace id",
    Field.PROXY: "proxy",
    Field.REGION: "region",
    Field.SECONDS: "number of seconds",
    Field.SINCE: "day of the permission",
    Field.BACKEND: "backend",
    Field.VOICE: "list of voices",
    Field.ROLE: "role",
}

FAULTS: dict[Fault, str] = {
    Fault.MISSING: "The {field} is empty. Write it first.",
    Fault.TOO_LONG: "The {field} has {actual} characters; {limit} are allowed.",
    Fault.TOO_BIG: "The {field} has {actual:,} bytes; {limit:,} are allowed.",
    Fault.TOO_SMALL: "The {field} has {actual:,} bytes; at least {limit:,} are needed.",
    Fault.NOT_OFFERED: "This {field} isn't offered here.",
    Fault.NOT_PLAIN: "The {field} has a character that isn't allowed in it.",
    Fault.NOT_READABLE: "The {field} can't be read.",
    Fault.NOT_ACCEPTED: "Say first that you have the right to clone this voice.",
    Fault.INSECURE: "The {field} is plain http to another computer, and no key is sent there. Use an https address.",
}

PROBLEMS: dict[tuple[Field, Fault], str] = {
    (Field.SAMPLE, Fault.MISSING): "There is no sample. Choose a file or write its address first.",
    (Field.SAMPLE_URL, Fault.NOT_OFFERED): "This system takes a file, not an address. Choose a file.",
    (Field.SAMPLE_URL, Fault.NOT_READABLE): "The sample's address must begin with https:// or http://.",
    (Field.VOICE, Fault.MISSING): "Name the voices to export, or say --all.",
    (Field.VOICE, Fault.NOT_OFFERED): "Name voices or say --all, not both.",
    (Field.SECONDS, Fault.NOT_OFFERED): "A take may last up to a day; give its seconds as a number above 0.",
    (Field.SINCE, Fault.NOT_READABLE): "Write the day of the permission as year-month-day, such as 2026-11-21.",
    (Field.ROLE, Fault.MISSING): "Say which server this is: --role design, clone or custom.",
    (Field.ROLE, Fault.NOT_OFFERED): "This account has one server; leave the role out.",
    (Field.REGION, Fault.NOT_OFFERED): "This voice is in another region. Name that region first.",
}
"""Where the words of the fault don't fit the field."""


def sentence(error: StudioError, tr: Callable[[str], str] = str) -> str:
    """What a person is told, translated by `tr`; for bad input, one sentence per field."""
    if error.problems:
        return " ".join(problem_sentence(problem, tr) for problem in error.problems)
    words = SERVER_MAY_HAVE if error.reason is Reason.SERVER_FAILED and error.maybe_done else SENTENCES[error.reason]
    return tr(words).format(system=tr(LABELS.get(error.system, "The system")))


def problem_sentence(problem: Problem, tr: Callable[[str], str] = str) -> str:
    words = tr(PROBLEMS.get((problem.field, problem.fault)) or FAULTS[problem.fault])
    return words.format(field=tr(FIELDS[problem.field]), limit=problem.limit, actual=problem.actual)
