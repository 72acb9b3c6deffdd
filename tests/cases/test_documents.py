"""Photos and documents of a case: kept as they came, shown only as drawn by us, gone when they are destroyed."""

import hashlib
import io
import os
import re
import sys
import zipfile
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from panah.ground.audit.models import Entry
from panah.ground.kit import image_sandbox
from panah.ground.kit.file_types import file_type_of
from panah.ground.vault import actions as vault
from panah.ground.vault import shred_store
from panah.ground.vault.attachments import HALF_OF_ATTACHMENT, attachments_of, content_of
from panah.ground.vault.models import Chunk
from panah.people.cases import actions as cases
from panah.people.cases.models import Case
from panah.people.cases.queries.documents import documents_of
from tests.cases.case_pages import opened, seen_on
from tests.cases.document_files import PLACE, contract, photo

MB = 1024 * 1024


def bomb():
    """A PNG of a few hundred kilobytes that would be 108 million pixels."""
    out = io.BytesIO()
    Image.new("RGB", (12000, 9000)).save(out, "PNG")
    return out.getvalue()


def endless():
    """A PDF whose one page is drawn ten times ten times … : twelve levels deep."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"]
    objects.append(
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>"
    )
    objects.append(b"<</Length 5>>stream\n/X Do\nendstream")
    calls = b"/X Do " * 10
    for level in range(5, 17):
        inner = b"/Resources<</XObject<</X %d 0 R>>>>" % (level + 1) if level < 16 else b""
        body = calls if level < 16 else b"0 0 9 9 re f " * 50
        objects.append(
            b"<</Type/XObject/Subtype/Form/BBox[0 0 99 99]%s/Length %d>>stream\n%s\nendstream"
            % (inner, len(body), body)
        )
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1, table, len(objects) + 1, len(out)
    )  # fmt: skip


@pytest.fixture
def case(world):
    return opened(world)


@pytest.fixture
def amina_s(world):
    return world.client("amina")


def at(name, case, *args):
    return reverse(f"cases:{name}", args=[case.number, *args])


def send(client, case, *files, **more):
    """Send files as the form does: each (name, bytes)."""
    return client.post(
        at("document_add", case), {"documents": [SimpleUploadedFile(n, b) for n, b in files]}, **more
    )


def only(world, case):
    (one,) = documents_of(case, keys=world.keys("amina"))
    return one


def put(world, client, case, body, name="photo.jpg"):
    assert send(client, case, (name, body)).status_code == 302
    return documents_of(case, keys=world.keys("amina"))[0]


def pictures_on(page):
    return re.findall(r'<img src="([^"]+)"', page.content.decode())


def look_at(client, case, ref, purpose="check", **more):
    return client.post(at("document_open", case, ref), {"purpose": purpose, **more})


def take(client, case, ref, which="original", **more):
    return client.post(
        at("document_take", case, ref), {"which": which, "purpose": "refer", "known": "on", **more}
    )


# -- kept as it came ---------------------------------------------------------------------------------------------------


def test_the_original_comes_back_byte_by_byte_with_its_hash(world, amina_s, case):
    body = photo()
    answer = send(amina_s, case, ("IMG_0007.JPG", body))
    one = only(world, case)
    assert answer.url == at("document_describe", case, one.ref)
    page = amina_s.get(at("document", case, one.ref)).content.decode()
    assert hashlib.sha256(body).hexdigest() in page
    assert "<img" not in page, "nothing is shown before somebody says what for"
    taken = take(amina_s, case, one.ref)
    assert taken.content == body
    assert taken["Content-Type"] == "application/octet-stream"
    assert taken["Content-Disposition"].startswith('attachment; filename="original-')
    assert "IMG_0007" not in taken["Content-Disposition"], "a name may tell who it is"


@pytest.mark.parametrize("size", [1, 16 * 1024 - 8, 256 * 1024 - 8, 256 * 1024 - 7, 700_001])
def test_every_size_comes_back_whole(world, case, size):
    keys = world.keys("amina")
    body = bytes(i % 251 for i in range(size))
    ref = vault.keep_attachment(keys=keys, file=case.file_id, body=body)
    assert content_of(keys=world.keys("bakyt"), file=case.file_id, attachment=ref) == body
    assert content_of(keys=world.keys("cholpon"), file=case.file_id, attachment=ref) is None
    assert content_of(keys=None, file=case.file_id, attachment=ref) is None


def test_the_table_tells_a_size_in_steps_only(world, case):
    keys = world.keys("amina")
    for size in (100, 10_000):
        vault.keep_attachment(keys=keys, file=case.file_id, body=b"x" * size)
    sizes = {len(bytes(one.sealed)) for one in Chunk.objects.all()}
    assert len(sizes) == 1


def test_pieces_that_were_cut_off_moved_or_swapped_do_not_open(world, case):
    keys = world.keys("amina")
    first, second = (
        vault.keep_attachment(keys=keys, file=case.file_id, body=letter * 600_000) for letter in (b"a", b"b")
    )
    other = cases.open_case(keys=keys, by=world.staff["amina"], at=timezone.now(), language="ru", identity={})
    # The same half elsewhere: what is bound must do it alone.
    shred_store.put(HALF_OF_ATTACHMENT, moved := uuid4(), shred_store.get(HALF_OF_ATTACHMENT, first))

    def opens(attachment=first, file=case.file_id):
        return content_of(keys=world.keys("amina"), file=file, attachment=attachment) is not None

    pieces = list(Chunk.objects.filter(attachment=first).order_by("number"))
    assert len(pieces) == 3 and opens() and opens(second)
    Chunk.objects.bulk_create(
        Chunk(file_id=other.file_id, attachment=first, number=p.number, sealed=p.sealed) for p in pieces
    )
    assert not opens(file=other.file_id), "moved to another file"
    Chunk.objects.bulk_create(
        Chunk(file_id=case.file_id, attachment=moved, number=p.number, sealed=p.sealed) for p in pieces
    )
    assert not opens(moved), "moved to another attachment"
    own = Chunk.objects.filter(file=case.file_id, attachment=first)
    one, two = (bytes(own.get(number=n).sealed) for n in (0, 1))
    own.filter(number=0).update(sealed=two), own.filter(number=1).update(sealed=one)
    assert not opens(), "put in another order"
    own.filter(number=0).update(sealed=one), own.filter(number=1).update(sealed=two)
    assert opens()
    theirs = bytes(Chunk.objects.get(attachment=second, number=1).sealed)
    own.filter(number=1).update(sealed=theirs)
    assert not opens(), "a piece of another attachment"
    own.filter(number=1).update(sealed=two)
    last = own.get(number=2)
    last.delete()
    assert not opens(), "the end cut off"
    own.filter(number=0).delete()
    assert not opens(), "the beginning cut off"


def test_the_same_content_twice_is_kept_once_and_said(world, amina_s, case):
    body = photo()
    one = put(world, amina_s, case, body)
    answer = send(amina_s, case, ("another-name.jpg", body))
    assert answer.url == at("document", case, one.ref)
    assert "It was not kept twice" in amina_s.get(answer.url).content.decode()
    assert only(world, case).ref == one.ref


def test_several_at_once_and_one_that_is_empty_takes_no_other_with_it(world, amina_s, case):
    answer = send(amina_s, case, ("a.jpg", photo()), ("empty.pdf", b""), ("b.pdf", contract()))
    assert answer.status_code == 422
    assert "it has no bytes" in answer.content.decode()
    assert {one.v["kind"] for one in documents_of(case, keys=world.keys("amina"))} == {"picture", "pdf"}


def test_nothing_chosen_is_said(amina_s, case):
    answer = amina_s.post(at("document_add", case), {})
    assert answer.status_code == 422 and "Choose at least one file." in answer.content.decode()


def test_a_script_gets_a_short_answer(world, amina_s, case):
    sent = send(amina_s, case, ("a.jpg", photo()), headers={"X-Upload": "1"})
    assert sent.json() == {"href": at("document_describe", case, only(world, case).ref), "known": False}
    refused = send(amina_s, case, ("a.jpg", b""), headers={"X-Upload": "1"})
    assert refused.status_code == 422 and "no bytes" in refused.json()["text"]


WRITTEN = []


def watch_files(event, args):
    """An audit hook of Python: every file that this process opens to write, while somebody watches."""
    # A number is a pipe that is open already.
    if event == "open" and WRITTEN and not isinstance(args[0], int) and args[2] & (os.O_WRONLY | os.O_RDWR):
        WRITTEN.append(str(args[0]))


sys.addaudithook(watch_files)


@pytest.mark.parametrize("careless", [False, True])
def test_nothing_is_written_to_a_file_on_the_way(amina_s, case, settings, careless):
    """With Django's usual handler for uploads, as a control, it would be."""
    if careless:
        settings.FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
    WRITTEN.append("begin")
    try:
        there = send(amina_s, case, ("photo.jpg", photo((3000, 2000), quality=98))).url
        one = there.rsplit("/", 3)[1]
        (address,) = pictures_on(look_at(amina_s, case, one))
        assert amina_s.get(address).status_code == 200
        assert take(amina_s, case, one).status_code == take(amina_s, case, one, "copy").status_code == 200
        written = WRITTEN[1:]
    finally:
        WRITTEN.clear()
    ours = [name for name in written if name != os.devnull]
    assert bool(ours) == careless, ours


# -- limits ------------------------------------------------------------------------------------------------------------


def test_twenty_five_megabytes_are_kept_and_one_byte_more_is_refused(world, amina_s, case):
    body = b"\x00" * (25 * MB)
    assert send(amina_s, case, ("recording.bin", body)).status_code == 302
    one = only(world, case)
    assert one.v["size"] == 25 * MB
    assert hashlib.sha256(take(amina_s, case, one.ref).content).hexdigest() == one.v["sha256"]
    more = send(amina_s, case, ("recording.bin", body + b"\x01"))
    assert more.status_code == 422 and "more than 25 MB" in more.content.decode()
    assert only(world, case).ref == one.ref


class Announced(io.RawIOBase):
    """A browser that says it sends 200 MB, and counts what is taken from it."""

    def __init__(self):
        self.taken, self.largest = 0, 0

    def read(self, size=-1):
        assert size > 0, "all of it was asked for at once"
        self.largest = max(self.largest, size)
        self.taken += size
        return b"x" * size


@pytest.mark.parametrize("who", ["amina", None])
def test_two_hundred_megabytes_are_refused_by_what_they_announce(world, case, who):
    body = Announced()
    client = world.client(who)
    answer = client.generic(
        "POST", at("document_add", case), b"", "multipart/form-data; boundary=x",
        **{"CONTENT_LENGTH": str(200 * MB), "wsgi.input": body},
    )  # fmt: skip
    assert answer.status_code == 413
    assert "At most 25 MB" in answer.content.decode() and "не больше 25" in answer.content.decode()
    assert body.taken <= 64 * MB and body.largest <= 64 * 1024


def test_a_closed_case_takes_nothing_in(world, amina_s, case):
    one = put(world, amina_s, case, photo())
    Case.objects.filter(pk=case.pk).update(
        state="closed", closed_at=timezone.now(), closed_by=world.staff["amina"]
    )
    refused = send(amina_s, case, ("b.pdf", contract()))
    assert refused.status_code == 422 and "This case is closed." in refused.content.decode()
    assert pictures_on(look_at(amina_s, case, one.ref))


# -- looking at it -----------------------------------------------------------------------------------------------------


def test_what_is_shown_knows_no_place_no_telephone_and_stands_upright(world, amina_s, case):
    body = photo()
    assert PLACE in body and b"Practice remark" in body, "a photograph that tells"
    one = put(world, amina_s, case, body)
    assert (one.v["width"], one.v["height"]) == (480, 640), "upright as the telephone was held"
    page = look_at(amina_s, case, one.ref)
    (address,) = pictures_on(page)
    shown = amina_s.get(address.replace("&amp;", "&"))
    assert shown["Content-Type"] == "image/jpeg"
    for picture in (shown, take(amina_s, case, one.ref, "copy")):
        drawn = Image.open(io.BytesIO(picture.content))
        assert drawn.size == (480, 640)
        assert not drawn.getexif() and not drawn.info.keys() & {"exif", "icc_profile", "comment", "xmp"}
        assert PLACE not in picture.content and b"remark" not in picture.content


def test_what_is_shown_is_guarded_and_stored_nowhere(world, amina_s, case):
    one = put(world, amina_s, case, photo())
    (address,) = pictures_on(look_at(amina_s, case, one.ref))
    for answer in (amina_s.get(address), take(amina_s, case, one.ref), take(amina_s, case, one.ref, "copy")):
        assert answer["Cache-Control"] == "no-store"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
        assert re.fullmatch(r'(inline|attachment); filename="[a-z0-9-]+\.jpg"', answer["Content-Disposition"])


def test_opening_asks_what_for_and_stands_in_the_history(world, amina_s, case):
    one = put(world, amina_s, case, photo())
    assert look_at(amina_s, case, one.ref, "curious").status_code == 302
    assert not Entry.objects.filter(event="cases:document:shown").exists()
    look_at(amina_s, case, one.ref, "documents")
    entry = Entry.objects.get(event="cases:document:shown")
    assert (entry.facts["purpose"], entry.facts["attachment"]) == ("documents", str(one.ref))
    page = amina_s.get(at("document", case, one.ref)).content.decode()
    assert "Amina looked at a photo or document." in page and "For papers" in page
    take(amina_s, case, one.ref)
    assert "Amina exported the original" in amina_s.get(at("document", case, one.ref)).content.decode()


def test_a_picture_s_address_works_for_her_who_opened_it_and_for_ten_minutes(
    world, amina_s, case, monkeypatch
):
    one, two = put(world, amina_s, case, photo()), put(world, amina_s, case, photo((64, 48)))
    (address,) = pictures_on(look_at(amina_s, case, one.ref))
    assert amina_s.get(address).status_code == 200
    assert world.client("bakyt").get(address).status_code == 404, "another colleague's opening"
    assert world.client("amina").get(address).status_code == 404, "another session"
    assert amina_s.get(address.replace(str(one.ref), str(two.ref))).status_code == 404, "another picture"
    assert amina_s.get(at("document_seen", case, one.ref, "x:y")).status_code == 404
    real = __import__("time").time()
    monkeypatch.setattr("django.core.signing.time.time", lambda: real + 601)
    assert amina_s.get(address).status_code == 404


def test_pages_of_a_document_are_shown_a_few_at_a_time(world, amina_s, case):
    one = put(world, amina_s, case, contract(6), "contract.pdf")
    assert one.v["pages"] == 6
    page = look_at(amina_s, case, one.ref)
    assert len(pictures_on(page)) == 4 and "Next pages" in page.content.decode()
    rest = look_at(amina_s, case, one.ref, page="5")
    assert [a[-6:] for a in pictures_on(rest)] == ["page=5", "page=6"]
    drawn = amina_s.get(pictures_on(rest)[1])
    assert drawn.status_code == 200 and Image.open(io.BytesIO(drawn.content)).height == 1600


def test_a_text_is_shown_as_letters_whatever_it_says(world, amina_s, case):
    evil = "<svg onload=alert(1)><script>alert('Practice')</script>"
    one = put(world, amina_s, case, evil.encode(), "letter.html")
    page = look_at(amina_s, case, one.ref).content.decode()
    assert "&lt;script&gt;alert" in page and "<script>alert" not in page
    assert take(amina_s, case, one.ref)["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize(("letters", "goes_on"), [(100_000, False), (100_001, True)])
def test_where_only_the_beginning_of_a_long_text_is_shown_it_says_so(world, amina_s, case, letters, goes_on):
    one = put(world, amina_s, case, ("ы" * letters).encode(), "letter.txt")
    page = look_at(amina_s, case, one.ref).content.decode()
    assert ("the text goes on" in page) is goes_on
    assert "ы" * 100_000 in page


def test_a_picture_that_is_a_page_too_is_drawn_and_its_page_is_gone(world, amina_s, case):
    one = put(world, amina_s, case, photo() + b"<html><script>alert(1)</script></html>", "both.svg")
    (address,) = pictures_on(look_at(amina_s, case, one.ref))
    shown = amina_s.get(address)
    assert shown["Content-Type"] == "image/jpeg" and b"script" not in shown.content


CANNOT = {
    "bomb": (bomb, "more memory than is safe"),
    "cut": (lambda: photo((900, 900))[:4000], "damaged"),
    "misnamed": (lambda: b"MZ\x90\x00" + bytes(range(256)) * 9, "This kind of file cannot be shown"),
    "only a head": (lambda: b"\xff\xd8\xff\xe0" + b"0" * 500, "damaged"),
    "a broken PDF": (lambda: b"%PDF-1.7\n<html>hello</html>", "damaged"),
    "with a password": (lambda: contract(1, encrypt="practice"), "password of its own"),
    "of an iPhone": (lambda: b"\x00\x00\x00\x18ftypheic" + b"\x00" * 99, "This kind of file cannot be shown"),
}


@pytest.mark.parametrize("what", CANNOT)
def test_what_cannot_be_shown_is_said_and_kept_all_the_same(world, amina_s, case, what):
    made, sentence = CANNOT[what]
    body = made()
    one = put(world, amina_s, case, body, "photo.jpg")
    page = amina_s.get(at("document", case, one.ref)).content.decode()
    assert sentence in page and "Look at it" not in page
    assert look_at(amina_s, case, one.ref).status_code == 302
    assert take(amina_s, case, one.ref, "copy").status_code == 422
    assert take(amina_s, case, one.ref).content == body


def test_what_draws_for_too_long_is_ended():
    body = endless()
    assert image_sandbox.render(contract(1), file_type_of(contract(1))).pages == 1
    with pytest.raises(image_sandbox.CannotRender) as ended:
        image_sandbox.render(body, file_type_of(body), seconds=3.0)
    assert ended.value.why == "too-long"


def test_the_process_that_draws_can_open_nothing_and_start_nothing():
    tried = """
import os, socket, sys
sys.argv = ["x"]
exec(compile(open({worker!r}).read().replace('if __name__', 'if None and __name__'), "worker", "exec"))
warm_up(with_pages=False)
sys.path.insert(0, {source!r})
from panah.ground.kit.process_limits import give_up_everything
give_up_everything(memory=MEMORY, cpu_seconds=CPU_SECONDS)
out = []
for name, act in (("read", lambda: open("/etc/passwd")), ("write", lambda: open("/tmp/panah-x", "w")),
                  ("call", lambda: socket.socket()), ("fill", lambda: bytearray(2 * MEMORY))):
    try:
        act()
    except (OSError, MemoryError):
        continue
    out.append(name)
os.write(1, repr(out).encode())
"""
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-I", "-c", tried.format(worker=str(image_sandbox.WORKER), source=str(image_sandbox.WORKER.parents[2]))],
        stdout=subprocess.PIPE, check=True, cwd="/",
    )  # fmt: skip
    assert done.stdout == b"[]"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("<img src=x onerror=alert(1)>.jpg", "&lt;img src=x onerror=alert(1)&gt;.jpg"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ('a"; filename="b.html', "b.html"),
        ("Фото " + "я" * 300 + ".jpg", "Фото яяя"),
    ],
)
def test_a_hostile_name_is_only_letters(world, amina_s, case, name, shown):
    one = put(world, amina_s, case, photo(), name)
    assert shown in amina_s.get(at("document", case, one.ref)).content.decode()
    taken = take(amina_s, case, one.ref)["Content-Disposition"]
    assert re.fullmatch(r'attachment; filename="original-[0-9a-f]{8}\.jpg"', taken)


def test_kinds_are_told_by_content():
    def packed(*names):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name in names:
                archive.writestr(name, b"")
        return out.getvalue()

    for body, kind in (
        (b"RIFF0000WAVE", "wav"), (b"RIFF0000WEBPVP8 ", "webp"), (b"RIFFxxxx????", "other"),
        (b"OggS\x00", "ogg"), (b"\x00\x00\x00\x20ftypM4A ", "m4a"), (b"\x00\x00\x00\x20ftypisom", "mp4"),
        (packed("[Content_Types].xml", "word/document.xml"), "docx"), (packed("xl/a"), "xlsx"),
        (packed("mimetype", "content.xml"), "odf"), (packed("a.txt"), "zip"), (b"PK\x03\x04zzz", "other"),
        ("Договор".encode(), "text"), ("Договор на работу".encode("cp1251"), "text"),
        ("Договор".encode("utf-16"), "text"), (("я" * 40_000).encode(), "text"), (b"\x00\x01", "other"),
        (bytes(range(128, 256)), "other"), (b"x" + "я".encode() * 40_000, "text"),
    ):  # fmt: skip
        assert file_type_of(body).type == kind, body[:20]


# -- what it is, and how it came ---------------------------------------------------------------------------------------

SAID = {"what": "The contract, first page", "whence": "person", "giver": "brought by hand", "on": "phone",
        "received_0": "24", "received_1": "11", "received_2": "2026", "custody": "The paper stays with her"}  # fmt: skip


def test_what_it_is_is_written_and_what_was_written_before_stays(world, amina_s, case):
    one = put(world, amina_s, case, photo())
    there = at("document_describe", case, one.ref)
    first = {**SAID, "seen": seen_on(amina_s.get(there))}
    assert amina_s.post(there, first).status_code == 302
    page = amina_s.get(at("document", case, one.ref)).content.decode()
    assert "The contract, first page" in page and "the person, brought by hand" in page
    stale = amina_s.post(there, {**first, "what": "Another"})
    assert stale.status_code == 422 and "Another" in stale.content.decode(), "what was typed is still there"
    assert "What is there now: The contract, first page" in stale.content.decode()
    amina_s.post(there, {**SAID, "what": "Only a draft of it", "seen": seen_on(stale)})
    page = amina_s.get(at("document", case, one.ref)).content.decode()
    assert "Only a draft of it" in page and "The contract, first page" in page and "changed by Amina" in page
    listed = amina_s.get(at("documents", case)).content.decode()
    assert "Only a draft of it" in listed and "<img" not in listed


# -- destroying --------------------------------------------------------------------------------------------------------


def test_what_is_destroyed_leaves_its_hash_and_a_reason(
    world, amina_s, case, django_capture_on_commit_callbacks
):
    one = put(world, amina_s, case, photo(), "IMG_of_her.jpg")
    amina_s.post(at("document_describe", case, one.ref), SAID)
    there = at("document_destroy", case, one.ref)
    asked = amina_s.post(there, {"reason": "She asked for it"})
    assert asked.status_code == 422 and "She asked for it" in asked.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert amina_s.post(there, {"reason": "She asked for it", "sure": "on"}).status_code == 302
    assert not Chunk.objects.exists() and shred_store.get(HALF_OF_ATTACHMENT, one.ref) is None
    page = amina_s.get(at("document", case, one.ref)).content.decode()
    assert "She asked for it" in page and one.v["sha256"] in page
    assert "IMG_of_her" not in page and SAID["what"] not in page
    for answer in (take(amina_s, case, one.ref), amina_s.post(there, {"reason": "again", "sure": "on"})):
        assert answer.status_code == 422 and "was destroyed" in answer.content.decode()
    assert look_at(amina_s, case, one.ref).status_code == 302
    again = put(world, amina_s, case, photo())
    assert again.ref != one.ref, "what was destroyed may come again"


def test_only_the_holder_or_a_focal_point_destroys(world, amina_s, case):
    one = put(world, amina_s, case, photo())
    cases.let_in(keys=world.keys("amina"), case=case, colleague=world.staff["cholpon"], at=timezone.now())
    cholpon_s = world.client("cholpon")
    assert "Destroy it" not in cholpon_s.get(at("document", case, one.ref)).content.decode()
    refused = cholpon_s.post(at("document_destroy", case, one.ref), {"reason": "x", "sure": "on"})
    assert refused.status_code == 422 and Chunk.objects.exists()
    assert pictures_on(look_at(cholpon_s, case, one.ref)), "whoever was let in may look"


def test_erasing_the_case_takes_everything_of_it(world, amina_s, case):
    one = put(world, amina_s, case, photo())
    vault.erase(keys=world.keys("amina"), file=case.file_id, at=timezone.now())
    assert not Chunk.objects.exists() and shred_store.get(HALF_OF_ATTACHMENT, one.ref) is None


def test_a_half_whose_content_never_came_is_swept(world, case):
    shred_store.put(HALF_OF_ATTACHMENT, lost := uuid4(), b"x" * 32)
    now = timezone.now()
    assert vault.sweep_orphans(at=now) == 0
    assert vault.sweep_orphans(at=now + timedelta(days=13, hours=1)) == 1
    assert shred_store.get(HALF_OF_ATTACHMENT, lost) is None


def test_what_somebody_destroyed_when_the_node_stopped_is_gone_by_the_next_morning(world, amina_s, case):
    """The promise of fourteen days counts from her press, not from when it is noticed that nothing needs it."""
    put(world, amina_s, case, photo())
    (attachment,) = attachments_of(case.file_id)
    # What follows the commit never comes here: the test is one transaction, as a node that stops.
    vault.destroy_attachment(keys=world.keys("amina"), file=case.file_id, attachment=attachment)
    assert shred_store.get(HALF_OF_ATTACHMENT, attachment), "control"
    vault.sweep_orphans(at=timezone.now() + timedelta(hours=6))
    assert shred_store.get(HALF_OF_ATTACHMENT, attachment) is None


# -- others ------------------------------------------------------------------------------------------------------------

PAGES = ("document", "document_open", "document_describe", "document_take", "document_destroy")


@pytest.mark.parametrize("who", ["cholpon", "daler", "elena"])
def test_others_get_404_for_it_as_for_none(world, amina_s, case, who):
    one = put(world, amina_s, case, photo())
    (address,) = pictures_on(look_at(amina_s, case, one.ref))
    client = world.client(who)
    for there in [address, *(at(name, case, one.ref) for name in PAGES), at("documents", case)]:
        for ask in (client.get, client.post):
            assert ask(there).status_code in (404, 405), there
    assert send(client, case, ("a.jpg", photo((9, 9)))).status_code == 404
    assert only(world, case).ref == one.ref


def test_another_case_s_document_is_not_here(world, amina_s, case):
    one = put(world, amina_s, case, photo())
    other = cases.open_case(
        keys=world.keys("amina"), by=world.staff["amina"], at=timezone.now(), language="ru", identity={}
    )
    for name in PAGES:
        assert amina_s.post(at(name, other, one.ref), {"purpose": "check"}).status_code in (404, 405)


def test_a_locked_vault_keeps_nothing_and_says_so(world, case):
    client = world.client("amina", open_vault=False)
    answer = send(client, case, ("a.jpg", photo()))
    assert answer.status_code == 423 and "A chosen file cannot wait here." in answer.content.decode()
    assert not Chunk.objects.exists()
