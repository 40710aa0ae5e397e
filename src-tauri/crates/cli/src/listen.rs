//! `listen`: collects until stopped, and prints calls as they come.

use std::{collections::BTreeSet, path::PathBuf};

use ::app::{App, AppError, Change, Collect, Plan};
use capture::Place;
use tokio::sync::broadcast::error::RecvError;

use crate::{
    Done,
    arguments::{FlowArgument, Listen},
    input, json,
    stop::Stop,
    text,
};

pub(crate) fn run(ledger: Option<PathBuf>, arguments: &Listen) -> anyhow::Result<Done> {
    let place = place(arguments)?;
    // Without a place there is only what a ledger knows already, so none is made.
    let path = if place.is_some() { input::ledger(ledger)? } else { input::existing_ledger(ledger)? };
    let app = App::open(&path, "ringledger listen")?;
    let what = match place {
        None => Collect::All,
        Some(place) => {
            let plan = Plan {
                place,
                name: None,
                format: format_id(&arguments.format)?,
                zone: input::zone(arguments.zone.as_deref())?,
            };
            Collect::Only(BTreeSet::from([app.ensure_source(plan)?]))
        }
    };
    let sources = app.overview()?.sources;
    if what == Collect::All && sources.is_empty() {
        return Err(anyhow::anyhow!(
            "This ledger has no source to listen to; name one, as in `ringledger listen --serial /dev/ttyUSB0`."
        ));
    }
    let signals = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut changes = app.changes();
    let stop = signals.block_on(async { Stop::new() })?;
    app.collect(what)?;
    text::say(&format!("Collecting into {}. Ctrl-C stops.", path.display()));
    let printed = signals.block_on(print_until(&app, &mut changes, stop, arguments.json));
    app.stop();
    while let Ok(change) = changes.try_recv() {
        print_calls(&app, &change, arguments.json)?;
    }
    printed?;
    Ok(Done::Well)
}

async fn print_until(
    app: &App,
    changes: &mut tokio::sync::broadcast::Receiver<Change>,
    mut stop: Stop,
    as_json: bool,
) -> anyhow::Result<()> {
    let mut told = Told::default();
    loop {
        tokio::select! {
            () = stop.asked() => return Ok(()),
            change = changes.recv() => match change {
                Ok(change) => {
                    print_calls(app, &change, as_json)?;
                    if change.sources {
                        told.say_states(app)?;
                    }
                }
                Err(RecvError::Lagged(missed)) => {
                    // They are in the ledger; only the printing could not keep up.
                    text::say(&format!("{missed} changes came faster than they could be printed."));
                }
                Err(RecvError::Closed) => return Ok(()),
            },
        }
    }
}

fn print_calls(app: &App, change: &Change, as_json: bool) -> anyhow::Result<()> {
    for id in &change.calls {
        let Some(listed) = app.listed_call(*id)?.filter(|listed| !listed.stored.live) else { continue };
        let call = &listed.stored.call;
        if as_json {
            let lines: Vec<u64> = listed.lines.iter().map(|line| u64::from(*line)).collect();
            text::out(json::remarked(json::call(call, false, lines, &listed.keys), &listed))?;
        } else {
            text::out(text::call(call))?;
        }
    }
    Ok(())
}

/// What was told of the lines, so that each state is told once.
#[derive(Default)]
struct Told {
    states: std::collections::BTreeMap<u32, (String, Option<String>)>,
}

impl Told {
    fn say_states(&mut self, app: &App) -> anyhow::Result<()> {
        for source in app.overview()?.sources {
            let state = source.state;
            // The same stable name that the window gets: "disk-full", "not-found".
            let code = serde_json::to_value(state.code)?.as_str().unwrap_or_default().to_owned();
            let advice = state.speed_advice.map(|advice| advice.text);
            let fresh = (code.clone(), state.detail.clone().or_else(|| advice.clone()));
            if self.states.get(&source.id) == Some(&fresh) {
                continue;
            }
            let detail = state.detail.map_or_else(String::new, |detail| format!(": {detail}"));
            text::say(&format!("{} {code}{detail}", source.name));
            if let Some(advice) = advice {
                text::say(&format!("This looks like {advice}."));
            }
            if let Some(hint) = state.hint {
                text::say(&format!("  {hint}"));
            }
            self.states.insert(source.id, fresh);
        }
        Ok(())
    }
}

/// `auto` on a live line means the only format that such lines have; with more, lines will have to come first.
fn format_id(name: &str) -> anyhow::Result<String> {
    if name != "auto" {
        return Ok(::formats::format(name).map_err(AppError::from)?.id().to_owned());
    }
    match ::formats::formats().map_err(AppError::from)? {
        [only] => Ok(only.id().to_owned()),
        _ => Err(anyhow::anyhow!(
            "There are several formats; name one with --format. `ringledger formats` lists them."
        )),
    }
}

fn place(arguments: &Listen) -> anyhow::Result<Option<Place>> {
    if let Some(port) = &arguments.serial {
        return serial(port, arguments).map(Some);
    }
    let text = if let Some(address) = &arguments.tcp {
        format!("tcp:{address}")
    } else if let Some(address) = arguments.tcp_server {
        format!("tcp-server:{address}")
    } else if let Some(address) = arguments.udp {
        format!("udp:{address}")
    } else if let Some(path) = &arguments.tail {
        return Ok(Some(Place::Tail { path: std::path::absolute(path)? }));
    } else {
        return Ok(None);
    };
    Ok(Some(text.parse()?))
}

fn serial(port: &str, arguments: &Listen) -> anyhow::Result<Place> {
    let usual = ::formats::format(&format_id(&arguments.format)?).map_err(AppError::from)?.serial();
    let frame = arguments.frame.as_deref().unwrap_or("8N1");
    let mut settings: capture::SerialSettings =
        format!("{} {frame}", arguments.baud.unwrap_or(usual.baud)).parse()?;
    settings.flow = match arguments.flow {
        Some(FlowArgument::Hardware) => capture::Flow::Hardware,
        Some(FlowArgument::Software) => capture::Flow::Software,
        Some(FlowArgument::None) | None => capture::Flow::None,
    };
    settings.dtr = !arguments.no_dtr;
    settings.rts = !arguments.no_rts;
    let adapter =
        capture::list_ports().into_iter().find(|known| known.path == port).and_then(|known| known.adapter());
    Ok(Place::Serial { port: port.to_owned(), adapter, settings })
}
