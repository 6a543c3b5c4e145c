/// At most `max` characters; what is cut off is shown by an ellipsis, which counts.
pub fn shorten(headline: &str, max: usize) -> String {
    if headline.len() <= max {
        return headline.to_string();
    }
    let kept = &headline[..max.saturating_sub(1)];
    format!("{}…", kept.trim_end())
}
