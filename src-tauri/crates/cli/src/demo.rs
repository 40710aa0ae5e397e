//! `demo`: a pretend exchange, and made-up lines of any number.

use std::{
    fs::File,
    io::{self, BufWriter, Write},
    path::Path,
    sync::{Arc, OnceLock},
};

use ::app::AppError;
use chrono::NaiveDate;
use test_support::{LiveSettings, asterisk, office, tcp};

use crate::{
    Done,
    arguments::{Demo, DemoCommand, DemoData, DemoPbx},
    text,
};

/// The one format the pretend exchange prints.
const FORMAT: &str = "siemens-hipath";
/// The file that a pretend exchange of another make writes.
const ASTERISK: &str = "asterisk-master";

pub(crate) fn run(arguments: Demo) -> anyhow::Result<Done> {
    match arguments.what {
        DemoCommand::Pbx(pbx) => play(&pbx),
        DemoCommand::Data(data) => write_data(&data),
    }
}

fn play(arguments: &DemoPbx) -> anyhow::Result<Done> {
    ::formats::format(&arguments.format).map_err(AppError::from)?;
    if arguments.format != FORMAT {
        anyhow::bail!("The pretend exchange prints {FORMAT} only.");
    }
    let mut live = LiveSettings::new(arguments.seed);
    live.calls_per_hour = arguments.calls_per_hour;
    live.speed = arguments.speed;
    live.faults = arguments.faults.parse()?;
    live.limit = arguments.lines;
    let place_told = Arc::new(OnceLock::new());
    if arguments.show {
        let place_told = Arc::clone(&place_told);
        live.on_line = Some(Arc::new(move |sent| {
            // The place comes first, whatever was sent meanwhile.
            place_told.wait();
            // A reader that has gone away does not stop the exchange.
            let _ = text::out(&sent.line);
        }));
    }
    match arguments.tcp {
        Some(address) => {
            let mut server = tcp::serve(address, live)?;
            tell_place(server.address(), &place_told)?;
            server.finish()?;
        }
        None => play_on_port(arguments, live, &place_told)?,
    }
    Ok(Done::Well)
}

fn tell_place(place: impl std::fmt::Display, told: &OnceLock<()>) -> io::Result<()> {
    let printed = text::out(place);
    // Even if nobody reads, or the exchange would wait for ever.
    let _ = told.set(());
    printed
}

#[cfg(unix)]
fn play_on_port(arguments: &DemoPbx, live: LiveSettings, place_told: &OnceLock<()>) -> anyhow::Result<()> {
    use test_support::{
        pbx::{PbxSettings, PretendPbx},
        pty::PortSettings,
    };

    let link = if let Some(link) = &arguments.port {
        link.clone()
    } else {
        let folder = std::env::temp_dir().join(format!("ringledger-demo-{}", std::process::id()));
        std::fs::create_dir_all(&folder).map_err(|error| AppError::File(folder.clone(), error))?;
        folder.join("ttyPBX")
    };
    let mut port = PortSettings::new(&link);
    port.baud = arguments.baud;
    if let Some(wire) = &arguments.wire {
        port = port.on_wire(wire.parse()?);
    }
    let mut pbx = PretendPbx::start(PbxSettings { live, port })?;
    tell_place(link.display(), place_told)?;
    pbx.finish()?;
    // Lines still in the kernel are lost with the port.
    while !pbx.port().drained(std::time::Duration::from_secs(1)) {}
    Ok(())
}

#[cfg(not(unix))]
fn play_on_port(_: &DemoPbx, _: LiveSettings, _: &OnceLock<()>) -> anyhow::Result<()> {
    anyhow::bail!("This system has no pseudo-terminals; use --tcp 127.0.0.1:2300.")
}

fn write_data(arguments: &DemoData) -> anyhow::Result<Done> {
    let until = arguments.until.unwrap_or_else(|| chrono::Local::now().date_naive());
    let made_up = MadeUp::of(arguments, until);
    if arguments.output == Path::new("-") {
        made_up.write(io::stdout().lock())?;
    } else {
        let told = |error| AppError::File(arguments.output.clone(), error);
        let file = File::create_new(&arguments.output).map_err(told)?;
        made_up.write(file).map_err(told)?;
    }
    Ok(Done::Well)
}

/// Lines of one make, and how that make ends them.
struct MadeUp {
    lines: Box<dyn Iterator<Item = String>>,
    line_end: &'static [u8],
}

impl MadeUp {
    fn of(arguments: &DemoData, until: NaiveDate) -> Self {
        let seed = arguments.seed;
        let (calls, rows) = (arguments.calls.unwrap_or(0), arguments.rows);
        if arguments.format == ASTERISK {
            let lines: Box<dyn Iterator<Item = String>> = match rows {
                Some(rows) => Box::new(asterisk::exactly_rows(seed, rows, until)),
                None => Box::new(asterisk::rows(seed, calls, until)),
            };
            return Self { lines, line_end: b"\n" };
        }
        let lines: Box<dyn Iterator<Item = String>> = match rows {
            Some(rows) => {
                let wanted = usize::try_from(rows).unwrap_or(usize::MAX);
                Box::new(office::history(seed, calls_for(rows), until).take(wanted))
            }
            None => Box::new(office::history(seed, calls, until)),
        };
        Self { lines, line_end: b"\r\n" }
    }

    fn write(self, to: impl Write) -> io::Result<()> {
        let mut to = BufWriter::new(to);
        for line in self.lines {
            to.write_all(line.as_bytes())?;
            to.write_all(self.line_end)?;
        }
        to.flush()
    }
}

/// As many calls as have at least so many lines, and few more.
fn calls_for(lines: u64) -> u32 {
    /// What the stories of the office come to.
    const LINES_OF_TEN_CALLS: u64 = 24;

    // Chance takes or gives less than this, however many there are.
    let margin = lines.isqrt() * 2 + 4;
    u32::try_from(lines.saturating_mul(10) / LINES_OF_TEN_CALLS + margin).unwrap_or(u32::MAX)
}
