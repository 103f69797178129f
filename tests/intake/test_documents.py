"""Documents, tables and map data are let in by what they are, whole and without programs."""

import io
import struct
import zlib

import pytest

from intake import ACCEPT, ALLOWED, Refused, archive, check
from tests.intake.sendable import (
    MAIN,
    ODF,
    TYPES,
    image,
    office,
    office_parts,
    open_document_parts,
    pdf,
    zipped,
)

OFFICE = ["docx", "xlsx", "pptx", "odt", "ods", "odp"]
SCRIPT = b"<script>alert(1)</script>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
POINT = b'{"type": "Point", "coordinates": [119.68, 30.64]}'


def taken(name, content):
    return check(name, io.BytesIO(content))


def refusal(name, content):
    with pytest.raises(Refused) as refused:
        taken(name, content)
    return str(refused.value)


# What is taken


@pytest.mark.parametrize("ending", OFFICE)
def test_an_office_document_is_kept_as_it_is(ending):
    content = office(ending)
    checked = taken(f"a.{ending}", content)
    assert checked.content == content
    assert checked.media_type.startswith("application/vnd.o")
    assert checked.width is checked.height is None


RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"


def of_sdk(ending, relation=RELATION):
    """As the Open XML SDK writes it: the type of the main part stands with its ending."""
    path, main_type = MAIN[ending]
    types = (
        f'<Types xmlns="{TYPES}"><Default Extension="xml" ContentType="{main_type}"/>'
        '<Override PartName="/docProps/app.xml" ContentType="application/xml"/></Types>'
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="R1" Type="{relation}" Target="/{path}"/></Relationships>'
    )
    parts = {"[Content_Types].xml": types, "_rels/.rels": relations, path: "<document/>"}
    return parts | {"docProps/app.xml": "<app/>"}


@pytest.mark.parametrize("ending", MAIN)
@pytest.mark.parametrize("relation", [RELATION, STRICT])
def test_the_main_part_may_have_its_type_from_its_ending(ending, relation):
    assert taken(f"a.{ending}", zipped(of_sdk(ending, relation)))
    lost = of_sdk(ending, relation)
    del lost[MAIN[ending][0]]
    refusal(f"a.{ending}", zipped(lost))
    for other in MAIN.keys() - {ending}:
        refusal(f"a.{other}", zipped(of_sdk(ending, relation)))


def test_a_pdf_is_kept_as_it_is():
    assert taken("a.pdf", pdf()).content == pdf()
    assert taken("a.pdf", pdf() + b"\r\n \n").media_type == "application/pdf"


def objects(body, head=b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", pack=zlib.compress):
    """A packed stream of objects, as in most PDFs of today."""
    data = pack(b"2 0 " + body)
    return b"3 0 obj\n<< %s >>\nstream\r\n%s\nendstream\nendobj\n" % (head, data)


PAGE = b"<< /Type /Page >>"
SOI = b"\xff\xd8\xff\xe0 an image"
OPENS = b"<< /S /JavaScript /JS (app.alert(1)) >>"
LIKE_AN_IMAGE = b"/Type /XObject /Subtype /Image /Filter /FlateDecode"
IN_HEX = b"/Type /Obj#53tm /N 1 /First 4 /Filter /ASCIIHexDecode"
MIXED = b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /DecodeParms << /Predictor 12 >>"


@pytest.mark.parametrize(
    "body",
    [
        OPENS,
        b"<< /OpenAction << /S /J#61vaScript /J#53 5 0 R >> >>",
        b"<< /S /Launch /F (cmd.exe) >>",
        b"<< /AcroForm << /XFA [ ] >> >>",
        b"<< /Names << /EmbeddedFiles 5 0 R >> >>",
        b"<< /Type /Filespec /EF << /F 5 0 R >> >>",
        b"<< /Subtype /RichMedia >>",
        objects(OPENS),
        objects(PAGE) + objects(b"<< /S /#4aavaScript >>"),
        objects(OPENS, LIKE_AN_IMAGE),
        objects(PAGE, IN_HEX, lambda data: data.hex().encode()),
        objects(PAGE, MIXED, lambda data: zlib.compress(b"\2" + data)),
        objects(OPENS, pack=lambda data: zlib.compress(data)[:-4] + b"\0\0\0\0"),
        objects(OPENS, pack=lambda data: zlib.compress(b"%% hidden\n+2 0 " + data)),
        objects(b" " * 50_000_000),
    ],
)
def test_a_pdf_with_a_program_is_taken_and_known(body):
    checked = taken("a.pdf", pdf(body))
    assert checked.has_program
    assert checked.content == pdf(body)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        PAGE,
        b"<< /Title (JavaScript and /Launching) /First 5 0 R >>",
        objects(PAGE),
        objects(PAGE) + objects(b"", LIKE_AN_IMAGE.replace(b"Flate", b"DCT"), lambda data: SOI),
        objects(b"0 0 1 rg", b"/Filter /FlateDecode"),
    ],
)
def test_a_pdf_without_programs_is_shown(body):
    assert not taken("a.pdf", pdf(body)).has_program


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "城市,面积\n安吉,1886\n", "<5 m,2\n", "\ufeffa;b"])
def test_a_table_is_kept_as_it_is(text):
    assert taken("a.csv", text.encode()).content == text.encode()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_text_in_utf_16_is_kept_as_utf_8(encoding):
    mark = b"" if encoding == "utf-16" else b"\xfe\xff"
    checked = taken("a.txt", mark + "安吉 — été".encode(encoding))
    assert checked.content.decode("utf-8-sig") == "安吉 — été"


@pytest.mark.parametrize(
    "data",
    [
        POINT,
        b'{"type": "FeatureCollection", "features": []}',
        b'{"type": "Feature", "geometry": null, "properties": null}',
    ],
)
def test_map_data_are_kept(data):
    assert taken("a.geojson", data).media_type == "application/geo+json"


def test_every_ending_of_the_table_can_be_chosen_in_a_form():
    assert set(ACCEPT.split(",")) == {f".{e}" for kind in ALLOWED for e in kind.endings}


# How large


def test_a_file_is_as_large_as_the_limit_at_most(settings):
    settings.UPLOAD_MAX_BYTES = 100
    assert taken("a.txt", b"x" * 100)
    assert "100" in refusal("a.txt", b"x" * 101)


def test_no_more_is_read_than_the_limit_and_a_byte(settings):
    settings.UPLOAD_MAX_BYTES = 1_000

    class Endless(io.RawIOBase):
        given = 0

        def read(self, size=-1):
            assert 0 < size <= 1_001 - self.given
            self.given += min(size, 300)
            return b"x" * min(size, 300)

    file = Endless()
    with pytest.raises(Refused):
        check("a.txt", file)
    assert file.given == 1_001


def test_an_empty_file_is_refused():
    assert "empty" in refusal("a.pdf", b"")


# What is not taken


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("a.svg", "PNG or PDF"),
        ("a.html", "PDF"),
        ("a.docm", "without macros"),
        ("a.xlsm", "without macros"),
        ("a.doc", ".docx"),
        ("a.zip", "one by one"),
        ("a.gif", "JPEG or PNG"),
        ("a.json", ".geojson"),
        ("a.mp4", "link"),
        ("a.exe", ".pdf, .docx"),
        ("a.pdf.exe", ".pdf, .docx"),
        ("evil\u202efdp.exe", ".pdf, .docx"),
        ("a.js", ".pdf, .docx"),
        ("a", "no ending"),
        ("NUL", "no ending"),
    ],
)
def test_what_is_not_taken_says_what_to_do(name, advice):
    assert advice in refusal(name, pdf())


@pytest.mark.parametrize("ending", ["pdf", *OFFICE, "csv", "txt", "geojson", "png", "jpg", "webp"])
@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\0\x03" + b"\0" * 60,
        b"\x7fELF\x02\x01\x01\0",
        b"<html>" + SCRIPT,
        b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>",
        b" \n<!DOCTYPE html>" + SCRIPT,
        b"\xef\xbb\xbf<svg onload='alert(1)'/>",
        b"#!/bin/sh\necho\n",
        b"%PDF-1.7",
        OLE,
        zipped({"run.js": "alert(1)"}),
    ],
    ids=["exe", "elf", "html", "svg", "doctype", "svg-bom", "shell", "pdf-start", "ole", "zip"],
)
def test_a_wrong_content_is_refused_under_every_name(ending, content):
    refusal(f"a.{ending}", content)


@pytest.mark.parametrize("other", ["docx", "xlsx", "ods", "odt"])
def test_an_office_document_under_the_name_of_another_is_refused(other):
    for ending in set(OFFICE) - {other}:
        assert ending in refusal(f"a.{ending}", office(other))


def boxed(brand, *others):
    """The start of a picture or a film in the container that many formats share."""
    brands = brand + b"\0\0\0\0" + b"".join(others)
    return struct.pack(">L", len(brands) + 8) + b"ftyp" + brands + b"\0" * 200


@pytest.mark.parametrize(
    ("content", "what", "advice"),
    [
        (boxed(b"heic", b"mif1", b"heic"), "a HEIC photograph", "as JPEG or PNG"),
        (boxed(b"mif1", b"mif1", b"heix"), "a HEIC photograph", "as JPEG or PNG"),
        (boxed(b"msf1"), "a HEIF image", "as JPEG or PNG"),
        (boxed(b"avif", b"mif1", b"miaf"), "an AVIF image", "as JPEG or PNG"),
        (boxed(b"mif1", b"avif"), "an AVIF image", "as JPEG or PNG"),
        (boxed(b"isom", b"mp42"), "a film", "give its link"),
        (boxed(b"qt  "), "a film", "give its link"),
        (boxed(b"M4A "), "a sound recording", "give its link"),
        (b"\0\0\0\x0cJXL \r\n\x87\n" + b"x" * 50, "a JPEG XL image", "as JPEG or PNG"),
        (b"\xff\x0a" + b"\xfa" * 50, "a JPEG XL image", "as JPEG or PNG"),
        (b"II*\0" + b"\xfa" * 50, "a TIFF image", "as JPEG or PNG"),
        (b"BM" + struct.pack("<L", 40) + b"\xfa" * 34, "a BMP image", "as JPEG or PNG"),
        (b"GIF89a" + b"\xfa" * 50, "a GIF image", "as JPEG or PNG"),
        (image("WEBP"), "a WebP image", "ending .webp"),
        (b"<?xml version='1.0'?>\n<svg xmlns='x'/>", "an SVG drawing", "PNG or PDF"),
        (b"<!DOCTYPE html><p>", "a web page", "as PDF"),
        (pdf(), "a PDF document", "ending .pdf"),
        (zipped({"a": "b"}), "an archive", "one by one"),
        (zipped({"xl/workbook.xml": "x"}), "an Excel workbook", "ending .xlsx"),
        (office("odt"), "an OpenDocument text", "ending .odt"),
        (OLE, "an Office file of before 2007", ".docx, .xlsx"),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else "",
)
def test_a_file_under_another_name_is_told_what_it_is(content, what, advice):
    for name in ("photo.jpg", "plan.docx", "table.csv"):
        message = refusal(name, content)
        assert f"not what its ending .{name.split('.')[1]} says: it is {what}" in message
        assert advice in message


def test_a_text_in_another_encoding_is_taken_for_nothing_else():
    for start in ("ID3", "BM", "BZh", "RIFF", "OggS"):
        assert "UTF-8" in refusal("a.csv", f"{start};Zürich\n1;2\n".encode("cp1252"))


# Two kinds in one file


@pytest.mark.parametrize(
    "content",
    [
        SCRIPT + pdf(),
        b"\n" + pdf(),
        pdf() + SCRIPT,
        pdf() + zipped({"a": "b"}),
        pdf() + zipped({"a": "b"}, comment=b"startxref\n9\n%%EOF\n"),
        pdf() + SCRIPT + b"%%EOF\n",
        pdf() + SCRIPT + b"startxref\n0\n%%EOF\n",
        pdf()[:-7],
        b"%PDF-1.7\n%%EOF\n",
        b"%PDF-" + SCRIPT + b"\nstartxref\n0\n%%EOF",
        pdf().replace(b"startxref\n", b"startxref\n9999999"),
    ],
)
def test_a_pdf_is_nothing_else_besides(content):
    assert ".pdf" in refusal("a.pdf", content)


def test_a_zip_that_ends_like_a_pdf_is_none():
    whole = pdf()
    table = whole.index(b"xref\n")
    end = b"startxref\n%d\n%%%%EOF\n" % table
    assert taken("a.pdf", whole + end)
    assert refusal("a.pdf", whole + zipped({"a": "b"}, comment=end))


@pytest.mark.parametrize("ending", OFFICE)
def test_an_office_document_is_nothing_else_besides(ending):
    content = office(ending)
    for mixed in (SCRIPT + content, pdf() + content, content + SCRIPT, content + b"\0"):
        assert ending in refusal(f"a.{ending}", mixed)


def test_nothing_lies_between_the_parts_of_a_zip():
    content = office("docx")
    second = content.index(b"PK\x03\x04", 4)
    mixed = content[:second] + SCRIPT * 5 + content[second:]
    moved = len(SCRIPT * 5)
    directory = mixed.index(b"PK\x01\x02")
    entry = mixed.index(b"PK\x01\x02", directory + 4)
    mixed = bytearray(mixed)
    mixed[entry + 42 : entry + 46] = struct.pack("<L", second + moved)
    mixed[-6:-2] = struct.pack("<L", directory)
    refusal("a.docx", bytes(mixed))


# ZIP files that lie


def with_size(content, size):
    """The last entry of the directory claims another size unpacked, and so does the part."""
    lying = bytearray(content)
    entry = lying.rindex(b"PK\x01\x02")
    lying[entry + 24 : entry + 28] = struct.pack("<L", size)
    start = struct.unpack("<L", lying[entry + 42 : entry + 46])[0]
    lying[start + 22 : start + 26] = struct.pack("<L", size)
    return bytes(lying)


def test_a_part_that_says_it_is_small_is_not_unpacked_further(monkeypatch):
    bomb = office("docx", **{"word/media/a.bin": b"\0" * 30_000_000})
    read = []
    real = archive.pieces_of_deflated

    def counted(packed):
        for piece in real(packed):
            read.append(len(piece))
            yield piece

    monkeypatch.setitem(archive.UNPACKED, 8, counted)
    refusal("a.docx", with_size(bomb, 1_000))
    assert sum(read) < 3_000_000


def test_a_part_that_says_it_is_larger_than_it_is_is_refused():
    refusal("a.docx", with_size(office("docx", **{"a.bin": b"x" * 100}), 1_000))


def test_what_says_that_it_unpacks_to_gigabytes_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(archive, "UNPACKED", {})
    content = office("docx", **{"a.bin": b"x"})
    assert "unpacked" in refusal("a.docx", with_size(content, 4_000_000_000))


def test_too_many_parts_are_refused():
    many = {f"word/{number}.xml": "" for number in range(5_001)}
    assert "unpacked" in refusal("a.docx", zipped(office_parts("docx") | many))


def test_parts_that_share_their_bytes_are_refused():
    content = bytearray(office("docx"))
    second = content.rindex(b"PK\x01\x02")
    content[second + 42 : second + 46] = b"\0\0\0\0"
    refusal("a.docx", bytes(content))


def test_a_part_with_another_name_inside_than_in_the_directory_is_refused():
    content = office("docx", **{"word/a.txt": "harmless"})
    assert taken("a.docx", content)
    refusal("a.docx", content.replace(b"word/a.txt", b"word/a.exe", 1))


def test_a_part_with_changed_bytes_is_refused():
    content = office("odt", **{"a.bin!": b"some words"})
    refusal("a.odt", content.replace(b"some words", b"same words"))


@pytest.mark.parametrize("cut", [10, 60, 200, -10])
def test_a_cut_document_is_refused(cut):
    refusal("a.xlsx", office("xlsx")[:cut])


def test_a_document_with_a_password_says_so():
    content = bytearray(office("docx"))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + place] |= 1
    assert "password" in refusal("a.docx", bytes(content))
    assert "password" in refusal("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"))
    secret = '<m:manifest xmlns:m="urn:x"><m:encryption-data/></m:manifest>'
    parts = open_document_parts("odt") | {"META-INF/manifest.xml": secret}
    assert "password" in refusal("a.odt", zipped(parts))


# Documents with programs


MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"


@pytest.mark.parametrize(
    ("ending", "more"),
    [
        ("docx", {"word/vbaProject.bin": b"x"}),
        ("docx", {"word/VBAPROJECT.BIN": b"x"}),
        ("xlsx", {"xl/macrosheets/sheet1.xml": b"<x/>"}),
        ("docx", {"word/activeX/activeX1.xml": b"<x/>"}),
        ("pptx", {"ppt/embeddings/setup.exe": b"x"}),
        ("pptx", {"ppt/embeddings/a.bin": b"MZ\x90\0"}),
        ("docx", {"word/embeddings/o.bin": OLE + "\x01Ole10Native".encode("utf-16-le")}),
        ("xlsx", {"xl/embeddings/o.bin": OLE * 3_000 + "_VBA_PROJECT".encode("utf-16-le")}),
        ("odt", {"Basic/Standard/Module1.xml": b"<x/>"}),
        ("ods", {"Scripts/python/run.py": b"x"}),
    ],
)
def test_a_document_with_a_program_is_refused(ending, more):
    message = refusal(f"a.{ending}", office(ending, **more))
    assert "macros" in message
    assert f".{ending}" in message


def test_a_document_of_the_kind_with_macros_is_refused():
    with_macros = office_parts("docx", MACRO_TYPE) | {"word/vbaProject.bin": "x"}
    assert "macros (.docm)" in refusal("a.docx", zipped(with_macros))
    template = MAIN["xlsx"][1].replace("sheet.main", "template.main")
    assert "(.xltx)" in refusal("a.xlsx", zipped(office_parts("xlsx", template)))


def test_an_embedded_workbook_is_no_program():
    embedded = {"ppt/embeddings/data.xlsx": office("xlsx"), "ppt/embeddings/o.bin": OLE}
    assert taken("a.pptx", office("pptx", **embedded))


@pytest.mark.parametrize("ending", ["docx", "odt"])
@pytest.mark.parametrize("lost", [0, 1])
def test_a_document_that_lacks_its_main_part_is_refused(ending, lost):
    parts = office_parts(ending) if ending == "docx" else open_document_parts(ending)
    del parts[list(parts)[lost]]
    refusal(f"a.{ending}", zipped(parts))


def test_the_type_of_an_open_document_is_the_first_part_and_not_packed():
    parts = open_document_parts("odt")
    packed = {"mimetype": ODF["odt"]} | {k: v for k, v in parts.items() if k != "mimetype!"}
    refusal("a.odt", zipped(packed))
    refusal("a.odt", zipped(dict(reversed(parts.items()))))


def test_a_document_type_with_entities_is_refused():
    laughs = '<!DOCTYPE x [<!ENTITY a "aaaa">]>'
    parts = office_parts("docx")
    parts["[Content_Types].xml"] = laughs + parts["[Content_Types].xml"]
    refusal("a.docx", zipped(parts))


@pytest.mark.parametrize("encoding", ["no-such-encoding", "gb18030", "hex"])
@pytest.mark.parametrize("ending", ["docx", "odt"])
def test_xml_in_an_encoding_that_is_not_known_is_refused(ending, encoding):
    parts = office_parts(ending) if ending == "docx" else open_document_parts(ending)
    part = "[Content_Types].xml" if ending == "docx" else "META-INF/manifest.xml"
    parts[part] = f"<?xml version='1.0' encoding='{encoding}'?>{parts[part]}"
    assert ending in refusal(f"a.{ending}", zipped(parts))


# Text


@pytest.mark.parametrize(
    "content",
    [
        b"a,b\x00c",
        b"a\x1bc[31m",
        b"a\x08b",
        b"\xff\xfe<\0h\0t\0m\0l\0>\0",
        b"%!PS-Adobe",
        b"{\\rtf1}",
        b"\xff\xfe\x00",
    ],
)
def test_what_is_no_plain_text_is_refused(content):
    refusal("a.csv", content)


@pytest.mark.parametrize("text", ["été".encode("latin-1"), "安吉".encode("gb18030")])
def test_text_in_another_encoding_says_how_to_save_it(text):
    assert "UTF-8" in refusal("a.csv", text)


@pytest.mark.parametrize(
    "data",
    [
        b"[]",
        b"1",
        b'{"type": "Topology", "arcs": []}',
        b'{"type": ["Point"]}',
        b'{"type": "Point"}',
        b'{"features": []}',
        b'{"type": "Point", "coordinates": [NaN, 1]}',
        b'{"type": "Point", "coordinates": [1, 2]',
        b'{"type": "Point", "coordinates": ' + b"9" * 5_000 + b"}",
        b'{"type": "Point", "coordinates": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    ],
    ids=lambda data: data[:30].decode(),
)
def test_what_is_no_map_data_is_refused(data):
    assert "geojson" in refusal("a.geojson", data)


def test_map_data_of_too_many_lists_are_not_parsed(monkeypatch):
    monkeypatch.setattr("intake.text.json", None)
    assert "points" in refusal("a.geojson", b'{"a":[' + b"[]," * 2_000_000 + b"[]]}")
