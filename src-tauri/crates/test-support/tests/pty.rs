//! The pretend port as a program sees it that opens it by its path.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::{
    fs::File,
    io::{BufRead, BufReader, ErrorKind, Read},
    path::Path,
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;
use test_support::{
    PretendError,
    pty::{PortSettings, PretendPort},
    wire::LineSettings,
};

fn line(number: usize) -> String {
    format!("09.03.2612:04:05  7   10400:0500:01:0301555{number:05}                          1\r\n")
}

fn port(folder: &TempDir, change: impl FnOnce(PortSettings) -> PortSettings) -> Arc<PretendPort> {
    Arc::new(PretendPort::open(change(PortSettings::new(folder.path().join("ttyPBX")))).unwrap())
}

/// Reads until so many bytes have come.
fn take(reader: &mut impl Read, bytes: usize) -> Vec<u8> {
    let mut taken = vec![0; bytes];
    reader.read_exact(&mut taken).unwrap();
    taken
}

fn serial(path: &Path, baud: u32) -> serialport::SerialPortBuilder {
    serialport::new(path.to_string_lossy(), baud).timeout(Duration::from_secs(20))
}

#[test]
fn twenty_thousand_lines_and_none_is_lost() {
    let folder = TempDir::new().unwrap();
    let port = port(&folder, |settings| settings);
    let reader = BufReader::new(File::open(port.path()).unwrap());
    let counting = thread::spawn(move || {
        for (number, read) in reader.lines().take(20_000).enumerate() {
            assert_eq!(format!("{}\n", read.unwrap()), line(number).replace('\r', ""));
        }
    });
    for number in 0..20_000 {
        port.write(line(number).as_bytes()).unwrap();
    }
    counting.join().unwrap();
}

#[test]
fn unplugging_is_end_of_file_and_replugging_opens_again() {
    let folder = TempDir::new().unwrap();
    let port = port(&folder, |settings| settings);
    for round in 0..3 {
        let mut reader = File::open(port.path()).unwrap();
        port.write(line(round).as_bytes()).unwrap();
        assert_eq!(take(&mut reader, line(round).len()), line(round).as_bytes());
        assert!(port.drained(Duration::from_secs(10)));

        let waiting = thread::spawn(move || (reader.read(&mut [0; 100]), reader));
        port.unplug();
        // Linux closes in two steps: a read until the second gets an error, every later one end-of-file.
        let (meanwhile, mut reader) = waiting.join().unwrap();
        assert!(
            matches!(meanwhile.as_ref().map_err(std::io::Error::raw_os_error), Ok(0) | Err(Some(5))),
            "{meanwhile:?}"
        );
        assert_eq!(reader.read(&mut [0; 100]).unwrap(), 0, "end of file");
        assert_eq!(File::open(port.path()).unwrap_err().kind(), ErrorKind::NotFound);
        assert!(matches!(port.write(b"x"), Err(PretendError::Unplugged)));
        port.replug().unwrap();
    }
}

#[test]
fn unplugging_and_stopping_end_a_write_that_waits() {
    let folder = TempDir::new().unwrap();
    let port = port(&folder, |settings| settings);
    for stop in [false, true] {
        let writing = thread::spawn({
            let port = Arc::clone(&port);
            move || port.write(&vec![b'x'; 1_000_000])
        });
        // The first byte has come, so it is at it; the kernel does not hold a million.
        take(&mut File::open(port.path()).unwrap(), 1);
        if stop {
            port.stop();
        } else {
            port.unplug();
        }
        let error = writing.join().unwrap().unwrap_err();
        assert_eq!(error.code(), if stop { "pretend-stopped" } else { "pretend-unplugged" });
        port.replug().unwrap();
    }
}

/// What a serial library does when it opens a port (raw mode, speed, exclusive use) throws nothing away.
#[test]
fn opening_with_a_serial_library_keeps_what_waits() {
    let folder = TempDir::new().unwrap();
    let port = port(&folder, |settings| settings);
    for number in 0..6 {
        port.write(line(number).as_bytes()).unwrap();
    }
    for number in 0..6 {
        let baud = [1200, 9600, 115_200, 12_345, 300, 9600][number];
        let parity = [serialport::Parity::None, serialport::Parity::Even][number % 2];
        let mut reader = serial(port.path(), baud).parity(parity).open().unwrap();
        assert_eq!(take(&mut reader, line(number).len()), line(number).as_bytes());
    }
}

#[test]
fn the_wire_keeps_its_speed() {
    let folder = TempDir::new().unwrap();
    let port = port(&folder, |settings| PortSettings { baud: Some(9600), ..settings });
    let mut reader = File::open(port.path()).unwrap();
    let began = Instant::now();
    let reading = thread::spawn(move || take(&mut reader, 10 * line(0).len()));
    for number in 0..10 {
        port.write(line(number).as_bytes()).unwrap();
    }
    let took = began.elapsed().as_secs_f64();
    assert_eq!(reading.join().unwrap(), (0..10).map(line).collect::<String>().into_bytes());
    let wire = f64::from(u32::try_from(10 * line(0).len()).unwrap()) / 960.0;
    // Being 50 ms late is made up for.
    assert!(took >= wire - 0.05, "{took} s is faster than the wire's {wire} s");
    assert!(took < wire * 1.2 + 1.0, "{took} s is much slower than the wire's {wire} s");
}

/// One exchange at 1200 8N1 and readers that try speeds, as automatic detection does.
#[test]
fn the_wrong_speed_reads_garbage_and_the_right_one_text() {
    let folder = TempDir::new().unwrap();
    let wire: LineSettings = "1200 8N1".parse().unwrap();
    let port = port(&folder, |settings| PortSettings { baud: Some(20_000), ..settings.on_wire(wire) });
    let writing = thread::spawn({
        let port = Arc::clone(&port);
        move || while port.write(line(0).as_bytes()).is_ok() {}
    });
    for baud in [9600, 1200, 2400, 1200, 115_200, 1200] {
        let mut reader = serial(port.path(), baud).open().unwrap();
        let read = take(&mut reader, 4 * line(0).len());
        drop(reader);
        let twice = line(0).repeat(2);
        let printable = read.iter().filter(|byte| matches!(byte, b' '..=b'~' | b'\r' | b'\n')).count();
        if baud == 1200 {
            assert!(String::from_utf8_lossy(&read).contains(twice.trim()), "{read:?}");
        } else {
            assert!(printable * 2 < read.len(), "{printable} of {} at {baud}", read.len());
        }
    }
    port.stop();
    writing.join().unwrap();
}

#[test]
fn parity_that_is_not_expected_shows_in_bit_seven() {
    let folder = TempDir::new().unwrap();
    let wire: LineSettings = "9600 7E1".parse().unwrap();
    let port = port(&folder, |settings| PortSettings { baud: Some(500_000), ..settings.on_wire(wire) });
    for (data_bits, parity) in [
        (serialport::DataBits::Eight, serialport::Parity::None),
        (serialport::DataBits::Seven, serialport::Parity::Even),
    ] {
        let mut reader = serial(port.path(), 9600).data_bits(data_bits).parity(parity).open().unwrap();
        port.write(line(7).as_bytes()).unwrap();
        let read = take(&mut reader, line(7).len());
        let masked: Vec<u8> = read.iter().map(|byte| byte & 0x7f).collect();
        assert_eq!(masked, line(7).as_bytes());
        assert_eq!(read == masked, parity == serialport::Parity::Even);
    }
}

#[test]
fn the_link_takes_the_place_of_nothing_else() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("ttyPBX");
    std::fs::write(&path, "mine").unwrap();
    let error = PretendPort::open(PortSettings::new(&path)).unwrap_err();
    assert_eq!(error.code(), "pretend-link-occupied");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine");
    std::fs::remove_file(&path).unwrap();

    // A link left over from a port that was killed.
    std::os::unix::fs::symlink("/dev/pts/999999", &path).unwrap();
    let port = PretendPort::open(PortSettings::new(&path)).unwrap();
    File::open(&path).unwrap();
    drop(port);
    assert!(std::fs::symlink_metadata(&path).is_err(), "the link goes with the port");
    let error = PretendPort::open(PortSettings::new(folder.path().join("none/ttyPBX"))).unwrap_err();
    assert_eq!(error.code(), "pretend-link");
}
