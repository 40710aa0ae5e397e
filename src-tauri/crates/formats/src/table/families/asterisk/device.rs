//! Names of channels and devices.

/// The device of a channel's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::table::families) enum Device<'a> {
    /// `PJSIP/201-0000000b`: 201.
    Peer(&'a str),
    /// `Local/201@from-queue-00000001;2`: 201. The first half is turned to the application that made the channel,
    /// the second runs in the dial plan.
    Local {
        name: &'a str,
        first_half: bool,
    },
    None,
}

pub(in crate::table::families) fn device(channel: &str) -> Device<'_> {
    // Masqueraded channels were marked at their end: `<ZOMBIE>`, `<MASQ>`.
    let mark = if channel.ends_with('>') { channel.find('<') } else { None };
    let channel = mark.map_or(channel, |mark| &channel[..mark]);
    let Some(slash) = channel.bytes().position(|byte| byte == b'/') else {
        return if channel.is_empty() { Device::None } else { Device::Peer(channel) };
    };
    let (technology, rest) = (&channel[..slash], &channel[slash + 1..]);
    match technology {
        "Local" => {
            let end = rest.bytes().position(|byte| matches!(byte, b'@' | b'-' | b';')).unwrap_or(rest.len());
            let first_half = rest.ends_with(";1") || rest.ends_with(",1");
            return Device::Local { name: &rest[..end], first_half };
        }
        // Channels that took another's place carry its name behind a word of their own.
        "AsyncGoto" | "Bridge" | "Parked" | "Surrogate" | "Transfered" => return device(rest),
        _ => {}
    }
    // The channel's own number stands behind the last hyphen; names of peers may have hyphens too.
    let hyphen = rest.bytes().rposition(|byte| byte == b'-').unwrap_or(rest.len());
    let name = &rest[..hyphen];
    // `DAHDI/i1/0871234567-1a`: the span, then what was dialled on it.
    let name = &name[..name.bytes().position(|byte| byte == b'/').unwrap_or(name.len())];
    if name.is_empty() { Device::None } else { Device::Peer(name) }
}

/// How a dial plan dialled a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::table::families) enum Dialled<'a> {
    /// The device itself, so it is a telephone: a line needs a number.
    Plainly,
    /// A number on it.
    Number(&'a str),
    /// Not by this name.
    Unknown,
}

/// Looks for a device in what was dialled: `PJSIP/201&PJSIP/0209100417@line1,20,tT`.
pub(super) fn dialled<'a>(data: &'a str, peer: &str) -> Dialled<'a> {
    let found = targets(data).find(|(name, _)| *name == peer);
    found.map_or(Dialled::Unknown, |(_, dialled)| dialled)
}

/// The devices that are dialled, with how.
pub(in crate::table::families) fn targets(data: &str) -> impl Iterator<Item = (&str, Dialled<'_>)> {
    let targets = data.split([',', '|']).next().unwrap_or_default();
    targets.split('&').filter_map(|target| {
        let (_, rest) = cut(target, b'/')?;
        let (name, number) = match cut(rest, b'/') {
            Some((name, number)) => (name, Some(number)),
            None => match cut(rest, b'@') {
                Some((number, name)) => (name, Some(number)),
                None => (rest, None),
            },
        };
        // A telephone's own address: `sip:201@192.0.2.7`.
        let number = number.map(|number| {
            let number = number.strip_prefix("sip:").unwrap_or(number);
            number.split('@').next().unwrap_or(number)
        });
        let plainly = number.is_none_or(|number| number == name);
        Some((name, number.filter(|_| !plainly).map_or(Dialled::Plainly, Dialled::Number)))
    })
}

/// What stands before and behind an ASCII mark. Names are short, so this is several times as quick as searching for a
/// letter.
fn cut(text: &str, mark: u8) -> Option<(&str, &str)> {
    let at = text.bytes().position(|byte| byte == mark)?;
    Some((&text[..at], &text[at + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_channel_names_its_device() {
        let cases = [
            ("PJSIP/201-0000000b", "201"),
            ("SIP/my-line-00000001", "my-line"),
            ("IAX2/pstn-634", "pstn"),
            ("Zap/52-1", "52"),
            ("DAHDI/i1/0209100417-1a", "i1"),
            ("Dongle/LINE-010000003c", "LINE"),
            ("TELCHAN/5/22", "5"),
            ("Console/dsp", "dsp"),
            ("SIP/192.0.2.7-08a3b2", "192.0.2.7"),
            ("Parked/SIP/201-00000002", "201"),
            ("AsyncGoto/SIP/201-00000002<ZOMBIE>", "201"),
        ];
        for (channel, peer) in cases {
            assert_eq!(device(channel), Device::Peer(peer), "{channel}");
        }
        assert_eq!(device(""), Device::None);
        assert_eq!(device("SIP/"), Device::None);
    }

    #[test]
    fn halves_of_a_local_channel_are_told_apart() {
        let half = |channel| match device(channel) {
            Device::Local { name, first_half } => Some((name, first_half)),
            _ => None,
        };
        assert_eq!(half("Local/104@internal-00000000;1"), Some(("104", true)));
        assert_eq!(half("Local/104@internal-00000000;2"), Some(("104", false)));
        assert_eq!(half("Local/104@from-queue/n-1a2b;2"), Some(("104", false)));
    }

    #[test]
    fn a_line_is_dialled_with_a_number() {
        assert_eq!(dialled("SIP/201&SIP/0209100417@line1,20,tT", "201"), Dialled::Plainly);
        assert_eq!(dialled("SIP/201&SIP/0209100417@line1,20,tT", "line1"), Dialled::Number("0209100417"));
        assert_eq!(dialled("DAHDI/g1/0209100417|30", "g1"), Dialled::Number("0209100417"));
        assert_eq!(dialled("IAX2/101/101,20", "101"), Dialled::Plainly);
        assert_eq!(dialled("PJSIP/201/sip:201@192.0.2.7:5060", "201"), Dialled::Plainly);
        assert_eq!(dialled("sales,tT,,,25", "201"), Dialled::Unknown);
        assert_eq!(dialled("", "201"), Dialled::Unknown);
    }
}
