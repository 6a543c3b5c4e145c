/// At most `max` characters; what is cut off is shown by an ellipsis, which counts.
pub fn shorten(headline: &str, max: usize) -> String {
    if headline.chars().count() <= max {
        return headline.to_string();
    }
    let kept: String = headline.chars().take(max.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}
