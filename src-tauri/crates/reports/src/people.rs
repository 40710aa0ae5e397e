//! What extensions and departments did in calls. A call in which two of a department took part is one call of it.

use std::collections::BTreeMap;

use crate::{
    Asked, Chart, ChartKind, Column, Field, Holder, Narrowing, Period, Report, ReportKind, Result, Role, Row,
    Setting, Span, Traffic, Unit, Value, did, report::blank, sentence::counted,
};

#[derive(Debug)]
pub struct People {
    pub id: &'static str,
    pub title: &'static str,
    pub question: &'static str,
    pub departments: bool,
    pub columns: &'static [PeopleColumn],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeopleColumn {
    /// Calls in which they took part in any way.
    Calls,
    Of(Role),
    /// Of the calls in which they were tried those that they answered.
    AnsweredPercent,
    TransferredPercent,
    Talk,
    AverageTalk,
}

/// In the order in which [`PartySums`] has them.
pub const PARTY_ROLES: [Role; 7] = [
    Role::Rung,
    Role::Answered,
    Role::AnsweredFirst,
    Role::Transferred,
    Role::MissedAlone,
    Role::Made,
    Role::Talked,
];

#[derive(Debug, Clone, Default)]
pub(crate) struct Party {
    pub calls: u64,
    pub roles: [u64; PARTY_ROLES.len()],
    pub talk: u64,
    /// The number of the last call that was counted, and the roles played in it, so that none counts twice.
    last: u32,
    played: u8,
}

impl Party {
    fn of(&self, role: Role) -> u64 {
        PARTY_ROLES.iter().position(|known| *known == role).map_or(0, |place| self.roles[place])
    }
}

impl Role {
    fn is_in(self, bits: u32) -> bool {
        let answered = bits & did::TALKED > 0 && bits & did::MADE == 0;
        match self {
            Self::Rung => answered || bits & did::RANG > 0,
            Self::Answered => answered,
            Self::AnsweredFirst => bits & did::ANSWERED_FIRST > 0,
            Self::Transferred => bits & did::TRANSFERRED > 0,
            Self::MissedAlone => bits & did::MISSED_ALONE > 0,
            Self::Made => bits & did::MADE > 0,
            Self::Talked => bits & did::TALKED > 0,
        }
    }
}

/// What each extension did, by the values of [`Field::PartyExtension`].
pub(crate) fn each_extension(traffic: &dyn Traffic, asked: &Asked) -> Result<Vec<Party>> {
    let mut parties = Parties::default();
    let rest = traffic.each_party_sum(&asked.period, &mut |extension, sums| {
        let party = parties.of(extension as usize);
        party.calls += sums.calls;
        party.talk += sums.talk;
        for (role, calls) in party.roles.iter_mut().zip(sums.roles) {
            *role += calls;
        }
    })?;
    for period in rest {
        parties.count(traffic, &period, |extension| extension as usize)?;
    }
    Ok(parties.all)
}

/// What each group of extensions did; `group_of` gives the group of a value of [`Field::PartyExtension`].
///
/// It is what its extensions did, less what two of them did in the same call: only calls with several parties are
/// looked at.
fn each_group(
    traffic: &dyn Traffic,
    asked: &Asked,
    of_extensions: &[Party],
    group_of: impl Fn(u32) -> usize + Send + Sync,
) -> Result<Vec<Party>> {
    let mut parties = Parties::default();
    for (extension, party) in (0..).zip(of_extensions).filter(|(_, party)| party.calls > 0) {
        let sum = parties.of(group_of(extension));
        sum.calls += party.calls;
        sum.talk += party.talk;
        for (sum, calls) in sum.roles.iter_mut().zip(party.roles) {
            *sum += calls;
        }
    }
    let roles = roles();
    let fields = [Field::Parties, Field::PartyExtension, Field::PartyDid];
    traffic.each_block(&asked.period, &[], &fields, &mut |block| {
        let [extensions, did] = [Field::PartyExtension, Field::PartyDid].map(|field| block.values(field));
        let mut next = 0;
        for count in block.values(Field::Parties) {
            let first = next;
            next += *count as usize;
            let (Some(extensions), Some(did)) = (extensions.get(first..next), did.get(first..next)) else {
                return;
            };
            if *count < 2 {
                continue;
            }
            parties.calls += 1;
            let call = parties.calls;
            for (extension, did) in extensions.iter().zip(did) {
                let sum = parties.of(group_of(*extension));
                let roles = roles.get(*did as usize).copied().unwrap_or_else(|| roles_of(*did));
                let again = if sum.last == call {
                    sum.calls -= 1;
                    roles & sum.played
                } else {
                    (sum.last, sum.played) = (call, 0);
                    0
                };
                sum.played |= roles;
                if again > 0 {
                    for (which, count) in sum.roles.iter_mut().enumerate() {
                        *count -= u64::from(again >> which & 1);
                    }
                }
            }
        }
    })?;
    Ok(parties.all)
}

/// The roles of each set of bits, as bits again: most calls have one of few.
fn roles() -> Vec<u8> {
    (0..64).map(roles_of).collect()
}

#[derive(Default)]
struct Parties {
    all: Vec<Party>,
    calls: u32,
}

impl Parties {
    fn of(&mut self, group: usize) -> &mut Party {
        if self.all.len() <= group {
            self.all.resize(group + 1, Party::default());
        }
        &mut self.all[group]
    }

    fn count(
        &mut self,
        traffic: &dyn Traffic,
        period: &Period,
        mut group_of: impl FnMut(u32) -> usize + Send,
    ) -> Result<()> {
        let roles = roles();
        let fields = [Field::Parties, Field::PartyExtension, Field::PartyDid, Field::PartyTalk];
        traffic.each_block(period, &[], &fields, &mut |block| {
            let [extensions, did, talks] =
                [Field::PartyExtension, Field::PartyDid, Field::PartyTalk].map(|field| block.values(field));
            let mut parties = extensions.iter().zip(did).zip(talks);
            for count in block.values(Field::Parties) {
                self.calls += 1;
                let call = self.calls;
                for ((extension, did), talk) in parties.by_ref().take(*count as usize) {
                    let sum = self.of(group_of(*extension));
                    let roles = roles.get(*did as usize).copied().unwrap_or_else(|| roles_of(*did));
                    if sum.last != call {
                        sum.last = call;
                        sum.played = 0;
                        sum.calls += 1;
                    }
                    let new = roles & !sum.played;
                    sum.played |= roles;
                    for (which, count) in sum.roles.iter_mut().enumerate() {
                        *count += u64::from(new >> which & 1);
                    }
                    sum.talk += u64::from(*talk);
                }
            }
        })
    }
}

/// The roles that somebody played who did this, as bits in the order of [`PARTY_ROLES`].
fn roles_of(did: u32) -> u8 {
    let played = PARTY_ROLES.iter().enumerate().filter(|(_, role)| role.is_in(did));
    played.map(|(which, _)| 1 << which).sum()
}

/// Extensions that took part in calls: their texts, by the values that stand for them.
pub(crate) fn named(traffic: &dyn Traffic, sums: &[Party]) -> Result<Vec<(u32, String)>> {
    let there = (0..).zip(sums).filter(|(_, sum)| sum.calls > 0).map(|(value, _)| value);
    there.map(|value| Ok((value, traffic.text(Field::PartyExtension, value)?))).collect()
}

const NO_DEPARTMENT: &str = "(no department)";

impl ReportKind for People {
    fn id(&self) -> &'static str {
        self.id
    }

    fn title(&self) -> &'static str {
        self.title
    }

    fn question(&self) -> &'static str {
        self.question
    }

    fn span(&self) -> Span {
        Span::Month
    }

    fn settings(&self) -> &'static [Setting] {
        &[Setting::Limit]
    }

    fn answer(&self, asked: &Asked, traffic: &dyn Traffic) -> Result<Report> {
        let of_extensions = each_extension(traffic, asked)?;
        let extensions = named(traffic, &of_extensions)?;
        // People may have moved: the directory of the last day that is looked at.
        let holders = traffic.holders(asked.period.to)?;
        let nobody = Holder::default();
        let holder = |extension: &String| holders.get(extension).unwrap_or(&nobody);

        // For each value its group, and for each group what it is called and who is in it.
        let mut groups: Vec<(String, Vec<String>)> = Vec::new();
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        let mut group_of = vec![0; extensions.last().map_or(0, |(value, _)| *value as usize + 1)];
        for (value, extension) in &extensions {
            let name = if self.departments {
                Some(&holder(extension).department)
                    .filter(|name| !name.is_empty())
                    .map_or(NO_DEPARTMENT, String::as_str)
            } else {
                extension
            };
            let place = *places.entry(name.to_owned()).or_insert_with(|| {
                groups.push((name.to_owned(), Vec::new()));
                groups.len() - 1
            });
            groups[place].1.push(extension.clone());
            group_of[*value as usize] = place;
        }
        let sums = if groups.len() == extensions.len() {
            // Each is alone in its group.
            extensions.iter().map(|(value, _)| of_extensions[*value as usize].clone()).collect()
        } else {
            let of_value = |value: u32| group_of.get(value as usize).copied().unwrap_or(0);
            each_group(traffic, asked, &of_extensions, of_value)?
        };

        let mut report = blank(self, asked, traffic.facts());
        report.columns.push(if self.departments {
            Column::text("department", "Department")
        } else {
            Column::text("extension", "Extension")
        });
        report.columns.push(if self.departments {
            Column::of("extensions", "Extensions", Unit::Count, None)
        } else {
            Column::text("person", "Person")
        });
        report.columns.extend(self.columns.iter().map(|column| column.column()));
        let mut order: Vec<usize> = (0..sums.len()).collect();
        let rank = |place: &usize| {
            let sum = &sums[*place];
            self.columns.first().and_then(|column| column.value(sum).whole()).unwrap_or(0)
        };
        order.sort_by(|one, other| {
            rank(other).cmp(&rank(one)).then_with(|| groups[*one].0.cmp(&groups[*other].0))
        });
        let left_out = order.len().saturating_sub(asked.settings.limit.map_or(1000, |limit| limit as usize));
        order.truncate(order.len() - left_out);
        for place in &order {
            let (name, members) = &groups[*place];
            let second = if self.departments {
                Value::count(members.len() as u64)
            } else {
                let person = &holder(name).person;
                if person.is_empty() { Value::Unknown } else { Value::text(person.clone()) }
            };
            let mut cells = vec![Value::text(name.clone()), second];
            cells.extend(self.columns.iter().map(|column| column.value(&sums[*place])));
            let opens = Narrowing { extensions: Some(members.clone()), ..Narrowing::default() };
            report.rows.push(Row::new(cells, vec![opens]));
        }
        if left_out > 0 {
            report.notes.push(format!("{left_out} more rows are not shown."));
        }
        report.notes.push(
            "One call may stand in several rows: everybody who was tried or talked has it. Tried: rang, or answered."
                .to_owned(),
        );
        if self.columns.contains(&PeopleColumn::Talk) {
            report.notes.push(
                "Talk is each person's own: two who talk with each other for a minute talk two.".to_owned(),
            );
        }
        let first = report.columns.get(2).map(|column| column.key.clone()).unwrap_or_default();
        report.charts.push(Chart::new(ChartKind::Bars, &report.columns[0].key.clone(), &[&first]));
        report.sentence = match order.first() {
            Some(most) => format!(
                "{} took part, {}. Most: {}.",
                if self.departments {
                    counted(sums.len() as u64, "department", "departments")
                } else {
                    counted(sums.len() as u64, "extension", "extensions")
                },
                asked.period,
                groups[*most].0
            ),
            None => format!("Nobody took part in a call, {}.", asked.period),
        };
        Ok(report)
    }
}

impl PeopleColumn {
    fn column(self) -> Column {
        let of = |role| vec![Narrowing { role: Some(role), ..Narrowing::default() }];
        match self {
            Self::Calls => Column::calls("calls", "Calls"),
            Self::Of(role) => {
                let (key, title) = match role {
                    Role::Rung => ("rung", "Tried"),
                    Role::Answered => ("answered", "Answered"),
                    Role::AnsweredFirst => ("answered-first", "Answered first"),
                    Role::Transferred => ("transferred", "Handed on"),
                    Role::MissedAlone => ("missed-alone", "Missed alone"),
                    Role::Made => ("made", "Made"),
                    Role::Talked => ("talked", "Talked"),
                };
                Column::of(key, title, Unit::Calls, Some(of(role)))
            }
            Self::AnsweredPercent => {
                Column::of("answered-percent", "Answered of tried, %", Unit::Percent, Some(of(Role::Rung)))
            }
            Self::TransferredPercent => Column::of(
                "transferred-percent",
                "Handed on of talked, %",
                Unit::Percent,
                Some(of(Role::Talked)),
            ),
            Self::Talk => Column::of("talk", "Talk", Unit::Seconds, Some(of(Role::Talked))),
            Self::AverageTalk => {
                Column::of("average-talk", "Average talk", Unit::Seconds, Some(of(Role::Talked)))
            }
        }
    }

    fn value(self, sum: &Party) -> Value {
        match self {
            Self::Calls => Value::Whole(sum.calls),
            Self::Of(role) => Value::Whole(sum.of(role)),
            Self::AnsweredPercent => Value::percent(sum.of(Role::Answered), sum.of(Role::Rung)),
            Self::TransferredPercent => Value::percent(sum.of(Role::Transferred), sum.of(Role::Talked)),
            Self::Talk => Value::Whole(sum.talk),
            Self::AverageTalk => Value::mean(sum.talk, sum.of(Role::Talked)),
        }
    }
}
