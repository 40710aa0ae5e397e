//! Whether the first row holds titles.

use super::names::Title;
use super::shapes::{Cell, is_blank};

/// Titles are words that are known as titles, or letters above columns of digits; a row with a date is none.
pub(in crate::table) fn is_header(rows: &[Vec<String>]) -> bool {
    let Some((first, rest)) = rows.split_first() else { return false };
    let cells: Vec<_> = first.iter().map(|text| Cell::read(text)).collect();
    let is_value = |cell: &Cell| {
        cell.moment.is_some()
            || cell.epoch.is_some()
            || cell.length.is_some()
            || cell.phone
            || cell.whole.is_some()
            || cell.id
    };
    let filled = first.iter().filter(|text| !is_blank(text.trim())).count();
    let values =
        first.iter().zip(&cells).filter(|(text, cell)| !is_blank(text.trim()) && is_value(cell)).count();
    if filled == 0 || cells.iter().any(|cell| cell.moment.is_some()) || values * 4 > filled {
        return false;
    }
    let known = first.iter().filter(|text| Title::read(text).is_known()).count();
    let contrasts = (0..first.len()).filter(|&position| {
        let below: Vec<_> = rest
            .iter()
            .take(50)
            .filter_map(|row| row.get(position))
            .filter(|text| !is_blank(text.trim()))
            .collect();
        let alike = below.iter().filter(|text| is_value(&Cell::read(text))).count();
        !is_blank(first[position].trim())
            && !is_value(&cells[position])
            && !below.is_empty()
            && alike * 5 >= below.len() * 4
    });
    let contrasts = contrasts.count();
    known >= 2 && (rest.is_empty() || contrasts >= 1) || known >= 1 && contrasts >= 1 || contrasts >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        text.lines().map(|line| line.split(';').map(str::to_owned).collect()).collect()
    }

    #[test]
    fn titles_are_told_from_calls() {
        assert!(is_header(&rows("Datum;Anrufer;Dauer\n03.04.2026 10:00;100;12")));
        assert!(is_header(&rows("Wann;Wer;Wohin\n03.04.2026 10:00;100;0301234567")));
        assert!(is_header(&rows("Date;From;To")));
        assert!(!is_header(&rows("03.04.2026 10:00;100;12\n03.04.2026 10:05;101;15")));
        assert!(!is_header(&rows("100;Anna;ANSWERED;1775210400;30\n101;Bert;BUSY;1775210410;0")));
        assert!(!is_header(&rows("")));
        assert!(!is_header(&[]));
    }
}
