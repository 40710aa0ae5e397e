//! The window's filters and orders as the ledger understands them.

use calls::CallId;
use ledger::{Between, CallOrder, CallSelection, Exactly, Ledger, MatchBy, OrderBy};

use crate::{
    AppError, days, reports,
    views::{
        CallFilter, CallSort, Comparison, DurationFilter, DurationOf, PartyFilter, PartyMatch, PartyRole,
        SortColumn,
    },
};

/// The selection of a filter. What people put to calls (tags, notes, outcome codes) is looked up in `ledger`.
pub fn selection(ledger: &Ledger, filter: &CallFilter) -> Result<CallSelection, AppError> {
    let ids: Result<Vec<CallId>, AppError> =
        filter.ids.iter().map(|id| id.parse().map_err(|_| AppError::NoSuchCall(id.clone()))).collect();
    let seconds = |of| between(&filter.durations, of);
    Ok(CallSelection {
        from_local: filter.from.as_deref().map(days::day).transpose()?.map(days::start_of),
        to_local: filter.to.as_deref().map(days::day).transpose()?.map(days::end_of),
        outcomes: filter.outcomes.clone(),
        directions: filter.directions.clone(),
        extensions: filled(filter.extension.as_ref()),
        role: filter.role.map(role),
        trunks: filled(filter.trunk.as_ref()),
        dids: filled(filter.did.as_ref()),
        queues: filled(filter.queue.as_ref()),
        account_codes: filled(filter.account_code.as_ref()),
        parties: filter.party.as_ref().map(parties).unwrap_or_default(),
        outcome_codes: filter.outcome_codes.clone(),
        classes: filter.classes.clone(),
        countries: filter.countries.clone(),
        text: filled(filter.text.as_ref()).pop(),
        ring: seconds(DurationOf::Ring),
        wait: seconds(DurationOf::Wait),
        talk: seconds(DurationOf::Talk),
        total: seconds(DurationOf::Total),
        recorded: filter.recorded,
        live: filter.live,
        ids: ids?,
        within: within(ledger, filter)?,
        exactly: Exactly {
            also: reports::selections(ledger, filter.also.as_deref().unwrap_or_default())?,
            ..Exactly::default()
        },
        ..CallSelection::default()
    })
}

pub fn order(sort: CallSort) -> CallOrder {
    let by = match sort.column {
        SortColumn::Start => OrderBy::Start,
        SortColumn::Caller => OrderBy::Caller,
        SortColumn::Called => OrderBy::Called,
        SortColumn::Extension => OrderBy::AnsweredBy,
        SortColumn::Outcome => OrderBy::Outcome,
        SortColumn::Wait => OrderBy::Wait,
        SortColumn::Talk => OrderBy::Talk,
        SortColumn::Trunk => OrderBy::Trunk,
        SortColumn::Ring => OrderBy::Ring,
        SortColumn::Total => OrderBy::Total,
        SortColumn::Did => OrderBy::Did,
        SortColumn::Queue => OrderBy::Queue,
        SortColumn::AccountCode => OrderBy::AccountCode,
    };
    CallOrder { by, descending: sort.descending }
}

fn filled(text: Option<&String>) -> Vec<String> {
    text.filter(|text| !text.trim().is_empty()).cloned().into_iter().collect()
}

/// All bounds hold together; those that no number meets select nothing.
fn between(filters: &[DurationFilter], of: DurationOf) -> Between {
    let mut bounds = Between::default();
    for DurationFilter { comparison, seconds, .. } in filters.iter().filter(|filter| filter.of == of) {
        if matches!(comparison, Comparison::AtLeast | Comparison::Exactly) {
            bounds.at_least = bounds.at_least.max(Some(*seconds));
        }
        if matches!(comparison, Comparison::AtMost | Comparison::Exactly) {
            bounds.at_most = Some(bounds.at_most.map_or(*seconds, |bound| bound.min(*seconds)));
        }
    }
    bounds
}

fn role(role: PartyRole) -> ledger::PartyRole {
    match role {
        PartyRole::Rung => ledger::PartyRole::Rung,
        PartyRole::Answered => ledger::PartyRole::Answered,
        PartyRole::AnsweredFirst => ledger::PartyRole::AnsweredFirst,
        PartyRole::Transferred => ledger::PartyRole::Transferred,
        PartyRole::MissedAlone => ledger::PartyRole::MissedAlone,
        PartyRole::Made => ledger::PartyRole::Made,
        PartyRole::Talked => ledger::PartyRole::Talked,
    }
}

fn parties(filter: &PartyFilter) -> Vec<ledger::PartyMatch> {
    let one = |by, text: &str| ledger::PartyMatch { by, text: text.trim().to_owned() };
    let single = |by| vec![one(by, &filter.text)];
    let mut parties = match filter.how {
        PartyMatch::Exactly => single(MatchBy::Whole),
        PartyMatch::Begins => single(MatchBy::Beginning),
        PartyMatch::Contains => single(MatchBy::Piece),
        PartyMatch::Ends => single(MatchBy::End),
        PartyMatch::List => {
            let apart = |letter: char| matches!(letter, ',' | ';' | '\n' | '\r');
            filter.text.split(apart).map(|text| one(MatchBy::Whole, text)).collect()
        }
    };
    parties.retain(|party| !party.text.is_empty());
    parties
}

/// Calls that have everything that people were asked for; `None` if nothing was asked.
fn within(ledger: &Ledger, filter: &CallFilter) -> Result<Option<Vec<CallId>>, AppError> {
    let mut sets = Vec::new();
    for tag in &filter.tags {
        sets.push(ledger.calls_tagged(tag)?);
    }
    if filter.noted {
        sets.push(ledger.calls_noted()?);
    }
    Ok(sets.into_iter().reduce(|mut one, mut other| {
        other.sort_unstable();
        one.retain(|call| other.binary_search(call).is_ok());
        one
    }))
}
