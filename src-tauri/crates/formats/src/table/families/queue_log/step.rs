//! What a line of a queue log says: the number of its fields depends on the version that wrote it.

use calls::QueueStep;

use crate::table::Meaning;
use crate::table::row::Row;

/// The verb of a line and the fields behind it.
pub(super) struct Line {
    verb: String,
    fields: Vec<String>,
}

/// Of members, pauses and settings; a call's id may stand there, too, and is of no call of the queue.
const OF_MEMBERS: [&str; 19] = [
    "ADDMEMBER",
    "AGENTCALLBACKLOGIN",
    "AGENTCALLBACKLOGOFF",
    "AGENTLOGIN",
    "AGENTLOGOFF",
    "CONFIGRELOAD",
    "HOTDESK",
    "PAUSE",
    "PAUSEALL",
    "PAUSEREASON",
    "PENALTY",
    "QUEUESTART",
    "REMOVEMEMBER",
    "RINGINUSE",
    "STARTUP",
    "UNPAUSE",
    "UNPAUSEALL",
    "WRAPUPSTART",
    "WRAPUPEND",
];

impl Line {
    pub fn of(row: &Row<'_>) -> Self {
        let mut fields: Vec<String> =
            row.every(Meaning::Details).map(|cell| cell.trim().to_owned()).collect();
        // A table has five columns for them; the last one keeps what is too much for it.
        if let Some(last) = fields.pop_if(|last| last.contains('|')) {
            fields.extend(last.split('|').map(|field| field.trim().to_owned()));
        }
        Self { verb: row.shown(Meaning::RecordType).into_owned(), fields }
    }

    pub fn is_of_members(&self) -> bool {
        OF_MEMBERS.contains(&self.verb.as_str())
    }

    /// The call that a code is given to, where the line is not of that call itself.
    pub fn other_call(&self) -> Option<String> {
        if self.verb == "CALLSTATUS" { self.field(1) } else { None }
    }

    /// A field that says something, from 0.
    pub fn field(&self, place: usize) -> Option<String> {
        self.fields.get(place).filter(|field| !field.is_empty()).cloned()
    }

    fn count(&self, place: usize) -> Option<u32> {
        self.fields.get(place)?.parse().ok()
    }

    pub fn step(&self) -> QueueStep {
        match self.verb.as_str() {
            "ENTERQUEUE" => QueueStep::Enter { number: self.field(1), position: self.count(2) },
            "CONNECT" => QueueStep::Connect {
                waited: self.count(0),
                channel: self.field(1),
                ring_seconds: self.count(2),
            },
            "COMPLETEAGENT" | "COMPLETECALLER" => QueueStep::Complete {
                waited: self.count(0),
                talked: self.count(1),
                caller: self.verb == "COMPLETECALLER",
            },
            "ABANDON" => QueueStep::Abandon { waited: self.count(2) },
            "EXITEMPTY" => QueueStep::ExitEmpty { waited: self.count(2) },
            "LEAVEEMPTY" => QueueStep::ExitEmpty { waited: None },
            "EXITWITHTIMEOUT" => QueueStep::ExitTimeout { waited: self.count(2) },
            "EXITWITHKEY" => {
                QueueStep::ExitKey { key: self.field(0).unwrap_or_default(), waited: self.count(3) }
            }
            "WITHDRAW" => QueueStep::Withdrawn { waited: self.count(2) },
            "AGENTDUMP" | "SYSCOMPAT" => QueueStep::Dropped,
            "RINGNOANSWER" | "RINGCANCELED" => QueueStep::RingNoAnswer {
                milliseconds: self.count(0),
                cancelled: self.verb == "RINGCANCELED",
            },
            "TRANSFER" | "BLINDTRANSFER" => QueueStep::Transfer {
                to: self.field(0),
                attended: false,
                waited: self.count(2),
                talked: self.count(3),
            },
            "ATTENDEDTRANSFER" => self.attended_transfer(),
            "FULL" | "CLOSED" | "JOINEMPTY" | "DIVERT_CA_RATIO" | "DIVERT_HOLDTIME" => {
                QueueStep::Refused { reason: self.verb.to_ascii_lowercase() }
            }
            "EXITCODE" => self.exit_code(),
            // Written by dial plans for versions that forget to say so themselves (Loway, 2007).
            "EXITHANGUP" => QueueStep::Abandon { waited: None },
            "CALLSTATUS" => match self.field(0) {
                Some(code) => QueueStep::Outcome { code },
                None => self.other(),
            },
            "DID" => self.did(0),
            "INFO" if self.field(0).is_some_and(|what| what == "DID") => self.did(1),
            _ => self.other(),
        }
    }

    /// A conversation that was joined with a bridge or an application, or with a channel, which takes a field more.
    fn attended_transfer(&self) -> QueueStep {
        let how = self.field(0).unwrap_or_default();
        let first = if how == "LINK" { 3 } else { 2 };
        QueueStep::Transfer {
            to: self.field(1).filter(|_| how == "APP"),
            attended: true,
            waited: self.count(first),
            talked: self.count(first + 1),
        }
    }

    /// The words of `QUEUESTATUS`.
    fn exit_code(&self) -> QueueStep {
        match self.field(0).unwrap_or_default().as_str() {
            "TIMEOUT" => QueueStep::ExitTimeout { waited: None },
            "LEAVEEMPTY" | "LEAVEUNAVAIL" => QueueStep::ExitEmpty { waited: None },
            "WITHDRAW" => QueueStep::Withdrawn { waited: None },
            reason @ ("FULL" | "JOINEMPTY" | "JOINUNAVAIL") => {
                QueueStep::Refused { reason: reason.to_ascii_lowercase() }
            }
            _ => self.other(),
        }
    }

    fn did(&self, place: usize) -> QueueStep {
        match self.field(place) {
            Some(number) => QueueStep::Did { number },
            None => self.other(),
        }
    }

    fn other(&self) -> QueueStep {
        QueueStep::Other { verb: self.verb.clone(), fields: self.fields.clone() }
    }
}
