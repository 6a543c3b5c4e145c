/// "Rain in Spain!" → "rain-in-spain".
pub fn slug(headline: &str) -> String {
    let words = headline.split(|letter: char| !letter.is_alphanumeric());
    let words: Vec<String> = words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    words.join("-")
}
