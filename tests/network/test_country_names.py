"""Countries by the names that people there use."""

from panah.ground.network.words import country_name


def test_kyrgyzstan_is_called_as_it_calls_itself():
    assert country_name("KG", "ru") == "Кыргызстан"
    assert country_name("KG", "en") == "Kyrgyzstan"
    assert country_name("TJ", "ru") == "Таджикистан", "control: others are as Unicode has them"
