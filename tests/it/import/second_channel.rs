//! A telephone that asks on a second channel and joins its two calls: one call, though no id says so.

use calls::{Call, TransferKind};

use super::{Desk, assert_same_calls, in_lines, office_rows};

/// The conversation, what was said on the second channel, and what came of it. Made up.
const ROWS: [&str; 3] = [
    r#""","0861110001","5550101","from-trunk","""0861110001"" <0861110001>","PJSIP/line1-0000000a","PJSIP/101-00000651","Dial","PJSIP/101,20,tT","2026-03-10 09:00:00","2026-03-10 09:00:10","2026-03-10 09:01:35",95,85,"ANSWERED","DOCUMENTATION","1773133200.10","","","1773133200.10",1"#,
    r#""","101","102","internal","""Anna"" <101>","PJSIP/101-00000652","PJSIP/102-00000661","Dial","PJSIP/102,20,tT","2026-03-10 09:01:00","2026-03-10 09:01:05","2026-03-10 09:01:35",35,30,"ANSWERED","DOCUMENTATION","1773133260.20","","","1773133260.20",2"#,
    r#""","0861110001","102","internal","""0861110001"" <0861110001>","PJSIP/line1-0000000a","PJSIP/102-00000661","Dial","PJSIP/101,20,tT","2026-03-10 09:01:35","2026-03-10 09:01:35","2026-03-10 09:03:15",100,100,"ANSWERED","DOCUMENTATION","1773133200.10","","","1773133200.10",3"#,
];

const ORDERS: [[usize; 3]; 6] = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];

fn rows(places: &[usize]) -> Vec<String> {
    places.iter().map(|place| ROWS[*place].to_owned()).collect()
}

fn desk_of(files: &[&[usize]]) -> Desk {
    let mut desk = Desk::new();
    for file in files {
        desk.import_rows(&rows(file));
    }
    desk
}

/// The two calls of that morning are one; the days before have their own.
#[track_caller]
fn the_call(desk: &Desk) -> Call {
    let begun = |call: &Call| call.start.unix() >= 1_773_133_200 && call.start.unix() < 1_773_133_400;
    let calls: Vec<Call> = desk.calls().into_iter().filter(begun).collect();
    let [call] = calls.as_slice() else { panic!("{} calls: {calls:#?}", calls.len()) };
    assert_eq!(call.evidence.len(), 3);
    assert_eq!((call.total_seconds, call.talk_seconds, call.hold_seconds), (Some(195), Some(180), Some(35)));
    assert_eq!(call.transfers[0].kind, TransferKind::Attended);
    assert_eq!(call.talked, ["101", "102"]);
    call.clone()
}

#[test]
fn in_one_file_in_any_order() {
    for order in ORDERS {
        let mut desk = Desk::new();
        let import = desk.import_rows(&rows(&order));
        the_call(&desk);
        assert_eq!((import.inserted, import.calls), (3, 1), "{order:?}");
        desk.assert_sound();
        let again = desk.import_rows(&rows(&order));
        assert_eq!((again.inserted, again.known, again.calls), (0, 3, 0), "{order:?}");
        desk.undo(&import);
        the_call(&desk);
        desk.assert_sound();
        desk.undo(&again);
        assert_eq!(desk.digest(), Desk::new().digest());
    }
}

#[test]
fn in_files_of_their_own_in_any_order() {
    let whole = desk_of(&[&[0, 1, 2]]).calls();
    for [first, second, third] in ORDERS {
        for files in [
            vec![vec![first], vec![second], vec![third]],
            vec![vec![first, second], vec![third]],
            vec![vec![first], vec![second, third]],
            vec![vec![first, second], vec![second, third]],
        ] {
            let files: Vec<&[usize]> = files.iter().map(Vec::as_slice).collect();
            println!("{files:?}");
            let desk = desk_of(&files);
            the_call(&desk);
            assert_same_calls(&desk.calls(), &whole);
            desk.assert_sound();
        }
    }
}

#[test]
fn whatever_is_taken_back_has_never_been() {
    for order in ORDERS {
        for gone in ORDERS {
            println!("imported in the order {order:?}, taken back in the order {gone:?}");
            let mut desk = Desk::new();
            let mut imports = Vec::new();
            for place in order {
                imports.push((place, desk.import_rows(&rows(&[place]))));
            }
            for (taken, place) in gone.into_iter().enumerate() {
                desk.undo(&imports.iter().find(|(import, _)| *import == place).unwrap().1);
                desk.assert_sound();
                let left: Vec<usize> =
                    order.into_iter().filter(|place| !gone[..=taken].contains(place)).collect();
                let left: Vec<&[usize]> = left.iter().map(std::slice::from_ref).collect();
                assert_same_calls(&desk.calls(), &desk_of(&left).calls());
            }
            assert_eq!(desk.digest(), Desk::new().digest());
        }
    }
}

/// The row of the consultation is written minutes before, or found in the ledger already among many others.
#[test]
fn thousands_of_rows_apart() {
    let others = office_rows(20, 2_100);
    assert!(others.len() > 4_200);
    let [held, asked, joined] = [0, 1, 2].map(|place| rows(&[place]));
    for (one, other) in [
        ([held.clone(), asked.clone()].concat(), joined.clone()),
        ([held.clone(), joined.clone()].concat(), asked.clone()),
        ([asked.clone(), joined.clone()].concat(), held.clone()),
        (asked.clone(), [held.clone(), joined.clone()].concat()),
    ] {
        let file = [one.as_slice(), others.as_slice(), other.as_slice()].concat();
        let mut desk = Desk::new();
        let import = desk.import_rows(&file);
        the_call(&desk);
        assert_eq!(import.calls, desk.calls().len() as u64);
        desk.assert_sound();
    }
}

#[test]
fn in_two_files_that_have_much_in_common() {
    let others = office_rows(21, 120);
    let (early, late) = others.split_at(others.len() / 2);
    for order in ORDERS {
        let [one, other] = [rows(&order[..1]), rows(&order[1..])];
        let mut desk = Desk::new();
        desk.import_rows(&[early, other.as_slice(), late].concat());
        let first = desk.digest();
        let second = desk.import_rows(&[one.as_slice(), late, early].concat());
        the_call(&desk);
        desk.assert_sound();
        desk.undo(&second);
        assert_eq!(desk.digest(), first);
    }
}

/// A row that is told otherwise may part what was one call.
#[test]
fn another_word_parts_them_again() {
    let mut desk = Desk::new();
    desk.import_rows(&rows(&[0, 1, 2]));
    let otherwise = ROWS[1].replace("09:01:35\",35,30", "09:01:15\",15,10");
    assert_ne!(otherwise, ROWS[1]);
    let update = desk.import_rows(&[otherwise]);
    assert_eq!((update.inserted, update.updated, desk.calls().len()), (1, 1, 2));
    desk.assert_sound();
    desk.undo(&update);
    the_call(&desk);
    desk.assert_sound();
}

/// Two sites number their telephones alike.
#[test]
fn another_exchange_has_telephones_of_the_same_number() {
    let desk = Desk::new();
    for (exchange, places) in [(1, &[0, 2][..]), (2, &[1])] {
        let file = desk.file(&format!("exchange-{exchange}.csv"), in_lines(&rows(places)));
        let options = app::views::ImportOptions {
            zone: Some("UTC".to_owned()),
            exchange: Some(exchange),
            ..app::views::ImportOptions::default()
        };
        desk.app.import(&file, &options, &app::Progress::default()).unwrap();
    }
    assert_eq!(desk.calls().len(), 2);
    desk.assert_sound();
}
