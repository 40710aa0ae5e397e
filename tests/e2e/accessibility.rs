//! axe over every screen and state, light and dark, in the engine that people really use.

use std::path::Path;

use serde::Deserialize;

use crate::{tour, window::Window};

/// WCAG 2.2 AA, and what axe calls best practice.
const RUN: &str = "
    const done = arguments[arguments.length - 1];
    // What an open popover covers in part is nothing that somebody would aim at meanwhile.
    const over = document.querySelector('[role=dialog]');
    const covered = (id, node) =>
        id === 'target-size' && over !== null && !over.contains(document.querySelector(node.target[0]));
    const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    window.axe.run(document, { runOnly: rules, resultTypes: ['violations'] }).then(
        ({ violations, passes }) => done({
            passed: passes.length,
            problems: violations.flatMap(({ id, nodes }) =>
                nodes.filter((node) => !covered(id, node)).slice(0, 3).map((node) => `${id}: ${node.target} ${node.failureSummary ?? ''}`)),
        }),
        (error) => done({ passed: 0, problems: [String(error)] }),
    );
";

#[derive(Debug, Deserialize)]
struct Findings {
    passed: u32,
    problems: Vec<String>,
}

#[tokio::test]
async fn axe_finds_nothing_on_any_screen() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/node_modules/axe-core/axe.min.js");
    let axe =
        std::fs::read_to_string(&file).expect("axe-core is not installed; start these flows with ./dev e2e");
    let mut problems = Vec::new();
    let mut stations = 0;
    tour::walk(async |window: &Window, station: &str| {
        stations += 1;
        if window.ask::<bool>("return window.axe === undefined").await {
            window.ask::<()>(&format!("{axe}; return null")).await;
        }
        for theme in ["light", "dark"] {
            window
                .ask::<()>(&format!("document.documentElement.dataset.theme = '{theme}'; return null"))
                .await;
            let findings: Findings = window.ask_later(RUN).await;
            assert!(findings.passed > 0 || !findings.problems.is_empty(), "axe did not look at {station}");
            problems.extend(findings.problems.iter().map(|problem| format!("{station}, {theme}: {problem}")));
        }
    })
    .await;
    println!("{stations} screens and states, light and dark");
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
