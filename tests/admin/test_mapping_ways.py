"""Ways into the mapping of a list and out of it: from a refused check, sent twice, thrown away."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from exchange.models import Job, MappedFile
from tests.admin.sending import UPLOAD, address, sent
from tests.clients import words_of

OTHERS = "This file has columns or sheets that are not ours."
PERHAPS = "If this is a list of your own"


def csv_of(text, name="list.csv"):
    return SimpleUploadedFile(name, text.encode())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("City,Title,Budget\nOur City,Hedges,3\n", {OTHERS}),
        ("City,Action type,Title,Budget\nOur City,Ponds,Dig,8\n", {OTHERS}),
        ("City,Country,Population\nOur City,China,98.000\n", {PERHAPS}),
        ("City,Title,Year,Link,Resource,Language\nnowhere,Plan,2020,,,en\n", set()),
    ],
)
def test_a_refused_check_leads_into_the_mapping(as_, text, said):
    client = as_("officer")
    job = sent(client, csv_of(text))
    assert job.state == Job.State.WRONG
    page = client.get(address(job))
    assert {words for words in (OTHERS, PERHAPS) if words in words_of(page)} == said
    assert (address(job, "map") in page.content.decode()) == bool(said)
    if said:
        for _press in range(2):
            answer = client.post(address(job, "map"), follow=True)
            assert "here it becomes our sheets" in words_of(answer)
        mapped = MappedFile.objects.get()
        assert mapped.file.read() == text.encode()
        assert answer.redirect_chain[-1][0] == mapped.get_absolute_url()


def test_a_file_without_a_word_is_called_empty(as_):
    answer = as_("officer").post(reverse(UPLOAD), {"file": csv_of("\n\n,,,\n")})
    assert "The file is empty" in answer.context["form"].errors["file"][0]
