//! A caller whom nobody answered is one call and one row to ring back, until somebody has spoken with them.

use std::fs;

use chrono::{Local, NaiveDateTime, TimeDelta};

use crate::{
    import::{answer_zone, choose, import_now},
    room::Room,
    window::Window,
};

const CALLER: &str = "0861555001";

#[tokio::test]
async fn a_missed_group_call_is_rung_back() {
    let mut room = Room::new();
    // Rows of an exchange whose clock is this computer's.
    let missed_at = Local::now().naive_local() - TimeDelta::hours(3);
    let mut rows = group_that_nobody_answered(missed_at);
    let file = room.path("Master.csv");
    fs::write(&file, rows.join("\n") + "\n").unwrap();
    room.answer_dialogs_with(&[&file]);
    let window = Window::open(&room).await;
    choose(&window).await;
    answer_zone(&window).await;
    let summary = import_now(&window, 1).await;
    assert_eq!((summary.lines, summary.calls, summary.rejected), (3, 1, 0));

    // Three telephones rang: one call.
    let day = missed_at.date();
    window.go(&format!("#/calls?period={day}..{day}")).await;
    window.until_text("@total", "1 call").await;
    window.click("@grid [data-call-id]").await;
    let sentence = window.text("@panel @sentence").await;
    for device in ["101", "102", "103"] {
        assert!(sentence.contains(device), "{sentence}");
    }

    window.click("@rail-ring-back").await;
    window.until_count("@caller", 1).await;
    assert_eq!(window.text("@caller @tries").await, "1");

    // The file has grown: what it held before is known.
    rows.push(answered_call_back(missed_at + TimeDelta::hours(1)));
    fs::write(&file, rows.join("\n") + "\n").unwrap();
    choose(&window).await;
    answer_zone(&window).await;
    let summary = import_now(&window, 2).await;
    assert_eq!((summary.lines, summary.known, summary.calls), (4, 3, 1));

    window.click("@rail-ring-back").await;
    window.until_count("@caller", 0).await;
    window.click("@view-reached").await;
    window.until_count("@caller", 1).await;
    window.until_text("@caller @because", "102").await;
}

/// Three telephones of a group ring for 20 s, one row each; all with the caller's channel.
fn group_that_nobody_answered(at: NaiveDateTime) -> Vec<String> {
    let id = format!("pbx-{}.40", at.and_local_timezone(Local).earliest().unwrap().timestamp());
    let end = at + TimeDelta::seconds(20);
    ["101", "102", "103"]
        .iter()
        .zip(70..)
        .map(|(device, sequence)| {
            format!(
                r#""","{CALLER}","5550101","from-pstn","""{CALLER}"" <{CALLER}>","PJSIP/trunk-00000010","PJSIP/{device}-000000{sequence}","Dial","PJSIP/101&PJSIP/102&PJSIP/103,20","{at}",,"{end}",20,0,"NO ANSWER","DOCUMENTATION","{id}","","","{id}",{sequence}"#,
                at = at.format("%F %T"),
                end = end.format("%F %T"),
            )
        })
        .collect()
}

/// 102 rings the caller back, who answers after 5 s and talks for 40 s.
fn answered_call_back(at: NaiveDateTime) -> String {
    let id = format!("pbx-{}.60", at.and_local_timezone(Local).earliest().unwrap().timestamp());
    let (answer, end) = (at + TimeDelta::seconds(5), at + TimeDelta::seconds(45));
    format!(
        r#""","102","{CALLER}","from-internal","""Office"" <102>","PJSIP/102-00000080","PJSIP/trunk-00000081","Dial","PJSIP/{CALLER}@trunk,60","{at}","{answer}","{end}",45,40,"ANSWERED","DOCUMENTATION","{id}","","","{id}",90"#,
        at = at.format("%F %T"),
        answer = answer.format("%F %T"),
        end = end.format("%F %T"),
    )
}
