//! Rows of one call: which of them are new, which were known, which tell a known row otherwise.

use calls::{Evidence, HandedOver, Leaving, Outline, Record, Thread, joins_by_consultation, outline};
use ledger::RowPlace;

use super::rows::PlacedRow;

/// Rows that belong together, in the order in which they came. Rows that were told otherwise later stay: the last
/// word holds, and the earlier ones are its history.
#[derive(Default)]
pub(crate) struct Group {
    pub rows: Vec<PlacedRow>,
}

/// What a row is to those that were there before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Novelty {
    New,
    /// The same row again.
    Known,
    /// A known row, told otherwise.
    Update,
}

impl Group {
    /// Rows as groups of those that belong together, directly or through others.
    pub fn apart(rows: Vec<PlacedRow>) -> Vec<Self> {
        let mut groups = Self::by_threads(rows);
        // What was joined may itself be a consultation within another.
        while let Some((call, other)) = consultation_in(&groups) {
            let consultation = std::mem::take(&mut groups[other]);
            groups[call].rows.extend(consultation.rows);
            groups[call].rows.sort_by_key(|row| row.place);
            groups.swap_remove(other);
        }
        groups
    }

    /// Rows as groups of those that share a thread, directly or through others.
    fn by_threads(rows: Vec<PlacedRow>) -> Vec<Self> {
        let mut groups: Vec<Self> = Vec::new();
        for row in rows {
            let mut own = Self { rows: vec![row] };
            let (same, others): (Vec<Self>, Vec<Self>) =
                groups.into_iter().partition(|group| group.shares_a_thread(&own));
            own.rows.extend(same.into_iter().flat_map(|group| group.rows));
            own.rows.sort_by_key(|row| row.place);
            groups = others;
            groups.push(own);
        }
        groups
    }

    pub fn add(&mut self, row: PlacedRow) -> Novelty {
        let key = row.row.evidence.key;
        if self.rows.iter().any(|known| known.row.evidence.key == key) {
            return Novelty::Known;
        }
        let identity = row.row.identity;
        let update = identity.is_some() && self.rows.iter().any(|known| known.row.identity == identity);
        self.rows.push(row);
        if update { Novelty::Update } else { Novelty::New }
    }

    pub fn shares_a_thread(&self, other: &Self) -> bool {
        other.threads().any(|thread| self.threads().any(|own| own == thread))
    }

    /// Somebody of this call asked on a second channel, and the other is what was said there.
    pub fn consults(&self, other: &Self) -> bool {
        joins_by_consultation(&self.records(), &other.records())
    }

    /// Moments of this call to which a consultation on a second channel may belong.
    pub fn handed_over(&self) -> Vec<HandedOver<'_>> {
        // Takes two conversations; most calls have one.
        let talked = self.rows.iter().filter(|row| row.row.evidence.record.answered == Some(true));
        if talked.count() < 2 { Vec::new() } else { calls::handed_over(&self.records()) }
    }

    /// Extensions that asked somebody: they may have done so on a second channel.
    pub fn consultations(&self) -> impl Iterator<Item = Leaving<'_>> {
        calls::consultations(self.rows.iter().map(|row| &row.row.evidence.record))
    }

    fn records(&self) -> Vec<&Record> {
        self.evidence().into_iter().map(|evidence| &evidence.record).collect()
    }

    pub fn threads(&self) -> impl Iterator<Item = Thread> {
        self.rows.iter().flat_map(|row| row.row.evidence.record.threads.into_iter().flatten())
    }

    /// The threads that the call's id does not name, and those by which a consultation finds it, see [`super::signs::Signs::kept`].
    pub fn other_threads(&self, outline: &Outline, kept: &[Thread]) -> Vec<Thread> {
        let mut threads: Vec<Thread> = self
            .threads()
            .chain(kept.iter().copied())
            .filter(|thread| calls::CallId::kept_hash(thread.0) != outline.id.hash())
            .collect();
        threads.sort_unstable();
        threads.dedup();
        threads
    }

    pub fn places(&self) -> Vec<RowPlace> {
        self.rows.iter().map(|row| row.place).collect()
    }

    /// What holds: of rows with one identity the last.
    pub fn evidence(&self) -> Vec<&Evidence> {
        let told_later = |place: usize, identity: Option<u64>| {
            identity.is_some() && self.rows[place + 1..].iter().any(|later| later.row.identity == identity)
        };
        self.rows
            .iter()
            .enumerate()
            .filter(|(place, row)| !told_later(*place, row.row.identity))
            .map(|(_, row)| &row.row.evidence)
            .collect()
    }

    /// Rows that tell an earlier one otherwise.
    pub fn updates(&self) -> u64 {
        let before = |place: usize, identity: Option<u64>| {
            identity.is_some() && self.rows[..place].iter().any(|earlier| earlier.row.identity == identity)
        };
        self.rows.iter().enumerate().filter(|(place, row)| before(*place, row.row.identity)).count() as u64
    }

    /// The call that the rows tell; `None` when they tell that somebody only used the exchange itself.
    pub fn outline(&self) -> Option<Outline> {
        outline(&self.evidence(), &super::ROW_RULES, 0)
    }
}

/// A call and the consultation that belongs to it.
fn consultation_in(groups: &[Group]) -> Option<(usize, usize)> {
    let mut consulting = groups.iter().enumerate().filter(|(_, call)| !call.handed_over().is_empty());
    let found = |(place, call): (usize, &Group)| {
        let other = (0..groups.len()).find(|other| *other != place && call.consults(&groups[*other]))?;
        Some((place, other))
    };
    consulting.find_map(found)
}
