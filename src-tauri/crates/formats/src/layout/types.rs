//! What a two-digit call type means, from the layout's table of units digits and tens offsets.

use calls::{Direction, Kind, Record, Role, Service};

use super::spec::{TensSpec, TypesSpec, UnitsSpec};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Meaning {
    pub kind: Kind,
    pub direction: Direction,
    role: Role,
    service: Service,
    continues: bool,
    disa: bool,
}

impl Meaning {
    /// A record of which nothing but its type is known.
    pub fn record(self) -> Record {
        let Self { kind, direction, role, service, continues, disa } = self;
        Record { kind, direction, role, service, continues, disa, ..Record::default() }
    }
}

/// The meaning of every type from 0 to 99 that the layout knows.
#[derive(Debug)]
pub(super) struct TypeTable(Vec<Option<Meaning>>);

impl TypeTable {
    /// The error says which entry cannot be.
    pub fn new(spec: &TypesSpec) -> Result<Self, String> {
        let mut table = vec![None; 100];
        for units in &spec.units {
            if units.digit > 9 {
                return Err(format!("the units digit {} is not a digit", units.digit));
            }
            for tens in std::iter::once(&TensSpec::default()).chain(&spec.tens) {
                if tens.offset % 10 != 0 || tens.offset > 90 {
                    return Err(format!("the tens offset {} is not one of 10, 20 … 90", tens.offset));
                }
                let code = units.digit + tens.offset;
                if table[usize::from(code)].replace(meaning(*units, *tens)).is_some() {
                    return Err(format!("the type {code} has two meanings"));
                }
            }
        }
        Ok(Self(table))
    }

    pub fn get(&self, code: usize) -> Option<Meaning> {
        self.0.get(code).copied().flatten()
    }
}

fn meaning(units: UnitsSpec, tens: TensSpec) -> Meaning {
    let UnitsSpec { digit: _, kind, direction, role, service } = units;
    Meaning { kind, direction, role, service, continues: tens.continues, disa: tens.disa }
}
