//! A small office of which an exchange wrote all it can write: records of calls, channel events, the log of its queues.

use std::fmt::Write;

use chrono::DateTime;

/// The three files of one day.
pub(super) struct Office {
    pub records: Vec<String>,
    pub events: Vec<String>,
    pub queue_log: Vec<String>,
}

/// 9 March 2026, 08:00 UTC.
const MORNING: i64 = 1_773_043_200;

/// Calls of four sorts, one after the other.
pub(super) fn office(calls: u32) -> Office {
    let mut office = Office { records: Vec::new(), events: Vec::new(), queue_log: Vec::new() };
    office.queue_log.push(format!("{MORNING}|NONE|NONE|NONE|QUEUESTART|"));
    for number in 0..calls {
        let call = Call { start: MORNING + i64::from(number) * 37, number, office: &mut office };
        match number % 4 {
            0 => call.answered(),
            1 => call.through_the_queue(),
            2 => call.passed_on(),
            _ => call.lost_in_the_queue(),
        }
    }
    office
}

struct Call<'a> {
    start: i64,
    number: u32,
    office: &'a mut Office,
}

impl Call<'_> {
    fn id(&self, channel: u32) -> String {
        format!("{}.{}", self.start, self.number * 10 + channel)
    }

    fn caller(&self) -> String {
        format!("02091{:05}", self.number % 70_000)
    }

    fn line(&self) -> String {
        format!("PJSIP/line1-{:08x}", self.number * 10)
    }

    fn telephone(&self, extension: u32, channel: u32) -> String {
        format!("PJSIP/{extension}-{:08x}", self.number * 10 + channel)
    }

    /// Channel, destination, application and its details; when, and how long with and without ringing.
    fn record(&mut self, to: &str, application: [&str; 2], from: i64, total: i64, talk: i64, result: &str) {
        let clock =
            |at: i64| DateTime::from_timestamp(self.start + at, 0).unwrap().format("%F %T").to_string();
        let answer = if talk > 0 { format!("\"{}\"", clock(from + total - talk)) } else { String::new() };
        let [application, data] = application;
        let sequence = self.office.records.len();
        let row = format!(
            r#""","{}","6714710","from-trunk","","{}","{to}","{application}","{data}","{}",{answer},"{}",{total},{talk},"{result}","DOCUMENTATION","{id}","","","{id}",{sequence}"#,
            self.caller(),
            self.line(),
            clock(from),
            clock(from + total),
            id = self.id(0),
        );
        self.office.records.push(row);
    }

    /// One event of a channel: what it is called, its application and the details.
    fn event(&mut self, at: f64, event: &str, channel: u32, name: &str, application: [&str; 2], extra: &str) {
        let mut row = String::new();
        #[expect(clippy::cast_precision_loss, reason = "seconds of our time")]
        let moment = self.start as f64 + at;
        let (caller, exten) = if channel == 0 { (self.caller(), "6714710") } else { (String::new(), "s") };
        let context = if channel == 0 { "from-trunk" } else { "internal" };
        let [application, data] = application;
        write!(
            row,
            r#""{event}","{moment:.6}","","{caller}","","","","{exten}","{context}","{name}","{application}","{data}","3","","{}","{}","","","","{}""#,
            self.id(channel),
            self.id(0),
            extra.replace('"', "\"\""),
        )
        .unwrap();
        self.office.events.push(row);
    }

    fn queue(&mut self, at: i64, member: &str, rest: &str) {
        let row = format!("{}|{}|sales|{member}|{rest}", self.start + at, self.id(0));
        self.office.queue_log.push(row);
    }

    fn arrives(&mut self, application: [&str; 2]) {
        let line = self.line();
        self.event(0.1, "CHAN_START", 0, &line, ["", ""], "");
        self.event(0.2, "APP_START", 0, &line, application, "");
    }

    fn rings(&mut self, at: f64, extension: u32, channel: u32) {
        let name = self.telephone(extension, channel);
        self.event(at, "CHAN_START", channel, &name, ["", ""], "");
    }

    fn talks(&mut self, from: f64, to: f64, extension: u32, channel: u32, application: [&str; 2]) {
        let (line, name) = (self.line(), self.telephone(extension, channel));
        let bridge =
            format!(r#"{{"bridge_id":"{}-{channel}","bridge_technology":"simple_bridge"}}"#, self.number);
        let dialled = if application[0] == "Queue" { "AppQueue" } else { "AppDial" };
        let own = [dialled, "(Outgoing Line)"];
        self.event(from, "ANSWER", channel, &name, own, "");
        self.event(from + 0.001, "ANSWER", 0, &line, application, "");
        self.event(from + 0.002, "BRIDGE_ENTER", channel, &name, own, &bridge);
        self.event(from + 0.003, "BRIDGE_ENTER", 0, &line, application, &bridge);
        self.event(to, "BRIDGE_EXIT", 0, &line, application, &bridge);
        self.event(to + 0.001, "BRIDGE_EXIT", channel, &name, own, &bridge);
        self.ends(to + 0.002, extension, channel, dialled);
    }

    fn ends(&mut self, at: f64, extension: u32, channel: u32, dialled: &str) {
        let name = self.telephone(extension, channel);
        let cause = r#"{"hangupcause":16,"hangupsource":"","dialstatus":""}"#;
        self.event(at, "HANGUP", channel, &name, [dialled, "(Outgoing Line)"], cause);
        self.event(at + 0.001, "CHAN_END", channel, &name, [dialled, "(Outgoing Line)"], "");
    }

    fn is_over(&mut self, at: f64) {
        let line = self.line();
        self.event(
            at,
            "HANGUP",
            0,
            &line,
            ["", ""],
            r#"{"hangupcause":16,"hangupsource":"","dialstatus":""}"#,
        );
        self.event(at + 0.001, "CHAN_END", 0, &line, ["", ""], "");
        self.event(at + 0.002, "LINKEDID_END", 0, &line, ["", ""], "");
    }

    /// 101 answers after 5 s and talks for 60.
    fn answered(mut self) {
        let dial = ["Dial", "PJSIP/101,20"];
        self.arrives(dial);
        self.rings(0.3, 101, 1);
        self.talks(5.5, 65.5, 101, 1, dial);
        self.is_over(65.6);
        let to = self.telephone(101, 1);
        self.record(&to, dial, 0, 65, 60, "ANSWERED");
    }

    /// 102 does not answer for 8 s, then 103 does after 4 more; 40 s of talk. A code is given to the call.
    fn through_the_queue(mut self) {
        let queue = ["Queue", "sales,tT"];
        self.arrives(queue);
        self.rings(0.3, 102, 1);
        self.ends(8.4, 102, 1, "AppQueue");
        self.rings(9.3, 103, 2);
        self.talks(13.4, 53.4, 103, 2, queue);
        self.is_over(53.5);
        let (first, second) = (self.telephone(102, 1), self.telephone(103, 2));
        self.record(&first, queue, 0, 8, 8, "NO ANSWER");
        self.record(&second, queue, 9, 44, 44, "ANSWERED");
        let (caller, channel) = (self.caller(), self.id(2));
        self.queue(0, "NONE", &format!("ENTERQUEUE||{caller}|1"));
        self.queue(8, "Carla", "RINGNOANSWER|8000");
        self.queue(13, "Dan", &format!("CONNECT|13|{channel}|4"));
        self.queue(53, "Dan", "COMPLETECALLER|13|40|1");
        self.queue(60, "Dan", "CALLSTATUS|21");
    }

    /// 101 answers and passes the call on to 104, who answers after 6 s.
    fn passed_on(mut self) {
        let dial = ["Dial", "PJSIP/101,20"];
        self.arrives(dial);
        self.rings(0.3, 101, 1);
        let (name, to) = (self.telephone(101, 1), self.id(0));
        self.talks(4.4, 20.4, 101, 1, dial);
        let extra =
            format!(r#"{{"extension":"104","context":"internal","transferee_channel_uniqueid":"{to}"}}"#);
        self.event(20.3, "BLINDTRANSFER", 1, &name, ["AppDial", "(Outgoing Line)"], &extra);
        self.rings(20.5, 104, 2);
        self.talks(26.6, 56.6, 104, 2, ["Dial", "PJSIP/104,20"]);
        self.is_over(56.7);
        let (first, second) = (self.telephone(101, 1), self.telephone(104, 2));
        self.record(&first, dial, 0, 20, 16, "ANSWERED");
        self.record(&second, ["Dial", "PJSIP/104,20"], 20, 36, 36, "ANSWERED");
    }

    /// 102 rings for 9 s in vain, and the caller gives up after 12.
    fn lost_in_the_queue(mut self) {
        let queue = ["Queue", "sales,tT"];
        self.arrives(queue);
        self.rings(0.3, 102, 1);
        self.ends(9.4, 102, 1, "AppQueue");
        self.is_over(12.5);
        let member = self.telephone(102, 1);
        self.record(&member, queue, 0, 9, 9, "NO ANSWER");
        self.record("", queue, 9, 3, 3, "ANSWERED");
        let caller = self.caller();
        self.queue(0, "NONE", &format!("ENTERQUEUE||{caller}|1"));
        self.queue(9, "Carla", "RINGNOANSWER|9000");
        self.queue(12, "NONE", "ABANDON|1|1|12");
    }
}
