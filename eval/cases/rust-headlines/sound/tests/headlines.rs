use headlines::shorten::shorten;
use headlines::slug::slug;

#[test]
fn a_short_headline_stays() {
    assert_eq!(shorten("Rain in Spain", 13), "Rain in Spain");
}

#[test]
fn a_long_headline_is_cut() {
    assert_eq!(shorten("Rain in Spain", 9), "Rain in…");
}

#[test]
fn a_headline_with_accents_is_cut() {
    assert_eq!(shorten("Köln jubelt", 3), "Kö…");
    assert_eq!(shorten("Präsident eröffnet Brücke", 11), "Präsident…");
    assert_eq!(shorten("Zürich", 6), "Zürich");
}

#[test]
fn an_address_has_words_and_hyphens() {
    assert_eq!(slug("Rain in Spain!"), "rain-in-spain");
}
