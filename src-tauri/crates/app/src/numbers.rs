//! Numbers of a ledger: which dial rules hold at an exchange, and what they make of what is printed.

use std::collections::{HashMap, hash_map::Entry};

use calls::Text;
use foldhash::fast::RandomState;
use ledger::{Classed, Ledger, PrintedNumber};
use numbering::{Plan, Side, SiteRules};

use crate::{AppError, countries};

/// The dial rules of every exchange, ready to use, and the numbers that were met.
#[derive(Debug, Default)]
pub(crate) struct Numbers {
    plans: HashMap<u32, Plan>,
    ids: HashMap<Printed, i64, RandomState>,
}

/// Exchange, dialled, printed: a [`PrintedNumber`] in one piece of memory, for it is looked for with every call.
type Printed = (u32, bool, Text);

/// Numbers remembered at a time: some tens of megabytes at most.
const REMEMBERED: usize = 200_000;

impl Numbers {
    /// The id of a number, which is added if it is new.
    pub fn id(
        &mut self,
        ledger: &Ledger,
        exchange: u32,
        dialled: bool,
        printed: &str,
    ) -> Result<i64, AppError> {
        let key = (exchange, dialled, Text::from(printed));
        if let Some(id) = self.ids.get(&key) {
            return Ok(*id);
        }
        let number = PrintedNumber { exchange, dialled, printed: printed.to_owned() };
        let id = if let Some(id) = ledger.number_id(&number)? {
            id
        } else {
            let classed = classed(self.plan(ledger, number.exchange)?, &number.printed, number.dialled);
            ledger.add_number(&number, &classed)?
        };
        if self.ids.len() >= REMEMBERED {
            self.ids.clear();
        }
        self.ids.insert(key, id);
        Ok(id)
    }

    fn plan(&mut self, ledger: &Ledger, exchange: u32) -> Result<&Plan, AppError> {
        match self.plans.entry(exchange) {
            Entry::Occupied(present) => Ok(present.into_mut()),
            Entry::Vacant(empty) => Ok(empty.insert(plan(ledger, exchange)?)),
        }
    }
}

/// The dial rules of an exchange as they are set up, or what fits its country.
pub(crate) fn site_rules(ledger: &Ledger, exchange: u32) -> Result<SiteRules, AppError> {
    match ledger.dial_rules(exchange)? {
        Some(body) => serde_json::from_str(&body).map_err(|error| AppError::Rules(error.to_string())),
        None => Ok(SiteRules::for_country(countries::of_exchange(ledger, exchange)?)),
    }
}

pub(crate) fn plan(ledger: &Ledger, exchange: u32) -> Result<Plan, AppError> {
    Plan::new(&site_rules(ledger, exchange)?).map_err(|error| AppError::Rules(error.to_string()))
}

pub(crate) fn classed(plan: &Plan, printed: &str, dialled: bool) -> Classed {
    let side = if dialled { Side::Dialled } else { Side::Caller };
    let numbered = plan.number(printed, side);
    Classed {
        class: numbered.class.as_str().to_owned(),
        country: numbered.country.map(|country| country.as_str().to_owned()),
        normal: numbered.normal,
    }
}
