//! How rows become records: one way for tables that say everything in their columns, and one for each make whose
//! rows need to be understood.

pub(super) mod asterisk;
pub(super) mod avaya;
pub(super) mod beronet;
pub(super) mod cel;
pub(super) mod cucm;
pub(super) mod freeswitch;
pub(super) mod plain;
pub(super) mod queue_log;
pub(in crate::table) mod recording;
pub(super) mod ringledger;
pub(super) mod threecx;

use calls::Record;
use serde::Deserialize;

use super::Meaning;
use super::reader::{TableContext, Tools};
use super::row::Row;
use crate::Reject;

/// Which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Family {
    #[default]
    Plain,
    Asterisk,
    Avaya,
    Beronet,
    Cel,
    Cucm,
    Freeswitch,
    QueueLog,
    Ringledger,
    Threecx,
}

impl Family {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Asterisk => "asterisk",
            Self::Avaya => "avaya",
            Self::Beronet => "beronet",
            Self::Cel => "cel",
            Self::Cucm => "cucm",
            Self::Freeswitch => "freeswitch",
            Self::QueueLog => "queue-log",
            Self::Ringledger => "ringledger",
            Self::Threecx => "threecx",
        }
    }
}

impl Family {
    /// Whose ids its rows carry: one exchange may tell of a call in several sorts of files.
    pub fn make(self) -> &'static str {
        match self {
            Self::Cel | Self::QueueLog => Self::Asterisk.as_str(),
            _ => self.as_str(),
        }
    }

    /// Whether a cell can hold what a family's own column means; other columns are judged by their values.
    pub fn can_be(self, meaning: Meaning, cell: &[u8]) -> bool {
        match self {
            Self::Cel => cel::can_be(meaning, cell),
            Self::QueueLog => queue_log::can_be(meaning, cell),
            _ => true,
        }
    }
}

pub(super) fn read(
    family: Family,
    row: &Row<'_>,
    tools: &mut Tools,
    context: &TableContext<'_>,
) -> Result<Record, Reject> {
    match family {
        Family::Plain => plain::read(row, tools, context),
        Family::Asterisk => {
            let mut record = Record::default();
            asterisk::read(row, tools, context, &mut record).map(|()| record)
        }
        Family::Avaya => avaya::read(row, tools, context),
        Family::Beronet => beronet::read(row, tools, context),
        Family::Cel => cel::read(row, tools, context),
        Family::Cucm => cucm::read(row, tools, context),
        Family::Freeswitch => freeswitch::read(row, tools, context),
        Family::QueueLog => queue_log::read(row, tools, context),
        Family::Ringledger => ringledger::read(row, tools, context),
        Family::Threecx => threecx::read(row, tools, context),
    }
}
