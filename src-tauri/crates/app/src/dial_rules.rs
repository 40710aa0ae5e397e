//! Dial rules of exchanges: shown, tried, changed.

use std::sync::Arc;

use ledger::{Ledger, StoredNumber};
use numbering::{Applies, Country, ExtensionShape, Matching, Plan, Rewrite, Side, SiteRules};

use crate::{
    App, AppError, Change, Progress, numbers,
    views::{
        Choice, DialRules, ExtensionRule, NumberChange, NumberTrace, RewriteRule, RulesPreview, TraceStep,
    },
};

/// Numbers looked at in one go.
const A_PAGE: u32 = 2000;
/// Changes shown.
const EXAMPLES: usize = 100;

impl App {
    /// The rules of every exchange: as they were set up, or what fits its country.
    pub fn dial_rules(&self) -> Result<Vec<DialRules>, AppError> {
        self.read(|ledger| {
            let exchanges = ledger.exchanges()?;
            exchanges
                .into_iter()
                .map(|exchange| Ok(view(exchange, &numbers::site_rules(ledger, exchange)?)))
                .collect()
        })
    }

    pub fn countries(&self) -> Vec<Choice> {
        Country::all()
            .map(|country| Choice { id: country.as_str().to_owned(), name: country.name().to_owned() })
            .collect()
    }

    /// What rules make of a number, step by step. `side` is `dialled` or `caller`.
    pub fn try_number(&self, rules: &DialRules, number: &str, side: &str) -> Result<NumberTrace, AppError> {
        let side = if side == "dialled" { Side::Dialled } else { Side::Caller };
        let trace = plan(rules)?.trace(number, side);
        Ok(NumberTrace {
            steps: trace
                .steps
                .into_iter()
                .map(|step| TraceStep {
                    rule: step.rule.to_owned(),
                    before: step.before,
                    after: step.after,
                    because: step.because,
                })
                .collect(),
            class: trace.result.class.as_str().to_owned(),
            country: trace.result.country.map(|country| country.as_str().to_owned()),
            country_name: trace.result.country.map(|country| country.name().to_owned()),
            normal: trace.result.normal,
        })
    }

    /// What these rules would change in the ledger.
    pub fn preview_rules(&self, rules: &DialRules) -> Result<RulesPreview, AppError> {
        let plan = plan(rules)?;
        self.read(|ledger| {
            let calls = ledger.calls_by_number()?;
            let mut preview = RulesPreview { numbers: 0, changed: 0, calls: 0, examples: Vec::new() };
            each_number(ledger, rules.exchange, |number| {
                preview.numbers += 1;
                let after = numbers::classed(&plan, &number.number.printed, number.number.dialled);
                if after != number.classed {
                    preview.changed += 1;
                    preview.calls += calls.of(number.id);
                    preview.examples.push(NumberChange {
                        number: number.number.printed,
                        side: if number.number.dialled { "dialled" } else { "caller" }.to_owned(),
                        calls: calls.of(number.id),
                        class_before: number.classed.class,
                        class_after: after.class,
                        country_before: number.classed.country,
                        country_after: after.country,
                        normal_before: number.classed.normal,
                        normal_after: after.normal,
                    });
                    if preview.examples.len() >= 2 * EXAMPLES {
                        most_called(&mut preview.examples);
                    }
                }
                Ok(())
            })?;
            most_called(&mut preview.examples);
            Ok(preview)
        })
    }

    /// Keeps the rules; what follows from them is derived in the background.
    pub fn save_rules(self: &Arc<Self>, rules: &DialRules) -> Result<(), AppError> {
        self.set_rules(rules)?;
        self.start_renumbering(rules.exchange);
        Ok(())
    }

    /// Keeps the rules and waits until what follows from them is derived.
    pub fn save_rules_now(&self, rules: &DialRules) -> Result<(), AppError> {
        self.set_rules(rules)?;
        self.renumber(rules.exchange, &Progress::default())
    }

    fn set_rules(&self, rules: &DialRules) -> Result<(), AppError> {
        let exchange = rules.exchange;
        let present = self.read(|ledger| numbers::site_rules(ledger, exchange))?;
        let site = site(rules, &present);
        Plan::new(&site).map_err(|error| AppError::Rules(error.to_string()))?;
        let body = serde_json::to_string(&site).map_err(|error| AppError::Rules(error.to_string()))?;
        self.write(move |ledger| Ok(ledger.set_dial_rules(exchange, &body)?))
    }

    /// Classes every number of an exchange anew; then, where extensions may look otherwise now, tells the imported
    /// calls anew, because who is an extension decides which way a call went.
    pub(crate) fn renumber(&self, exchange: u32, progress: &Progress) -> Result<(), AppError> {
        let plan = Arc::new(self.read(|ledger| numbers::plan(ledger, exchange))?);
        let mut after = 0;
        loop {
            let plan = Arc::clone(&plan);
            let last = self.write(move |ledger| {
                ledger.transaction(|ledger| {
                    let page = ledger.numbers(exchange, after, A_PAGE)?;
                    for number in &page {
                        let classed = numbers::classed(&plan, &number.number.printed, number.number.dialled);
                        if classed != number.classed {
                            ledger.class_number(number.id, &classed)?;
                        }
                    }
                    Ok::<_, AppError>(page.last().map(|number| (number.id, page.len() as u64)))
                })
            })?;
            let Some((last, looked_at)) = last else { break };
            after = last;
            progress.advances(looked_at, None);
            self.tell_jobs();
        }
        self.spell_contacts()?;
        if self.has_imported_tables(exchange)? {
            self.rederive(false, |_, _| true)?;
        }
        self.take_in(|_, intake| {
            intake.forget();
            Ok(())
        })?;
        let _ = self.changes.send(Change { any_calls: true, jobs: true, ..Change::default() });
        Ok(())
    }

    fn has_imported_tables(&self, exchange: u32) -> Result<bool, AppError> {
        self.read(|ledger| {
            let sources = ledger.every_source()?;
            Ok(sources
                .iter()
                .any(|source| source.exchange == exchange && source.draft.kind == crate::import::TABLE))
        })
    }
}

fn each_number(
    ledger: &Ledger,
    exchange: u32,
    mut each: impl FnMut(StoredNumber) -> Result<(), AppError>,
) -> Result<(), AppError> {
    let mut after = 0;
    loop {
        let page = ledger.numbers(exchange, after, A_PAGE)?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.id;
        page.into_iter().try_for_each(&mut each)?;
    }
}

fn most_called(examples: &mut Vec<NumberChange>) {
    examples.sort_by(|one, other| other.calls.cmp(&one.calls).then_with(|| one.number.cmp(&other.number)));
    examples.truncate(EXAMPLES);
}

fn plan(rules: &DialRules) -> Result<Plan, AppError> {
    Plan::new(&site(rules, &SiteRules::default())).map_err(|error| AppError::Rules(error.to_string()))
}

/// The words of the window for how a rewrite looks and where it applies.
const MATCHINGS: [(Matching, &str); 4] = [
    (Matching::BeginsWith, "begins"),
    (Matching::EndsWith, "ends"),
    (Matching::Exact, "exactly"),
    (Matching::Pattern, "pattern"),
];
const SIDES: [(Applies, &str); 3] =
    [(Applies::Dialled, "dialled"), (Applies::Caller, "caller"), (Applies::Both, "both")];

/// Rules as people typed them; what the window does not show stays as it was.
fn site(rules: &DialRules, before: &SiteRules) -> SiteRules {
    let filled = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
    SiteRules {
        country: rules.country.clone(),
        area_code: filled(&rules.area_code),
        outside_line: rules.outside_line.clone(),
        trunk_prefix: rules.trunk_prefix.clone(),
        international_prefix: rules.international_prefix.clone(),
        extensions: rules.extensions.iter().map(shape).collect(),
        rewrites: rules
            .rewrites
            .iter()
            .map(|rule| Rewrite {
                enabled: rule.enabled,
                applies: word(&SIDES, &rule.side).unwrap_or_default(),
                matching: word(&MATCHINGS, &rule.kind).unwrap_or_default(),
                pattern: rule.pattern.clone(),
                replace_with: rule.replacement.clone(),
                note: rule.note.clone(),
            })
            .collect(),
        special: before.special.clone(),
    }
}

fn shape(rule: &ExtensionRule) -> ExtensionShape {
    let narrow = |digits: u32| u8::try_from(digits).unwrap_or(u8::MAX);
    match (&rule.from, &rule.to) {
        (Some(from), Some(to)) if !from.is_empty() && !to.is_empty() => {
            ExtensionShape::Range { from: from.clone(), to: to.clone() }
        }
        (Some(pattern), _) if !pattern.is_empty() => ExtensionShape::Pattern { pattern: pattern.clone() },
        _ => ExtensionShape::Digits { from: narrow(rule.min_digits), to: narrow(rule.max_digits) },
    }
}

fn view(exchange: u32, rules: &SiteRules) -> DialRules {
    DialRules {
        exchange,
        country: rules.country.clone(),
        area_code: rules.area_code.clone(),
        outside_line: rules.outside_line.clone(),
        trunk_prefix: rules.trunk_prefix.clone(),
        international_prefix: rules.international_prefix.clone(),
        extensions: rules.extensions.iter().map(shape_view).collect(),
        rewrites: rules
            .rewrites
            .iter()
            .map(|rewrite| RewriteRule {
                side: name(&SIDES, rewrite.applies).to_owned(),
                kind: name(&MATCHINGS, rewrite.matching).to_owned(),
                pattern: rewrite.pattern.clone(),
                replacement: rewrite.replace_with.clone(),
                note: rewrite.note.clone(),
                enabled: rewrite.enabled,
            })
            .collect(),
    }
}

fn shape_view(shape: &ExtensionShape) -> ExtensionRule {
    let length = |text: &str| u32::try_from(text.len()).unwrap_or(u32::MAX);
    match shape {
        ExtensionShape::Digits { from, to } => {
            ExtensionRule { from: None, to: None, min_digits: (*from).into(), max_digits: (*to).into() }
        }
        ExtensionShape::Range { from, to } => ExtensionRule {
            min_digits: length(from),
            max_digits: length(to),
            from: Some(from.clone()),
            to: Some(to.clone()),
        },
        ExtensionShape::Pattern { pattern } => ExtensionRule {
            min_digits: length(pattern),
            max_digits: length(pattern),
            from: Some(pattern.clone()),
            to: None,
        },
    }
}

fn word<T: Copy>(table: &[(T, &str)], word: &str) -> Option<T> {
    table.iter().find(|(_, known)| *known == word).map(|(value, _)| *value)
}

fn name<T: Copy + PartialEq>(table: &[(T, &'static str)], value: T) -> &'static str {
    table.iter().find(|(known, _)| *known == value).map_or("", |(_, name)| name)
}
