//! What a column of a table means.

use serde::{Deserialize, Serialize};

/// What a column means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Meaning {
    /// When this row's part of the call began: a moment, or a day alone beside a [`Time`](Self::Time) column.
    Start,
    Answer,
    End,
    Date,
    Time,
    /// From the beginning to the end, ringing included.
    Total,
    /// From the answer to the end.
    Talk,
    Ring,
    Wait,
    Caller,
    Called,
    /// The number at the other end, whichever way the call went.
    OtherParty,
    CallerName,
    CalledName,
    /// `"Name" <number>` in one cell.
    CallerIdText,
    Direction,
    Disposition,
    /// Yes or no.
    Answered,
    Extension,
    Trunk,
    Did,
    AccountCode,
    Queue,
    /// A clearing cause as a number (ITU-T Q.850).
    Cause,
    /// A clearing cause as a word (`NORMAL_CLEARING`).
    CauseText,
    UniqueId,
    LinkedId,
    Sequence,
    CallId,
    /// The id of the other half of the call.
    OtherLeg,
    Charge,
    /// The line or device of the calling side.
    Channel,
    /// The line or device of the called side.
    OtherChannel,
    Application,
    ApplicationData,
    Context,
    /// What sort of row it is.
    RecordType,
    /// Yes when the call goes on in a later row.
    Continues,
    /// A site's own field, in which some exchanges put the called number (`did:5550100`).
    UserField,
    /// The member of a queue that an event is about.
    Member,
    /// What an event says beyond its name: one column, or several in their order.
    Details,
    /// Kept in the record's `extra` under its title.
    Kept,
    Ignored,
}

/// Every meaning with its word and the name people see, in the order of the choice lists.
const WORDS: [(Meaning, &str, &str); Meaning::COUNT] = [
    (Meaning::Start, "start", "Start"),
    (Meaning::Answer, "answer", "Answered at"),
    (Meaning::End, "end", "End"),
    (Meaning::Date, "date", "Date"),
    (Meaning::Time, "time", "Time of day"),
    (Meaning::Total, "total", "Duration with ringing"),
    (Meaning::Talk, "talk", "Talk time"),
    (Meaning::Ring, "ring", "Ring time"),
    (Meaning::Wait, "wait", "Waiting time"),
    (Meaning::Caller, "caller", "Caller's number"),
    (Meaning::Called, "called", "Called number"),
    (Meaning::OtherParty, "other-party", "Other party's number"),
    (Meaning::CallerName, "caller-name", "Caller's name"),
    (Meaning::CalledName, "called-name", "Called name"),
    (Meaning::CallerIdText, "caller-id-text", "Caller's name and number"),
    (Meaning::Direction, "direction", "Direction"),
    (Meaning::Disposition, "disposition", "Result"),
    (Meaning::Answered, "answered", "Answered, yes or no"),
    (Meaning::Extension, "extension", "Extension"),
    (Meaning::Trunk, "trunk", "Trunk"),
    (Meaning::Did, "did", "Our number that was called"),
    (Meaning::AccountCode, "account-code", "Account code"),
    (Meaning::Queue, "queue", "Queue"),
    (Meaning::Cause, "cause", "Clearing cause, number"),
    (Meaning::CauseText, "cause-text", "Clearing cause, word"),
    (Meaning::UniqueId, "unique-id", "Id of the row's channel"),
    (Meaning::LinkedId, "linked-id", "Id that rows of a call share"),
    (Meaning::Sequence, "sequence", "Sequence number"),
    (Meaning::CallId, "call-id", "Id of the call"),
    (Meaning::OtherLeg, "other-leg", "Id of the other half"),
    (Meaning::Charge, "charge", "Charge"),
    (Meaning::Channel, "channel", "Calling line or device"),
    (Meaning::OtherChannel, "other-channel", "Called line or device"),
    (Meaning::Application, "application", "Application"),
    (Meaning::ApplicationData, "application-data", "Application's details"),
    (Meaning::Context, "context", "Dial plan context"),
    (Meaning::RecordType, "record-type", "Sort of row"),
    (Meaning::Continues, "continues", "Goes on in another row"),
    (Meaning::UserField, "user-field", "User field"),
    (Meaning::Member, "member", "Member of a queue"),
    (Meaning::Details, "details", "Details of an event"),
    (Meaning::Kept, "kept", "Keep as it is"),
    (Meaning::Ignored, "ignored", "Leave out"),
];

impl Meaning {
    pub(crate) const COUNT: usize = Self::Ignored as usize + 1;

    /// Every meaning, in the order of the choice lists.
    pub fn all() -> impl Iterator<Item = Self> {
        WORDS.iter().map(|(meaning, ..)| *meaning)
    }

    /// The word in settings and layouts: `caller-id-text`.
    pub fn as_str(self) -> &'static str {
        WORDS[self as usize].1
    }

    /// The name people see.
    pub fn name(self) -> &'static str {
        WORDS[self as usize].2
    }

    pub fn from_word(word: &str) -> Option<Self> {
        WORDS.iter().find(|(_, known, _)| *known == word).map(|(meaning, ..)| *meaning)
    }
}

impl std::fmt::Display for Meaning {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_in_the_order_of_the_meanings() {
        for (place, (meaning, word, _)) in WORDS.iter().enumerate() {
            assert_eq!(*meaning as usize, place, "{word}");
            assert_eq!(Meaning::from_word(word), Some(*meaning));
        }
    }

    #[test]
    fn settings_and_layouts_use_the_same_words() {
        for meaning in Meaning::all() {
            let quoted = toml::Value::try_from(meaning).unwrap();
            assert_eq!(quoted.as_str(), Some(meaning.as_str()));
        }
    }
}
