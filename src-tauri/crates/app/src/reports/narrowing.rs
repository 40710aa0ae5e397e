//! What rows and columns of reports have in common, as the ledger understands it.

use calls::{CallId, Text, TransferKind};
use ledger::{Between, CallSelection, Exactly, HandedLike, Ledger, Without};
use reports::{DurationBound, HandedOn, Lacking, Measured, Narrowing, Role};

use crate::{AppError, days, ring_back::follow_ups};

/// The selections of these narrowings; a call must be in all of them.
pub(crate) fn selections(ledger: &Ledger, narrowings: &[Narrowing]) -> Result<Vec<CallSelection>, AppError> {
    let mut narrowings: Vec<Narrowing> = narrowings.to_vec();
    // A role by itself says what the extensions of another one did: rows name people, columns what they did.
    let roles: Vec<Role> = narrowings
        .iter_mut()
        .filter(|one| one.extensions.is_none())
        .filter_map(|one| one.role.take())
        .collect();
    if let Some(role) = roles.first() {
        for one in narrowings.iter_mut().filter(|one| one.extensions.is_some() && one.role.is_none()) {
            one.role = Some(*role);
        }
    }
    // What a column says of the handing-on that a row means is said of the same one.
    for place in 1..narrowings.len() {
        let (before, rest) = narrowings.split_at_mut(place);
        let (Some(of_row), Some(more)) = (before.last_mut(), rest.first_mut()) else { continue };
        if let (Some(handed), Some(said)) = (&mut of_row.handed, &more.handed)
            && said.same
        {
            handed.kinds = said.kinds.clone().or(handed.kinds.take());
            handed.answered = said.answered.or(handed.answered);
            more.handed = None;
        }
    }
    narrowings.iter().map(|one| selection(ledger, one)).collect()
}

fn handed_like(handed: &HandedOn) -> HandedLike {
    let words = |kinds: &Vec<String>| kinds.iter().filter_map(|word| TransferKind::from_word(word)).collect();
    HandedLike {
        kinds: handed.kinds.as_ref().map(words),
        from: handed.from.as_deref().map(Text::from),
        to: handed.to.as_deref().map(Text::from),
        answered: handed.answered,
    }
}

fn selection(ledger: &Ledger, narrowing: &Narrowing) -> Result<CallSelection, AppError> {
    let one = |text: &Option<String>| text.iter().cloned().collect::<Vec<_>>();
    let many = |texts: &Option<Vec<String>>| texts.iter().flatten().cloned().collect::<Vec<_>>();
    let since_1970 = |text: &String| Ok::<_, AppError>(days::start_of(days::day(text)?) / (24 * 60 * 60));
    let of_days =
        |texts: &Option<Vec<String>>| texts.iter().flatten().map(since_1970).collect::<Result<Vec<_>, _>>();
    let mut within: Option<Vec<CallId>> = match &narrowing.ids {
        Some(ids) => {
            let id = |id: &String| id.parse().map_err(|_| AppError::NoSuchCall(id.clone()));
            Some(ids.iter().map(id).collect::<Result<_, _>>()?)
        }
        None => None,
    };
    let mut only = |mut others: Vec<CallId>| {
        others.sort_unstable();
        within = Some(match within.take() {
            Some(ids) => ids.into_iter().filter(|id| others.binary_search(id).is_ok()).collect(),
            None => others,
        });
    };
    if let Some(tag) = &narrowing.tag {
        only(ledger.calls_tagged(tag)?);
    }
    if let Some(wanted) = &narrowing.follow_up {
        let day = |text: &Option<String>| text.as_deref().map(days::day).transpose();
        let (from, to) = (day(&narrowing.from)?, day(&narrowing.to)?);
        let found =
            follow_ups(ledger, from.map_or(0, days::start_of), to.map_or(i64::MAX / 2, days::end_of))?;
        only(found.iter().filter(|one| wanted.is(one)).map(|one| one.call).collect());
    }
    // No minutes and no weekdays are none, and not all: an office that never closes has no calls after hours.
    let nothing = [
        narrowing.minutes.as_ref().is_some_and(Vec::is_empty),
        narrowing.weekdays.as_ref().is_some_and(Vec::is_empty),
        narrowing.outcomes.as_ref().is_some_and(Vec::is_empty),
        narrowing.directions.as_ref().is_some_and(Vec::is_empty),
        narrowing.extensions.as_ref().is_some_and(Vec::is_empty),
    ];
    if nothing.contains(&true) {
        within = Some(Vec::new());
    }
    let bounds = |of: Measured| {
        let mut bounds = Between::default();
        for DurationBound { at_least, at_most, .. } in
            narrowing.durations.iter().flatten().filter(|bound| bound.of == of)
        {
            bounds.at_least = bounds.at_least.max(*at_least);
            bounds.at_most = match (bounds.at_most, *at_most) {
                (Some(one), Some(other)) => Some(one.min(other)),
                (one, other) => one.or(other),
            };
        }
        bounds
    };
    Ok(CallSelection {
        from_local: narrowing.from.as_deref().map(days::day).transpose()?.map(days::start_of),
        to_local: narrowing.to.as_deref().map(days::day).transpose()?.map(days::end_of),
        minutes_of_day: narrowing.minutes.clone().unwrap_or_default(),
        weekdays: narrowing.weekdays.clone().unwrap_or_default(),
        outcomes: many(&narrowing.outcomes),
        directions: many(&narrowing.directions),
        extensions: many(&narrowing.extensions),
        role: narrowing.role.map(role),
        trunks: one(&narrowing.trunk),
        dids: one(&narrowing.did),
        queues: one(&narrowing.queue),
        account_codes: one(&narrowing.account_code),
        outcome_codes: one(&narrowing.outcome_code),
        classes: one(&narrowing.class),
        countries: one(&narrowing.country),
        ring: bounds(Measured::Ring),
        wait: bounds(Measured::Wait),
        talk: bounds(Measured::Talk),
        billed: bounds(Measured::Billed),
        total: bounds(Measured::Total),
        transfers: narrowing.transfers_at_least.map(Between::at_least).unwrap_or_default(),
        within,
        exactly: Exactly {
            days: narrowing.days.is_some().then(|| of_days(&narrowing.days)).transpose()?,
            not_days: of_days(&narrowing.not_days)?,
            offset_at_least: narrowing.offset_at_least,
            offset_below: narrowing.offset_below,
            outside: narrowing.number.as_deref().map(Text::from),
            answered_by: narrowing.answered_by.as_deref().map(Text::from),
            answered_outside: narrowing.answered_outside,
            cause: narrowing.cause.as_deref().map(Text::from),
            handed: narrowing.handed.as_ref().map(handed_like),
            without: narrowing.without.iter().flatten().map(|what| without(*what)).collect(),
            over: narrowing.over,
            also: Vec::new(),
        },
        ..CallSelection::default()
    })
}

pub(super) fn role(role: Role) -> ledger::PartyRole {
    match role {
        Role::Rung => ledger::PartyRole::Rung,
        Role::Answered => ledger::PartyRole::Answered,
        Role::AnsweredFirst => ledger::PartyRole::AnsweredFirst,
        Role::Transferred => ledger::PartyRole::Transferred,
        Role::MissedAlone => ledger::PartyRole::MissedAlone,
        Role::Made => ledger::PartyRole::Made,
        Role::Talked => ledger::PartyRole::Talked,
    }
}

fn without(what: Lacking) -> Without {
    match what {
        Lacking::Number => Without::Number,
        Lacking::Country => Without::Country,
        Lacking::Class => Without::Class,
        Lacking::Trunk => Without::Trunk,
        Lacking::Did => Without::Did,
        Lacking::Queue => Without::Queue,
        Lacking::AccountCode => Without::AccountCode,
        Lacking::Cause => Without::Cause,
        Lacking::OutcomeCode => Without::OutcomeCode,
        Lacking::AnsweredBy => Without::AnsweredBy,
        Lacking::Ring => Without::Ring,
        Lacking::Wait => Without::Wait,
        Lacking::Talk => Without::Talk,
        Lacking::Billed => Without::Billed,
        Lacking::Total => Without::Total,
    }
}
