//! Filters that come with the program. A site may add its own.

use super::{Filter, Given, Limits, Program, Way};

/// One row for each: id, label, program, arguments, what it is given, endings, whether it notices tampering.
type Row =
    (&'static str, &'static str, &'static str, &'static [&'static str], Given, &'static [&'static str], bool);

const PROGRAMS: [Row; 4] = [
    (
        "gpg",
        "GnuPG with a pass phrase",
        "gpg",
        &[
            "--batch",
            "--no-tty",
            "--quiet",
            "--pinentry-mode",
            "loopback",
            "--passphrase-fd",
            "0",
            "--decrypt",
            "--",
            "{file}",
        ],
        Given::PassPhrase,
        &["gpg", "pgp", "asc"],
        true,
    ),
    (
        "gpg-agent",
        "GnuPG with the keys of its agent",
        "gpg",
        &["--batch", "--no-tty", "--quiet", "--decrypt", "--", "{file}"],
        Given::Nothing,
        &["gpg", "pgp", "asc"],
        true,
    ),
    (
        "openssl",
        "OpenSSL, AES-256-CBC with PBKDF2",
        "openssl",
        &["enc", "-d", "-aes-256-cbc", "-pbkdf2", "-pass", "stdin", "-in", "{file}"],
        Given::PassPhrase,
        &["enc", "aes"],
        false,
    ),
    (
        "zip",
        "ZIP with a password",
        "7z",
        &["x", "-so", "-bd", "--", "{file}"],
        Given::PassPhrase,
        &["zip"],
        true,
    ),
];

/// All of them, age first: it needs nothing.
pub fn ready_made() -> Vec<Filter> {
    let age = Filter {
        id: "age".to_owned(),
        label: "age".to_owned(),
        way: Way::Age,
        endings: vec!["age".to_owned()],
        notices_tampering: true,
        limits: Limits::default(),
    };
    let own = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let programs = PROGRAMS.iter().map(|&(id, label, program, arguments, given, endings, notices)| Filter {
        id: id.to_owned(),
        label: label.to_owned(),
        way: Way::Program(Program { program: program.to_owned(), arguments: own(arguments), given }),
        endings: own(endings),
        notices_tampering: notices,
        limits: Limits::default(),
    });
    std::iter::once(age).chain(programs).collect()
}
