//! Which device a member of a queue is at: the log may name people.

use crate::{EventOf, Evidence, QueueStep, Side, story::Story};

use super::stints::Stint;

/// Names of members with the devices that they turned out to be at.
pub(super) struct Members<'a> {
    known: Vec<(&'a str, &'a str)>,
}

impl<'a> Members<'a> {
    pub fn of(stints: &[Stint<'a>], story: &Story<'a>, group: &[&'a Evidence]) -> Self {
        let mut members = Self { known: Vec::new() };
        members.by_channel(group);
        for stint in stints {
            for attempt in &stint.attempts {
                let seconds = i64::from(attempt.milliseconds.unwrap_or(0)) / 1000;
                members.by_time(attempt.member, attempt.until.unix() - seconds, attempt.until.unix(), story);
            }
            if let Some(connected) = stint.connected
                && let Some(member) = connected.member
            {
                let seconds = i64::from(connected.ring_seconds.unwrap_or(0));
                members.by_time(member, connected.at.unix() - seconds, connected.at.unix(), story);
                members.by_talk(member, connected.at.unix(), story);
            }
        }
        members
    }

    /// The device of a member, or else the name that he has.
    pub fn device(&self, member: &'a str) -> &'a str {
        self.known.iter().find(|(name, _)| *name == member).map_or(member, |(_, device)| device)
    }

    fn learn(&mut self, member: &'a str, device: &'a str) {
        if !self.known.iter().any(|(name, _)| *name == member) {
            self.known.push((member, device));
        }
    }

    /// Who answered is named by his channel.
    fn by_channel(&mut self, group: &[&'a Evidence]) {
        for item in group {
            let Some(EventOf::Queue(event)) = item.record.event.as_deref().map(|event| &event.of) else {
                continue;
            };
            let QueueStep::Connect { channel: Some(id), .. } = &event.step else { continue };
            let Some(member) = event.member.as_deref() else { continue };
            let side = group.iter().find_map(|other| {
                let EventOf::Channel(channel) = &other.record.event.as_deref()?.of else { return None };
                match &channel.side {
                    Side::Ours(extension) if channel.id == *id => Some(extension.as_str()),
                    _ => None,
                }
            });
            if let Some(extension) = side {
                self.learn(member, extension);
            }
        }
    }

    /// The only device that rang in just these seconds.
    fn by_time(&mut self, member: &'a str, from: i64, until: i64, story: &Story<'a>) {
        if story.rings.iter().any(|ring| ring.device == member) {
            return self.learn(member, member);
        }
        let same = |ring: &&crate::story::Ring<'_>| {
            (ring.from.unix() - from).abs() <= 1
                && ring.until.is_some_and(|end| (end.unix() - until).abs() <= 1)
        };
        let mut fitting: Vec<&'a str> = story
            .rings
            .iter()
            .filter(same)
            .map(|ring| ring.device)
            .filter(|device| !self.known.iter().any(|(_, known)| known == device))
            .collect();
        fitting.dedup();
        if let [device] = fitting[..] {
            self.learn(member, device);
        }
    }

    /// The only one who talked when the member did.
    fn by_talk(&mut self, member: &'a str, at: i64, story: &Story<'a>) {
        let talking = |talk: &&crate::story::Talk<'_>| {
            talk.asked_by.is_none() && talk.from.unix() <= at + 1 && talk.to.unix() >= at
        };
        let mut fitting: Vec<&'a str> = story.talks.iter().filter(talking).map(|talk| talk.party).collect();
        fitting.dedup();
        if let [party] = fitting[..] {
            self.learn(member, party);
        }
    }
}
