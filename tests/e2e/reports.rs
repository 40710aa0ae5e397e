//! A report in the window: opened from the gallery, drilled into its calls, narrowed, and taken out as files.

use std::{fs, path::Path};

use serde::Deserialize;

use crate::{
    room::Room,
    sample::{total, whole},
    window::Window,
};

/// A number of a report's table, and where it leads.
#[derive(Debug, Deserialize)]
struct Cell {
    row: String,
    value: String,
    href: String,
}

const CELLS: &str = "
    const rows = [...document.querySelectorAll('[data-testid=report-row], [data-testid=report-totals]')];
    return rows.flatMap((row) => [...row.querySelectorAll('[data-column=calls] a')].map((link) => ({
        row: row.querySelector('th').innerText.trim(),
        value: link.innerText.trim(),
        href: link.getAttribute('href'),
    })));";

/// Cells that are opened, the last row with all calls among them.
const OPENED: usize = 4;

/// A window on the made-up office, with its reports in sight.
async fn gallery(room: &Room) -> Window {
    let window = Window::open(room).await;
    window.click("@door-sample").await;
    window.find("@sample-banner").await;
    window.go("#/reports?period=month").await;
    window.find("@gallery").await;
    window
}

async fn cells(window: &Window) -> Vec<Cell> {
    window.until("a table with numbers", &format!("return (() => {{ {CELLS} }})().length > 1")).await;
    window.ask(CELLS).await
}

#[tokio::test]
async fn a_report_is_opened_drilled_and_narrowed() {
    let room = Room::new();
    let window = gallery(&room).await;
    // Whatever day it is, there are calls of some days before.
    window.click("@report-card[data-report=years]").await;
    window.find("@report[data-report=years] @report-table").await;
    let place: String = window.ask("return location.hash").await;

    for id in ["years", "extensions", "hang-up-causes", "transfer-ways", "countries"] {
        window.go(&place.replace("report=years", &format!("report={id}"))).await;
        window.find(&format!("@report[data-report={id}] @report-table")).await;
        let (here, all) = (window.ask::<String>("return location.hash").await, cells_or_none(&window).await);
        let every = all.len() / OPENED + 1;
        for cell in all.iter().step_by(every).chain(all.last()) {
            window.go(&cell.href).await;
            let listed = total(&window).await;
            println!("{id}, {}: {} calls", cell.row, cell.value);
            assert_eq!(listed, whole(&cell.value), "{id}: {cell:?}");
            window.go(&here).await;
            window.find(&format!("@report[data-report={id}] @report-table")).await;
        }
    }

    // The same report of some of the calls counts less, and opens as many.
    window.go(&place).await;
    let before = cells(&window).await;
    window.go(&format!("{place}&direction=inbound")).await;
    window.until_count("@chip", 1).await;
    let all = whole(&before.last().unwrap().value);
    let script = format!(
        "const last = (() => {{ {CELLS} }})().at(-1);
         return last !== undefined && Number(last.value.replaceAll(',', '')) < {all}"
    );
    window.until("fewer calls", &script).await;
    let narrowed = cells(&window).await;
    let last = narrowed.last().unwrap();
    window.go(&last.href).await;
    assert_eq!(total(&window).await, whole(&last.value), "{last:?}");
}

/// Columns without any number in them have no calls to open.
async fn cells_or_none(window: &Window) -> Vec<Cell> {
    window.find("@report-row").await;
    window.ask(CELLS).await
}

#[tokio::test]
async fn a_report_leaves_the_house_as_files() {
    let mut room = Room::new();
    let file = room.path("years.out");
    room.answer_dialogs_with(&[&file]);
    let window = gallery(&room).await;
    window.click("@report-card[data-report=years]").await;
    let shown = cells(&window).await;

    save(&window, "csv", &file).await;
    let csv = fs::read_to_string(&file).unwrap();
    let lines: Vec<&str> = csv.trim_start_matches('\u{feff}').lines().collect();
    assert!(lines[0].starts_with("Year,Calls,"), "{}", lines[0]);
    let last: Vec<&str> = lines.last().unwrap().split(',').collect();
    assert_eq!(last[..2], ["All", &whole(&shown.last().unwrap().value).to_string()], "{csv}");

    for (kind, beginning) in
        [("pdf", &b"%PDF-"[..]), ("xlsx", &b"PK"[..]), ("svg", &b"<svg"[..]), ("png", &b"\x89PNG"[..])]
    {
        save(&window, kind, &file).await;
        let bytes = fs::read(&file).unwrap();
        assert!(bytes.starts_with(beginning), "{kind}: {:?}", bytes.get(..16));
    }
}

async fn save(window: &Window, kind: &str, file: &Path) {
    let _ = fs::remove_file(file);
    window.click("@export-report").await;
    window.click(&format!("@save-{kind}")).await;
    // The file appears when it is whole.
    for _ in 0..200 {
        if file.exists() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("no {kind} in {}", file.display());
}
