from pathlib import Path

from rehearse import places


def test_the_home_is_where_rehearse_home_says(home):
    assert places.home() == home


def test_a_home_in_the_current_folder_or_below_ones_own_is_made_absolute(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "me"))
    homes = []
    for chosen in ("mine", "~/mine"):
        monkeypatch.setenv("REHEARSE_HOME", chosen)
        homes.append(places.home())

    assert homes == [tmp_path / "mine", tmp_path / "me" / "mine"]


def test_without_rehearse_home_the_systems_usual_place_is_taken_and_not_made(monkeypatch, tmp_path):
    monkeypatch.setenv("REHEARSE_HOME", "")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))

    home = places.home()

    assert (home.is_relative_to(tmp_path), home.name, list(tmp_path.iterdir())) == (
        True,
        "rehearse",
        [],
    )


def test_what_ships_is_where_it_is_looked_for():
    assert (places.shipped_scenarios() / "webhook-drop.yaml").is_file()
    assert (places.demo_answers() / "answers.toml").is_file()


def test_in_a_checkout_models_and_scenarios_are_those_of_the_checkout():
    checkout = Path(__file__).parents[1]

    assert places.shipped_scenarios() == checkout / "scenarios"
    assert places.models() in (checkout / "models", places.home() / "models")


def test_an_installed_program_brings_its_scenarios_and_keeps_models_in_the_home(monkeypatch, home):
    site_packages = home.parent / "site-packages"
    monkeypatch.setattr(places, "_PACKAGE", site_packages / "rehearse")
    monkeypatch.setattr(places, "_CHECKOUT", home.parent)

    assert places.shipped_scenarios() == site_packages / "rehearse" / "scenarios"
    assert places.models() == home / "models"
