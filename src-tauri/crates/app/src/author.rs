//! Who types: what is written, decided or closed says by whom.

/// The person logged in to this computer; empty where the system does not say.
pub(crate) fn name() -> String {
    let known = ["LOGNAME", "USER", "USERNAME"].into_iter().filter_map(|name| std::env::var(name).ok());
    known.map(|name| name.trim().to_owned()).find(|name| !name.is_empty()).unwrap_or_default()
}
