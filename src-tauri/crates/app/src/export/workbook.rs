//! Calls as a workbook for Excel: numbers of telephones as text, times as times, durations as durations.

use std::{
    fs::File,
    io::{self, BufWriter},
    time::Duration,
};

use rust_xlsxwriter::{Color, ExcelDateTime, Format, FormatBorder, Workbook, XlsxError};

use super::{Table, columns::Cell};

/// Rows of calls that a sheet holds below its titles.
pub(super) const MOST_ROWS: u32 = 1_048_575;

/// Characters of a cell (Excel specifications and limits).
const LONGEST_TEXT: usize = 32_767;

/// Widths are in characters.
const WIDTH: f64 = 18.0;

const SECONDS_OF_A_DAY: f64 = 86_400.0;

pub(crate) struct SheetTable {
    workbook: Workbook,
    file: File,
    next_row: u32,
    titled: Format,
    moment: Format,
    duration: Format,
}

impl SheetTable {
    /// Rows go to a file for temporary ones until the end, so that a million of them need little memory.
    pub fn new(file: File) -> io::Result<Self> {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet_with_constant_memory().map_err(told)?;
        sheet.set_freeze_panes(1, 0).map_err(told)?;
        Ok(Self {
            workbook,
            file,
            next_row: 0,
            titled: Format::new()
                .set_bold()
                .set_border_bottom(FormatBorder::Thin)
                .set_background_color(Color::RGB(0x00EE_EEEE)),
            moment: Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
            duration: Format::new().set_num_format("[h]:mm:ss"),
        })
    }
}

impl Table for SheetTable {
    fn title_row(&mut self, titles: &mut dyn Iterator<Item = &str>) -> io::Result<()> {
        let sheet = self.workbook.worksheet_from_index(0).map_err(told)?;
        for (column, title) in (0..).zip(titles) {
            sheet.set_column_width(column, WIDTH).map_err(told)?;
            sheet.write_string_with_format(0, column, cut(title), &self.titled).map_err(told)?;
        }
        self.next_row = 1;
        Ok(())
    }

    fn row(&mut self, cells: &mut dyn Iterator<Item = Cell>) -> io::Result<()> {
        let row = self.next_row;
        let sheet = self.workbook.worksheet_from_index(0).map_err(told)?;
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Cell::Empty => continue,
                Cell::Text(text) => sheet.write_string(row, column, cut(&text)),
                Cell::Count(count) => sheet.write_number(row, column, count),
                Cell::Seconds(seconds) => {
                    let days = f64::from(seconds) / SECONDS_OF_A_DAY;
                    sheet.write_number_with_format(row, column, days, &self.duration)
                }
                Cell::Duration(seconds) => {
                    let days = Duration::from_secs(seconds).as_secs_f64() / SECONDS_OF_A_DAY;
                    sheet.write_number_with_format(row, column, days, &self.duration)
                }
                Cell::Number(number, decimals) => {
                    let decimals = Format::new().set_num_format(match decimals {
                        0 => "0",
                        1 => "0.0",
                        2 => "0.00",
                        _ => "0.000",
                    });
                    sheet.write_number_with_format(row, column, number, &decimals)
                }
                Cell::Moment(moment) => match ExcelDateTime::from_timestamp(moment.and_utc().timestamp()) {
                    Ok(time) => sheet.write_datetime_with_format(row, column, &time, &self.moment),
                    // Before 1900.
                    Err(_) => sheet.write_string(row, column, moment.to_string()),
                },
            }
            .map_err(told)?;
        }
        self.next_row += 1;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        let mut file = BufWriter::new(self.file);
        self.workbook.save_to_writer(&mut file).map_err(told)?;
        file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
    }
}

fn cut(text: &str) -> &str {
    // Characters as Excel counts them are UTF-16; nothing that an exchange prints comes near.
    text.char_indices().nth(LONGEST_TEXT / 2).map_or(text, |(end, _)| text.get(..end).unwrap_or(text))
}

fn told(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        error => io::Error::other(error),
    }
}
