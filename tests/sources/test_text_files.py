"""Text files: every encoding, delimiter and shape that people save."""

import gzip
from pathlib import Path

import pandas as pd
import pytest

from pipelines.problems import InputError
from pipelines.sources import read


def cells(path: Path) -> list[list[str | None]]:
    frame = read(path, path.name)[0].frame
    return [[None if pd.isna(cell) else cell for cell in row] for row in frame.itertuples(index=False)]


def saved(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_every_accepted_encoding_gives_the_same_cells(tmp_path: Path, encoding: str) -> None:
    path = saved(tmp_path, "目标.csv", "周期,目标\n2026-Q3,增长\n".encode(encoding))
    assert cells(path) == [["周期", "目标"], ["2026-Q3", "增长"]]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_known_by_its_zeros(tmp_path: Path, encoding: str) -> None:
    path = saved(tmp_path, "a.csv", "周期,目标\n2026-Q3,增长\n".encode(encoding))
    assert cells(path) == [["周期", "目标"], ["2026-Q3", "增长"]]


def test_a_euro_sign_is_read_from_gb18030(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.csv", "目标,目标值\n降本,€200\n".encode("gb18030"))
    assert cells(path) == [["目标", "目标值"], ["降本", "€200"]]


TWICE = '"id,title,note"\n"1,""Grow, and keep"",""say """"yes"""" now"""\n"2,Hire,""two\nlines"""\n'


def test_lines_quoted_as_a_whole_are_read_without_the_outer_quotes(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.csv", TWICE.encode())
    rows = [["id", "title", "note"], ["1", "Grow, and keep", 'say "yes" now'], ["2", "Hire", "two\nlines"]]
    assert cells(path) == rows
    assert [note.rule.code for note in read(path, "a.csv")[0].notes] == ["file_quoted_twice"]


@pytest.mark.parametrize("text", ['"a,b"\n"c,d"\n"e,f","g"\n', '"title"\n"Grow, and keep"\n', '"a,b"\n'])
def test_other_lines_that_begin_with_quotes_stay_as_they_are(tmp_path: Path, text: str) -> None:
    assert read(saved(tmp_path, "a.csv", text.encode()), "a.csv")[0].notes == []


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_gives_regular_rows(tmp_path: Path, delimiter: str) -> None:
    rows = [["cycle", "title", "score"], ["2026-Q3", "Grow, and keep it", "0.7"]]
    quoted = "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    assert cells(saved(tmp_path, "a.csv", quoted.encode())) == rows


def test_blank_cells_are_missing_and_blank_lines_keep_the_row_numbers(tmp_path: Path) -> None:
    frame = read(saved(tmp_path, "a.csv", b"a,b\n\n1,\n"), "a.csv")[0].frame
    assert list(frame.index) == [1, 2, 3]
    assert frame.loc[2].isna().all()
    assert frame.loc[3, 0] == "1"
    assert pd.isna(frame.loc[3, 1])


def test_rows_of_different_length_are_all_kept(tmp_path: Path) -> None:
    assert cells(saved(tmp_path, "a.csv", b"Our goals\na,b\n1,2,3\n")) == [
        ["Our goals", None, None],
        ["a", "b", None],
        ["1", "2", "3"],
    ]


def test_a_line_break_inside_quotes_belongs_to_the_cell(tmp_path: Path) -> None:
    assert cells(saved(tmp_path, "a.csv", b'a,b\n"one\ntwo",2\n')) == [["a", "b"], ["one\ntwo", "2"]]


def test_a_stray_quote_inside_a_cell_is_text(tmp_path: Path) -> None:
    assert cells(saved(tmp_path, "a.csv", b'a,b\n"say "hello" now",2\nx,y,z\n'))[2] == ["x", "y", "z"]


def test_compressed_files_are_unpacked(tmp_path: Path) -> None:
    assert cells(saved(tmp_path, "a.csv.gz", gzip.compress(b"a,b\n1,2\n"))) == [["a", "b"], ["1", "2"]]


def test_json_lines_have_their_names_as_header(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.jsonl", b'{"a": 1, "b": "x"}\n\n{"b": true, "c": [1, 2], "a": 0.50}\n')
    table = read(path, path.name)[0]
    assert list(table.frame.index) == [0, 1, 3]
    assert cells(path) == [["a", "b", "c"], ["1", "x", None], ["0.5", "TRUE", "1\n2"]]


def test_every_list_of_objects_in_a_json_file_is_a_table(tmp_path: Path) -> None:
    content = (
        b'{"code": 0, "data": {"okrs": [{"id": "7", "name": "Q1", "goals": [{"id": "a", "rate": {"of": 5}, "krs": '
    )
    content += b'[{"id": "k", "tags": ["x", "y"]}]}, {"id": "b", "krs": []}]}]}}'
    okrs, goals, key_results = read(saved(tmp_path, "a.json", content), "a.json")
    assert [table.sheet for table in (okrs, goals, key_results)] == ["okrs", "goals", "krs"]
    assert okrs.frame.to_numpy().tolist() == [["id", "name"], ["7", "Q1"]]
    assert goals.frame.loc[0].tolist() == ["id", "rate.of", "okrs.id", "okrs.name"]
    assert goals.frame.loc[1].tolist() == ["a", "5", "7", "Q1"]
    assert key_results.frame.loc[1].tolist() == ["k", "x\ny", "7", "Q1", "a"]


def test_a_json_list_of_objects_is_one_table(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.json", b'[{"a": 1}, {"b": "x"}]')
    assert [table.sheet for table in read(path, path.name)] == [None]
    assert cells(path) == [["a", "b"], ["1", None], [None, "x"]]


def test_parquet_gives_the_same_text_as_a_sheet(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    day = pd.Timestamp("2026-03-09")
    pd.DataFrame({"n": [1.0, 0.5], "d": [day, None], "b": [True, False], "t": ["x", None]}).to_parquet(path)
    assert cells(path) == [["n", "d", "b", "t"], ["1", "2026-03-09", "TRUE", "x"], ["0.5", None, "FALSE", None]]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", b"", "holds no rows"),
        ("a.csv", b"\xff\xfe\xff", "UTF-8"),
        ("a.csv", b"a,b\n\x81\xff\x00,1\n", "UTF-8"),
        ("a.csv", b"PK\x03\x04 and more", "looks like .zip"),
        ("a.csv", b"\xd0\xcf\x11\xe0 and more", "looks like .xls"),
        ("a.xls", b"<html><table></table></html>", "looks like .html"),
        ("a.xlsx", b"a,b\n1,2\n", "looks like .csv"),
        ("a.docx", b"whatever", ".xlsx, .xls"),
        ("a.csv.gz", b"a,b\n1,2\n", "looks like .csv"),
        ("a.csv.gz", gzip.compress(b"a,b\n" * 100, mtime=0)[:-9], "damaged"),
        ("a.csv", b'a,b\n1,2\n"open,3\n', "line 3"),
        ("a.jsonl", b'{"a": 1}\n{"a":\n', "line 2"),
        ("a.jsonl", b"[1]\n", "line 1"),
        ("a.json", b"[1]", "(list)"),
        ("a.json", b'[{"a": 1}', "one JSON list"),
        ("a.parquet", b"PAR1 cut off", "damaged"),
    ],
)
def test_an_unreadable_file_says_what_it_is_and_what_to_do(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    with pytest.raises(InputError, match=r"^folder/") as caught:
        read(saved(tmp_path, name, content), f"folder/{name}")
    assert words in str(caught.value)
