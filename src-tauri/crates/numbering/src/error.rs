//! What is wrong with the dial rules of a site.

/// Why rules cannot be used; each sentence names what to change.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RulesError {
    #[error("“{0}” is not a country with telephone numbers; choose one by its two letters, such as IE.")]
    Country(String),
    #[error("The {what} “{text}” may hold digits only.")]
    Digits { what: &'static str, text: String },
    #[error(
        "The pattern “{0}” cannot be read; it takes digits, +, * and #, with X for any digit, Z for 1 to 9, N for 2 to 9, and a full stop at the end for all that follows."
    )]
    Pattern(String),
    #[error(
        "Extensions from “{from}” to “{to}” cannot be; both need the same number of digits, the smaller first."
    )]
    ExtensionRange { from: String, to: String },
    #[error(
        "Extensions of {from} to {to} digits cannot be; give 1 to {longest} digits, the smaller number first."
    )]
    ExtensionDigits { from: u8, to: u8, longest: u8 },
    #[error(
        "The change “{0}” cannot be made; both sides take digits, +, * and #, and what to look for may not be empty."
    )]
    Rewrite(String),
    #[error("The short number “{0}” cannot be; it takes digits, * and #, and may not be empty.")]
    ShortNumber(String),
}

impl RulesError {
    /// A stable name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Country(_) => "rules-country",
            Self::Digits { .. } => "rules-digits",
            Self::Pattern(_) => "rules-pattern",
            Self::ExtensionRange { .. } => "rules-extension-range",
            Self::ExtensionDigits { .. } => "rules-extension-digits",
            Self::Rewrite(_) => "rules-rewrite",
            Self::ShortNumber(_) => "rules-short-number",
        }
    }
}
