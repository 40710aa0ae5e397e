//! The borders of the house: which room may know which, as ARCHITECTURE.md draws it. Whoever needs a new arrow
//! changes the picture first, then the table here.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package};
use serde_json::Value;

/// Room → the rooms it may know. Every member of the workspace has a line; a room with two users goes below both.
const ARROWS: [(&str, &[&str]); 14] = [
    ("calls", &[]),
    ("numbering", &[]),
    ("tables", &[]),
    ("formats", &["calls", "tables"]),
    ("ledger", &["calls"]),
    ("capture", &[]),
    ("recordings", &[]),
    ("reports", &["calls"]),
    ("secrets", &[]),
    ("test-support", &[]),
    (
        "app",
        &[
            "calls",
            "numbering",
            "tables",
            "formats",
            "ledger",
            "capture",
            "recordings",
            "reports",
            "secrets",
            "test-support",
        ],
    ),
    ("ringledger", &["calls", "numbering", "formats", "ledger", "capture", "test-support", "app"]),
    ("ringledger-desktop", &["app"]),
    (
        "ringledger-tests",
        &["calls", "tables", "formats", "ledger", "capture", "secrets", "test-support", "app"],
    ),
];

/// The only room that may draw windows, and by what they are known.
const SHELL: &str = "ringledger-desktop";
const WINDOW_CRATES: [&str; 4] = ["tauri", "rfd", "wry", "tao"];

fn metadata() -> Metadata {
    MetadataCommand::new().manifest_path(root().join("Cargo.toml")).no_deps().exec().unwrap()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn is_window_crate(name: &str) -> bool {
    WINDOW_CRATES.iter().any(|window| name == *window || name.starts_with(&format!("{window}-")))
}

/// What a package builds on, without what only its tests use.
fn known_rooms<'a>(package: &'a Package, rooms: &BTreeSet<&str>) -> BTreeSet<&'a str> {
    package
        .dependencies
        .iter()
        .filter(|dependency| {
            dependency.kind != DependencyKind::Development || package.name == "ringledger-tests"
        })
        .map(|dependency| dependency.name.as_str())
        .filter(|name| rooms.contains(name))
        .collect()
}

#[test]
fn every_room_is_in_the_picture() {
    let metadata = metadata();
    let members: BTreeSet<&str> = metadata.packages.iter().map(|package| package.name.as_str()).collect();
    let drawn: BTreeSet<&str> = ARROWS.iter().map(|(room, _)| *room).collect();
    assert_eq!(members, drawn, "workspace members (left) and ARROWS (right) differ");
}

#[test]
fn arrows_run_one_way() {
    let metadata = metadata();
    let allowed: BTreeMap<&str, &[&str]> = ARROWS.into_iter().collect();
    let rooms: BTreeSet<&str> = allowed.keys().copied().collect();
    let mut crossings = Vec::new();
    for package in &metadata.packages {
        let may_know = allowed.get(package.name.as_str()).copied().unwrap_or_default();
        for room in known_rooms(package, &rooms) {
            if !may_know.contains(&room) {
                crossings.push(format!("{} → {room}", package.name));
            }
        }
    }
    assert!(crossings.is_empty(), "arrows ARCHITECTURE.md does not draw: {crossings:?}");
}

#[test]
fn the_picture_has_no_circle() {
    // In the order of the table each room knows only rooms above it, so no circle can be drawn.
    for (place, (room, may_know)) in ARROWS.iter().enumerate() {
        for known in *may_know {
            let above = ARROWS[..place].iter().any(|(name, _)| name == known);
            assert!(above, "{room} knows {known}, which is not above it in ARROWS");
        }
    }
}

#[test]
fn only_the_shell_draws_windows() {
    let metadata = metadata();
    let trespassers: Vec<String> = metadata
        .packages
        .iter()
        .filter(|package| package.name != SHELL)
        .flat_map(|package| package.dependencies.iter().map(move |dependency| (package, dependency)))
        .filter(|(_, dependency)| is_window_crate(&dependency.name))
        .map(|(package, dependency)| format!("{} → {}", package.name, dependency.name))
        .collect();
    assert!(trespassers.is_empty(), "{trespassers:?}");
    // Guards the test itself: were the shell's crates called something else, nothing above could ever fail.
    let shell = metadata.packages.iter().find(|package| package.name == SHELL).unwrap();
    assert!(shell.dependencies.iter().any(|dependency| is_window_crate(&dependency.name)));
}

/// `calls::overview` in the list → `overview`.
fn listed_commands() -> BTreeSet<String> {
    read("src-tauri/src/commands/list.rs")
        .lines()
        .map(str::trim)
        .filter(|line| !line.starts_with("//"))
        .filter_map(|line| line.strip_suffix(',')?.split_once("::"))
        .map(|(_, command)| command.to_owned())
        .collect()
}

/// Names of the functions under `#[tauri::command]` in `src-tauri/src/commands/*.rs`.
fn written_commands() -> BTreeSet<String> {
    let mut commands = BTreeSet::new();
    for entry in std::fs::read_dir(root().join("src-tauri/src/commands")).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let mut marked = false;
        for line in text.lines().map(str::trim) {
            if line.starts_with("#[tauri::command") {
                marked = true;
            } else if let Some((_, after)) = line.split_once("fn ").filter(|_| marked) {
                let name = after.split(['(', '<']).next().unwrap_or_default();
                commands.insert(name.to_owned());
                // A command that is not async runs on the window's own thread and freezes it.
                assert!(line.contains("async fn"), "the command {name} is not async");
                marked = false;
            }
        }
    }
    commands
}

#[test]
fn commands_are_written_listed_and_granted_alike() {
    let listed = listed_commands();
    assert!(!listed.is_empty(), "no command found in commands/list.rs");
    assert_eq!(written_commands(), listed, "#[tauri::command] functions (left), commands/list.rs (right)");

    let builder = read("src-tauri/src/commands/mod.rs");
    assert!(builder.contains("own_commands!(generate_handler)"), "the builder registers exactly the list");

    let capability: Value = serde_json::from_str(&read("src-tauri/capabilities/main.json")).unwrap();
    assert_eq!(capability["windows"], serde_json::json!(["main"]), "one named window, no wildcard");
    let granted: BTreeSet<String> = capability["permissions"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|permission| permission.as_str().unwrap().strip_prefix("allow-"))
        .map(|command| command.replace('-', "_"))
        .collect();
    assert_eq!(granted, listed, "capabilities/main.json (left), commands/list.rs (right)");

    let capabilities = std::fs::read_dir(root().join("src-tauri/capabilities")).unwrap().count();
    assert_eq!(capabilities, 1, "a second capability file would grant beside this test");
}

#[test]
fn versions_stand_in_the_root_alone() {
    let mut strays = Vec::new();
    for package in metadata().packages {
        let manifest: toml::Table = std::fs::read_to_string(&package.manifest_path).unwrap().parse().unwrap();
        strays.extend(
            versions_of_its_own(&manifest).into_iter().map(|name| format!("{}: {name}", package.name)),
        );
    }
    assert!(strays.is_empty(), "use `x.workspace = true` instead: {strays:?}");
}

/// Dependencies without `workspace = true`, wherever a manifest may hold them.
fn versions_of_its_own(manifest: &toml::Table) -> Vec<String> {
    let targets = manifest.get("target").and_then(toml::Value::as_table);
    let tables = targets.into_iter().flat_map(toml::Table::values).filter_map(toml::Value::as_table);
    std::iter::once(manifest)
        .chain(tables)
        .flat_map(|table| {
            ["dependencies", "dev-dependencies", "build-dependencies"].map(|kind| table.get(kind))
        })
        .flatten()
        .filter_map(toml::Value::as_table)
        .flatten()
        .filter(|(_, dependency)| dependency.get("workspace").is_none())
        .map(|(name, _)| name.clone())
        .collect()
}
