//! What makes two spellings of a person's name the same name.

/// The key that variants of one full name share.
pub fn person_key(name: &str) -> String {
    name.to_lowercase()
}

/// Whether a query such as `petro` or `G. Petro` can mean the person `Gustavo Petro`.
pub fn name_matches(query: &str, canonical: &str) -> bool {
    person_key(canonical).contains(&person_key(query))
}
