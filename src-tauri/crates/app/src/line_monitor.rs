//! What a line delivered, byte by byte: the line monitor and the inbox of rejected lines.

use formats::Format;
use ledger::{Ledger, LineEntry, SourceId, Verdict};

use crate::{
    App, AppError, call_list, intake, rfc3339,
    views::{LineVerdict, MonitorLine, MonitorPage, RejectedLine, RejectedPage},
};

const MOST_LINES: u32 = 500;

impl App {
    /// The last lines of a source, and the bytes after them.
    pub fn line_monitor(&self, source: u32, limit: u32) -> Result<MonitorPage, AppError> {
        let id = SourceId(source);
        let mut page = self.read(|ledger| {
            let about = ledger.source(id)?.ok_or(AppError::NoSuchSource(source))?;
            let format = formats::format(&about.draft.format)?;
            let lines = ledger.last_lines(id, limit.min(MOST_LINES))?;
            let lines =
                lines.iter().map(|line| monitor_line(ledger, format, line)).collect::<Result<_, _>>()?;
            Ok(MonitorPage { lines, pending: None })
        })?;
        page.pending =
            self.collector().and_then(|collector| collector.pending(id)).map(|(raw, at)| MonitorLine {
                line: 0,
                received_at: rfc3339(at),
                verdict: LineVerdict::Partial,
                reason: None,
                text: visible(&raw),
                hex: hex(&raw),
                fields: Vec::new(),
            });
        Ok(page)
    }

    /// Rejected lines, newest first, of one source or of all.
    pub fn rejected_lines(
        &self,
        source: Option<u32>,
        offset: u32,
        limit: u32,
    ) -> Result<RejectedPage, AppError> {
        self.read(|ledger| {
            let mut rows = Vec::new();
            for line in ledger.rejected_lines(source.map(SourceId), offset, limit.min(MOST_LINES))? {
                let about = ledger.source(line.source)?;
                let raw = ledger.raw(line.source, line.position, u64::from(line.length))?;
                rows.push(RejectedLine {
                    source: about.map_or_else(String::new, |source| source.draft.name),
                    line: line.number,
                    received_at: rfc3339(intake::time(line.received_at)),
                    reason: line.reason.unwrap_or_default(),
                    text: visible(without_end(&raw)),
                });
            }
            let total = match source {
                Some(source) => ledger.tally(SourceId(source))?.rejected,
                None => ledger.sizes()?.2,
            };
            Ok(RejectedPage { rows, total })
        })
    }
}

fn monitor_line(ledger: &Ledger, format: &dyn Format, line: &LineEntry) -> Result<MonitorLine, AppError> {
    let raw = ledger.raw(line.source, line.position, u64::from(line.length))?;
    let clean = cleaned(&raw);
    // Fields are places in the cleaned line; with control bytes inside they would underline the wrong ones.
    let fields = if without_end(&raw) == clean { call_list::spans(format, &clean) } else { Vec::new() };
    Ok(MonitorLine {
        line: line.number,
        received_at: rfc3339(intake::time(line.received_at)),
        verdict: match line.verdict {
            Verdict::Inserted => LineVerdict::Inserted,
            Verdict::Known => LineVerdict::Known,
            Verdict::Ignored => LineVerdict::Ignored,
            Verdict::Rejected => LineVerdict::Rejected,
        },
        reason: line.reason.clone(),
        text: visible(without_end(&raw)),
        hex: hex(&raw),
        fields,
    })
}

/// A raw line as the framer cleans it: without control bytes and trailing blanks.
pub(crate) fn cleaned(raw: &[u8]) -> Vec<u8> {
    let text: Vec<u8> = raw.iter().copied().filter(|byte| *byte >= 0x20 && *byte != 0x7f).collect();
    text.trim_ascii_end().to_vec()
}

fn without_end(raw: &[u8]) -> &[u8] {
    raw.trim_ascii_end()
}

/// Bytes as Latin-1.
pub(crate) fn latin1(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

/// Bytes as UTF-8 where they are, else as Latin-1.
pub(crate) fn readable(bytes: &[u8]) -> String {
    std::str::from_utf8(bytes).map_or_else(|_| latin1(bytes), str::to_owned)
}

/// Bytes as Latin-1, control bytes as their pictures (U+2400 onwards), so that each byte is one character.
fn visible(bytes: &[u8]) -> String {
    let picture = |byte: u8| match byte {
        0..=0x1f => char::from_u32(0x2400 + u32::from(byte)).unwrap_or('\u{2426}'),
        0x7f => '\u{2421}',
        0x80..=0x9f => '\u{2426}',
        _ => char::from(byte),
    };
    bytes.iter().map(|byte| picture(*byte)).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(" ")
}
