//! Help and wrong arguments.

use crate::program::{run, run_with};

/// The commands that a help text lists.
fn listed(help: &str) -> Vec<String> {
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let words =
        commands.take_while(|line| !line.is_empty()).filter_map(|line| line.split_whitespace().next());
    words.filter(|word| *word != "help").map(ToOwned::to_owned).collect()
}

fn walk(command: &[String], seen: &mut Vec<String>) {
    let mut arguments = command.to_vec();
    arguments.push("--help".to_owned());
    let help = run(&arguments).well();
    if !command.is_empty() {
        let name = command.join(" ");
        let example = format!("Example: ringledger {name}");
        assert!(help.contains(&example), "`{name} --help` has no example of itself:\n{help}");
        seen.push(name);
    }
    for word in listed(&help) {
        walk(&[command, &[word]].concat(), seen);
    }
}

#[test]
fn every_command_has_help_with_an_example() {
    let mut seen = Vec::new();
    walk(&[], &mut seen);
    let known = [
        "listen",
        "parse",
        "detect",
        "formats",
        "formats show",
        "formats check",
        "import",
        "undo-import",
        "calls",
        "ring-back",
        "recordings",
        "recordings scan",
        "recordings list",
        "recordings export",
        "recordings check-filter",
        "recordings log",
        "recordings of",
        "recordings hold",
        "recordings delete",
        "recordings deletions",
        "recordings retention",
        "recordings encrypt",
        "recordings raw",
        "rederive",
        "backup",
        "restore",
        "doctor",
        "demo",
        "demo pbx",
        "demo data",
    ];
    for name in known {
        assert!(seen.iter().any(|seen| seen == name), "{name} is not listed: {seen:?}");
    }
}

#[test]
fn wrong_arguments_end_with_two_and_say_nothing_on_standard_output() {
    let wrong: [&[&str]; 21] = [
        &[],
        &["dance"],
        &["calls", "--nonsense"],
        &["calls", "--outcome", "lost-somewhere"],
        &["calls", "--direction", "sideways"],
        &["calls", "--json", "--csv"],
        &["calls", "--xlsx"],
        &["calls", "--csv", "--xlsx", "-o", "calls.xlsx"],
        &["calls", "-o", "calls.xlsx"],
        &["calls", "--pdf"],
        &["calls", "--pdf", "--xlsx", "-o", "calls.pdf"],
        &["calls", "--pdf", "--limit", "3", "-o", "calls.pdf"],
        &["ring-back", "--state", "angry"],
        &["recordings"],
        &["recordings", "export", "1a2b"],
        &["recordings", "check-filter", "gpg"],
        &["recordings", "log", "--json", "--csv"],
        &["parse", "-"],
        &["parse", "-", "--records", "--calls"],
        &["listen", "--serial", "/dev/ttyS0", "--tcp", "127.0.0.1:2300"],
        &["listen", "--baud", "1200"],
    ];
    for arguments in wrong {
        let ran = run(arguments).ended(2);
        assert_eq!(ran.out, "", "{arguments:?}");
        assert!(!ran.err.is_empty(), "{arguments:?}");
    }
}

#[test]
fn failures_end_with_one_and_a_sentence() {
    let missing = "/nowhere/calls.txt";
    let wrong: [(&[&str], &str); 6] = [
        (&["parse", missing, "--calls"], "/nowhere/calls.txt could not be read"),
        (&["parse", "-", "--calls", "--zone", "Mars/Base"], "There is no time zone called Mars/Base."),
        (&["parse", "-", "--calls", "--format", "mars"], "There is no format \"mars\""),
        (&["detect", missing], "/nowhere/calls.txt could not be read"),
        (&["formats", "show", "mars"], "There is no format \"mars\""),
        (&["--ledger", "/nowhere/ledger", "calls"], "There is no ledger at /nowhere/ledger."),
    ];
    for (arguments, sentence) in wrong {
        let ran = run(arguments).ended(1);
        assert_eq!(ran.out, "", "{arguments:?}");
        let first = ran.err.lines().next().unwrap();
        assert!(first.contains(sentence) && first.ends_with('.'), "{arguments:?}: {}", ran.err);
        assert_eq!(ran.err.matches(sentence).count(), 1, "told twice: {}", ran.err);
    }
    let nothing_known = run_with(&["parse", "-", "--calls"], b"Dear Sir,\r\n").ended(1);
    assert!(
        nothing_known.err.starts_with("- has no lines that a known exchange prints."),
        "{nothing_known:?}"
    );
}
