use headlines::shorten::shorten;

#[test]
fn every_length_of_any_headline_is_counted_in_characters() {
    for headline in ["Rain in Spain", "Präsident eröffnet Brücke", "日本語の見出し", "Party 🎉🎉🎉 heute", ""] {
        let letters = headline.chars().count();
        for max in 1..letters + 3 {
            let short = shorten(headline, max);
            assert!(short.chars().count() <= max, "{short:?} is longer than {max}");
            assert_eq!(short == headline, letters <= max, "{short:?} for {max}");
        }
    }
}

#[test]
fn the_cut_takes_as_much_as_fits() {
    assert_eq!(shorten("日本語の見出し", 4), "日本語…");
    assert_eq!(shorten("Zürich", 6), "Zürich");
}
