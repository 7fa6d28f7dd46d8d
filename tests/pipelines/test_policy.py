from pathlib import Path

import pytest

from pipelines.policy import PRESETS, load
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
    ],
)
def test_a_wrong_file_is_refused_with_the_key_and_what_is_expected(tmp_path: Path, written: str, said: str) -> None:
    path = tmp_path / "policy.toml"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(InputError, match=said.replace("|", r"\|")):
        load(overrides=path)
