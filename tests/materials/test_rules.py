"""Which bytes are a sound, how long it lasts, and under what a file is kept: as the formats themselves say it."""

from struct import pack

import pytest

from panah.people.materials import rules

# Kilobits a second by the four bits of a frame, and samples a second by its two: of MPEG 1, and of 2 and 2.5.
FIRST = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
LATER = (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
VERSIONS = {
    3: (FIRST, (44100, 48000, 32000), 144, 1152),
    2: (LATER, (22050, 24000, 16000), 72, 576),
    0: (LATER, (11025, 12000, 8000), 72, 576),
}
FRAMES = [(version, rate, speed) for version in VERSIONS for rate in range(14) for speed in range(3)]


def head(version=3, layer=1, rate=9, speed=0, padded=0, sync=0x7FF):
    return (
        sync << 21 | version << 19 | layer << 17 | 1 << 16 | rate << 12 | speed << 10 | padded << 9
    ).to_bytes(4, "big")


def frame(version=3, rate=9, speed=0, padded=0):
    rates, speeds, share, _samples = VERSIONS[version]
    length = share * rates[rate - 1] * 1000 // speeds[speed] + padded
    return head(version, 1, rate, speed, padded) + bytes(length - 4)


@pytest.mark.parametrize(("version", "rate", "speed"), FRAMES)
@pytest.mark.parametrize("padded", [0, 1])
def test_a_sound_lasts_as_long_as_its_frames_whatever_their_kind(version, rate, speed, padded):
    _rates, speeds, _share, samples = VERSIONS[version]
    body = frame(version, rate + 1, speed, padded) * 200
    found = rules.sound_of("mp3", body)
    assert found is not None and found.body == body
    assert found.seconds == round(200 * samples / speeds[speed])


@pytest.mark.parametrize(
    "wrong",
    [{"sync": 0x7FE}, {"version": 1}, {"layer": 2}, {"layer": 0}, {"rate": 0}, {"rate": 15}, {"speed": 3}],
)
def test_what_is_no_frame_of_layer_three_is_no_sound(wrong):
    assert rules.sound_of("mp3", head(**wrong) + bytes(413)) is None
    assert rules.sound_of("mp3", frame() * 3 + head(**wrong) + bytes(413)) is None


def test_tags_before_and_behind_are_left_out_a_cut_last_frame_and_empty_bytes_are_not():
    tag = b"ID3\4\0\0" + bytes((0, 0, 1, 2)) + b"who spoke".ljust(130)
    sound = frame() * 100
    for before, behind in ((tag, b""), (tag * 2, b"TAG" + bytes(125)), (b"", b"TAG".ljust(128))):
        assert rules.sound_of("mp3", before + sound + behind) == rules.Sound(sound, 3)
    for cut in (head(), frame()[:100], b"\0" * 3, b"\0" * 9):
        assert rules.sound_of("mp3", sound + cut).seconds == 3
    for other in (b"x", b"<html>", b"TAG" + bytes(124), b"ID3"):
        assert rules.sound_of("mp3", sound + other) is None
    for nothing in (b"", b"ID3", b"ID3\4\0\0\0\0\0", tag, tag[:50]):
        assert rules.sound_of("mp3", nothing) is None


@pytest.mark.parametrize(
    ("version", "speed"), [(version, speed) for version in VERSIONS for speed in range(3)]
)
def test_a_long_sound_is_measured_to_the_sample(version, speed):
    _rates, speeds, _share, samples = VERSIONS[version]
    a_second = speeds[speed]
    exact, other, longer = (samples, a_second), (samples, a_second + 1), (samples + 1, a_second)
    # As many frames as tell such a small difference by a whole second.
    for beside in (other, longer):
        many = next(
            n
            for n in range(1, 40_000)
            if round(n * exact[0] / exact[1]) != round(n * beside[0] / beside[1])
            # To the half second nobody cares on which side it falls.
            and 2 * n * samples % a_second
        )
        assert rules.sound_of("mp3", frame(version, 1, speed) * many).seconds == round(
            many * samples / a_second
        )


def test_a_tag_of_two_megabytes_is_left_out_whole():
    size = 2**21 + 2**14 + 2**7 + 2
    sound = frame() * 100
    assert rules.sound_of("mp3", b"ID3\4\0\0\1\1\1\2" + b"x" * size + sound) == rules.Sound(sound, 3)


def page(content, position, flags=0):
    lacing = bytes([255] * (len(content) // 255) + [len(content) % 255])
    return (
        b"OggS\0"
        + bytes([flags])
        + pack("<qIII", position, 1, 0, 0)
        + bytes([len(lacing)])
        + lacing
        + content
    )


OPUS = b"OpusHead\1\1" + pack("<H", 312) + bytes(7)
VORBIS = b"\1vorbis" + pack("<IBI", 0, 1, 44100) + bytes(14)


@pytest.mark.parametrize(
    ("first", "last", "seconds"),
    [
        (OPUS, 48_000 * 7 + 312, 7), (OPUS, 100, 1), (OPUS[:12], 48_000 * 2 + 312, 2),
        (OPUS, 48_000 * 20_000 + 24_313, 20_001), (OPUS, 48_000 * 7 + 24_100, 7), (VORBIS, 44_100 * 9, 9), (VORBIS[:16], 44_100 * 3, 3),
    ],
)  # fmt: skip
def test_an_ogg_lasts_until_the_last_place_it_names(first, last, seconds):
    body = page(first, 0) + page(bytes(300), last) + page(bytes(10), -1)
    assert rules.sound_of("ogg", body) == rules.Sound(body, seconds)
    # A page that holds nothing is one too.
    assert rules.sound_of("ogg", body + page(b"", 0)[:26] + b"\0").seconds == seconds


@pytest.mark.parametrize(
    "body",
    [
        b"", page(b"", 0), page(OPUS[:11], 9), page(VORBIS[:15], 9), page(b"\1vorbis" + bytes(30), 9), page(b"Speex".ljust(80), 9),
        page(OPUS, 0)[:-1], page(OPUS, 0)[:27], page(OPUS, 0)[:20], page(OPUS, 0) + b"x", b"x" + page(OPUS, 0),
        b"OggS\1" + page(OPUS, 0)[5:],
    ],
)  # fmt: skip
def test_what_is_no_opus_and_no_vorbis_or_is_cut_or_goes_on_is_no_sound(body):
    assert rules.sound_of("ogg", body) is None


@pytest.mark.parametrize(
    ("type_", "browser", "name"),
    [
        ("pdf", "application/pdf", "information.pdf"), ("jpeg", "image/jpeg", "information.jpg"),
        ("png", "image/png", "information.png"), ("mp3", "audio/mpeg", "information.mp3"),
        ("ogg", "audio/ogg", "information.ogg"), ("text", "text/plain; charset=utf-8", "information.txt"),
    ],
)  # fmt: skip
def test_a_file_is_handed_out_as_what_it_is_under_a_name_that_says_nothing(type_, browser, name):
    assert (rules.ACCEPTED[type_][0], rules.file_name(type_)) == (browser, name)
    assert (type_ in rules.SOUNDS) == browser.startswith("audio/")
    assert (type_ in rules.PICTURES) == browser.startswith("image/")


def test_a_file_is_kept_in_pieces_of_256_kilobytes():
    assert [len(one) for one in rules.cut(bytes(2 * 262_144 + 1))] == [262_144, 262_144, 1]
    assert rules.cut(b"") == []
