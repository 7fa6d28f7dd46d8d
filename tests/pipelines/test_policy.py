import re
from pathlib import Path

import pytest

from pipelines.policy import PRESETS, changed, load
from pipelines.problems import InputError


@pytest.mark.parametrize("preset", PRESETS)
def test_every_value_of_a_preset_names_its_source(preset: str) -> None:
    policy = load(preset)
    assert all(policy.sources.values())
    assert policy.values().keys() == policy.sources.keys()


def test_the_presets_differ_where_their_texts_do() -> None:
    assert [load(preset).attained.other for preset in PRESETS] == [0.60, 0.60, 0.70]
    assert [load(preset).rules.most_objectives for preset in PRESETS] == [5, 4, 5]


def test_a_file_overrides_key_by_key(tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    path.write_text('policy = "mas"\n[threshold]\ntoo_high = 0.8\n', encoding="utf-8")
    policy = load(overrides=path)
    assert (policy.name, policy.threshold.too_high, policy.threshold.too_low) == ("mas", 0.8, 0.4)
    assert policy.sources["threshold.too_high"] == "your own policy file"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("[threshold]\ntoo_hihg = 0.8", "lists the settings: threshold.too_high"),
        ("preset = 'mas'", 'Choose a preset with policy = "mas"'),
        ("[bands]\ngood = 0.3", "expected ≥ bands.medium = 0.6"),
        ("[threshold]\ntoo_high = 80", "expected 0–1"),
        ("[score]\nsource = 'best'", "latest | final | computed"),
        ("[cycle]\nfirst_month = 13", "1–12"),
        ("policy = 'other'", "guide | mas | google"),
        ("threshold", "not a TOML file"),
        ("[threshold]\ntoo_high = 0", "expected 0–1 (> 0)"),
        ("[threshold]\ntoo_high = '0.8'", "“threshold.too_high” cannot be '0.8'"),
        ("[threshold]\ntoo_high = true", "cannot be True; expected 0–1"),
        ("[threshold]\ntoo_high = nan", "cannot be nan; expected 0–1"),
        ("[threshold]\ntoo_high = { source = 'ours' }", "“threshold.too_high” cannot be None"),
        ("[threshold]\ntoo_high = { value = 0.8, sauce = 'ours' }", "“threshold.too_high.sauce” is no setting"),
        ("[threshold]\ntoo_high = { value = 0.8, source = 5 }", "“threshold.too_high.source” cannot be 5"),
        ("[treshold]\ntoo_high = 0.8", "lists the settings: threshold.too_high"),
        ("[treshold]", "lists the settings: threshold"),
        ("[rhythm]\nwindow = 3", "lists the settings: challenge.window"),
        ("too_high = 0.8", "lists the settings: threshold.too_high"),
        ("threshold = 0.8", "lists the settings: threshold"),
        ("policy = ['mas']", "guide | mas | google"),
        ("[sweet_spot]\nlow = 0.8", "“sweet_spot.low” cannot be 0.8; expected ≤ sweet_spot.high = 0.7"),
        ("[sweet_spot]\nlow = 0.8\nhigh = 0.7", "“sweet_spot.high” cannot be 0.7; expected ≥ sweet_spot.low = 0.8"),
        ("[sweet_spot]\nhigh = 0.9", "“sweet_spot.high” cannot be 0.9; expected ≤ threshold.too_high = 0.85"),
        ("[threshold]\ntoo_low = 0.65", "expected ≤ threshold.reconsider = 0.6"),
        ("[threshold]\nreconsider = 0.9", "expected ≤ threshold.too_high = 0.85"),
        ("[rhythm]\nset_by_day = 20", "expected ≤ rhythm.aligned_by_day = 15"),
        ("[rhythm]\naligned_by_day = 5", "expected ≥ rhythm.set_by_day = 7"),
        ("[rhythm]\nset_by_day = 0", "expected 1–366"),
        ("[rules]\nmost_objectives = 0", "expected 1, 2, 3 …"),
        ("[rules]\nfewest_key_results = 9", "expected ≤ rules.most_key_results = 4"),
        ("[challenge]\nwindow = 0", "expected 1, 2, 3 …"),
        ("[challenge]\nwindow = 2.5", "expected 1, 2, 3 …"),
        ("[challenge]\nq_value = 0", "expected 0–1 (> 0, < 1)"),
        ("[challenge]\nposterior = 1", "expected 0–1 (> 0, < 1)"),
    ],
)
def test_a_wrong_file_is_refused_with_the_key_and_what_is_expected(tmp_path: Path, written: str, said: str) -> None:
    path = tmp_path / "policy.toml"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(said)):
        load(overrides=path)


@pytest.mark.parametrize("preset", PRESETS)
def test_a_source_is_one_of_the_texts_or_our_choice(preset: str) -> None:
    named = ("S0", "S1", "S2", "S3", "S4", "our choice", "0–1 scale")
    assert not [key for key, source in load(preset).sources.items() if not source.startswith(named)]


def test_what_differs_from_the_preset_is_known(tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    path.write_text('policy = "google"\n[threshold]\ntoo_high = 0.9\ntoo_low = 0.4\n', encoding="utf-8")
    assert changed(load(overrides=path)) == {"threshold.too_high": 0.85}
    assert changed(load("google")) == {}


def test_a_file_saved_on_windows_is_read(tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    path.write_text("[threshold]\r\ntoo_high = 0.8\r\n", encoding="utf-8-sig")
    assert load(overrides=path).threshold.too_high == 0.8
