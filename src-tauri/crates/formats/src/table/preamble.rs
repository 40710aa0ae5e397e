//! What stands above a table: the name of a report, its period, who made it. Reports of exchanges begin so.

use super::guess;

/// How many of the first rows stand above the titles of a table: none unless titles are found beneath rows that hold far
/// less than a row of the table. A file without titles has no such rows, for a row that tells little may still be a call.
pub(super) fn rows_above(rows: &[Vec<String>], are_titles: impl Fn(&[String]) -> bool) -> usize {
    let filled = |row: &Vec<String>| row.iter().filter(|cell| !cell.trim().is_empty()).count();
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    // Mostly the first row is the table's: then nothing has to be found out of its titles.
    let first = rows.iter().take(MOST_ROWS).position(|row| filled(row) * 2 > width).unwrap_or(0);
    if first == 0 {
        return 0;
    }
    let tells_little = |row: &Vec<String>| filled(row) <= MOST_CELLS.min(width / 2);
    let (above, table) = rows.split_at(first);
    let titled = || table.first().is_some_and(|row| are_titles(row)) || guess::is_header(table);
    if above.iter().all(tells_little) && titled() { first } else { 0 }
}

/// The heading of a report is no longer.
const MOST_ROWS: usize = 40;

/// "Period:", from, "to", to, and as much again.
const MOST_CELLS: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;

    fn above(text: &str) -> usize {
        let rows: Vec<Vec<String>> =
            text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect();
        rows_above(&rows, |_| false)
    }

    #[test]
    fn the_heading_of_a_report_stands_above_its_titles() {
        let calls =
            "Date,From,To,Duration\n2026-04-03 10:00,100,0301234567,12\n2026-04-03 10:05,101,0301234567,15";
        assert_eq!(above(calls), 0);
        assert_eq!(above(&format!("Call report\n{calls}")), 1);
        assert_eq!(above(&format!("Call report,,,\n,,,\nPeriod:,April,,\n\n{calls}")), 4);
        let (_, data) = calls.split_once('\n').unwrap();
        assert_eq!(above(&format!("Call report\n{data}")), 0, "no titles: nothing is left out");
        assert_eq!(above(&format!("2026-04-03 09:00,,,\n{data}")), 0);
        assert_eq!(above("Call report\n\nNothing here"), 0);
        assert_eq!(above(""), 0);
    }
}
