/// At most `max` characters; what is cut off is shown by an ellipsis, which counts.
pub fn shorten(headline: &str, max: usize) -> String {
    if headline.chars().count() <= max {
        return headline.to_string();
    }
    let end = headline.char_indices().nth(max.saturating_sub(1)).map_or(headline.len(), |(at, _)| at);
    format!("{}…", headline[..end].trim_end())
}
