//! A serial port.

use std::io;

use tokio::io::AsyncReadExt as _;
use tokio_serial::{DataBits, FlowControl, SerialPort as _, SerialPortBuilder, SerialStream, StopBits};

use super::{Took, ended_by_nothing};
use crate::blocking::off_thread;
use crate::errors::OpenError;
use crate::place::Adapter;
use crate::settings::{Flow, Parity, SerialSettings};
use crate::{owner, ports};

#[derive(Debug)]
pub(crate) struct SerialLine {
    stream: SerialStream,
    configured: SerialSettings,
}

impl SerialLine {
    /// Opens the port exclusively, under whatever name its adapter has now.
    pub(super) async fn open(
        port: String,
        adapter: Option<Adapter>,
        settings: SerialSettings,
    ) -> Result<Self, OpenError> {
        // Finding and opening ask drivers, which may hang with a broken adapter.
        let opened = off_thread(move || {
            let path = current_path(port, adapter.as_ref())?;
            open(&path, settings)
        });
        opened.await.map(|stream| Self { stream, configured: settings })
    }

    pub(super) async fn read(&mut self, room: &mut [u8]) -> io::Result<Took> {
        self.stream.read(room).await.map(ended_by_nothing)
    }

    pub(super) fn configured(&self) -> SerialSettings {
        self.configured
    }

    /// On the open port: closing it would drop DTR.
    pub(super) fn set(&mut self, settings: &SerialSettings) -> io::Result<()> {
        self.stream.set_baud_rate(settings.baud)?;
        self.stream.set_data_bits(data_bits(settings))?;
        self.stream.set_parity(parity(settings))?;
        self.stream.set_stop_bits(stop_bits(settings))?;
        Ok(())
    }
}

fn current_path(port: String, adapter: Option<&Adapter>) -> Result<String, OpenError> {
    let Some(adapter) = adapter else { return Ok(port) };
    // Not found, it is not opened by its old name: that could be another adapter now, with another exchange behind it.
    ports::find(adapter, &port).ok_or_else(|| OpenError::serial_not_found(&port))
}

fn open(path: &str, settings: SerialSettings) -> Result<SerialStream, OpenError> {
    // Programs that follow the old custom do not lock the device itself; both would get half of the bytes.
    if let Some(owner) = owner::lock_file_owner(path) {
        return Err(OpenError::Busy { place: path.to_owned(), owner: Some(owner) });
    }
    let mut stream =
        SerialStream::open(&builder(path, settings)).map_err(|error| OpenError::serial(&error, path))?;
    // Pseudo-terminals have no modem lines, so an error says nothing about the port.
    if settings.flow != Flow::Hardware
        && let Err(error) = stream.write_request_to_send(settings.rts)
    {
        tracing::debug!(%error, "request to send was not set");
    }
    Ok(stream)
}

/// Exclusive is the library's default.
fn builder(path: &str, settings: SerialSettings) -> SerialPortBuilder {
    tokio_serial::new(path, settings.baud)
        .data_bits(data_bits(&settings))
        .parity(parity(&settings))
        .stop_bits(stop_bits(&settings))
        .flow_control(match settings.flow {
            Flow::None => FlowControl::None,
            Flow::Hardware => FlowControl::Hardware,
            Flow::Software => FlowControl::Software,
        })
        .dtr_on_open(settings.dtr)
}

fn data_bits(settings: &SerialSettings) -> DataBits {
    match settings.data_bits {
        5 => DataBits::Five,
        6 => DataBits::Six,
        7 => DataBits::Seven,
        _ => DataBits::Eight,
    }
}

fn parity(settings: &SerialSettings) -> tokio_serial::Parity {
    match settings.parity {
        Parity::None => tokio_serial::Parity::None,
        Parity::Even => tokio_serial::Parity::Even,
        Parity::Odd => tokio_serial::Parity::Odd,
    }
}

fn stop_bits(settings: &SerialSettings) -> StopBits {
    if settings.stop_bits == 2 { StopBits::Two } else { StopBits::One }
}
