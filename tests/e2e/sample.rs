//! The third door: a made-up office to look around in.

use serde::Deserialize;

use crate::{room::Room, window::Window};

/// One of the six numbers, as it is written on the screen.
#[derive(Debug, Deserialize)]
pub struct Number {
    kind: String,
    value: String,
    /// "of 34 incoming calls"
    basis: String,
}

impl Number {
    fn value(&self) -> u32 {
        whole(&self.value)
    }

    fn basis(&self) -> u32 {
        whole(&self.basis)
    }
}

#[tokio::test]
async fn every_number_opens_the_calls_it_counts() {
    let room = Room::new();
    let window = Window::open(&room).await;
    window.click("@door-sample").await;
    window.find("@sample-banner").await;
    let numbers = a_day_with_calls(&window).await;
    let day = window.ask::<String>("return location.hash").await;
    assert_eq!(numbers.len(), 6);

    for number in numbers {
        window.go(&day).await;
        window.click(&format!("@metric-{}", number.kind)).await;
        let listed = total(&window).await;
        println!("{number:?}: {listed} calls");
        match number.kind.as_str() {
            "calls" | "missed" | "not-called-back" => assert_eq!(listed, number.value(), "{number:?}"),
            // The list shows the answered ones: the share is theirs of all.
            "answered-percent" => {
                let percent = (listed * 100 + number.basis() / 2) / number.basis();
                assert_eq!(percent, number.value(), "{listed} calls, {number:?}");
            }
            "average-wait" | "talk-time" => assert_eq!(listed, number.basis(), "{number:?}"),
            other => panic!("there is no number {other}"),
        }
    }

    window.click("@close-sample").await;
    window.find("@door-connect").await;
    window.until_count("@sample-banner", 0).await;
    assert!(room.calls_of(&room.ledger(), &[]).is_empty(), "made-up calls in the person's own ledger");
}

#[tokio::test]
async fn colours_are_the_persons_choice_and_are_remembered() {
    let room = Room::new();
    for expected in ["light", "dark"] {
        let window = Window::open(&room).await;
        window.click("@theme").await;
        window.until_count(&format!(":root[data-theme={expected}]"), 1).await;
        // Written to the disk by WebKit in its own time; ended at once it would forget.
        window.close();
    }
}

/// Goes back to the last day of the office on which it was really open; today may be a Sunday, or early.
pub async fn a_day_with_calls(window: &Window) -> Vec<Number> {
    for _ in 0..7 {
        window.until_count("[data-testid^=metric-]", 6).await;
        let numbers: Vec<Number> = window
            .ask(
                "return [...document.querySelectorAll('[data-testid^=metric-]')].map((link) => ({
                     kind: link.dataset.testid.slice('metric-'.length),
                     value: link.querySelector('.value').innerText,
                     basis: link.querySelector('.beside:last-child').innerText,
                 }))",
            )
            .await;
        if numbers[0].value() > 100 {
            return numbers;
        }
        let day = window.text("@period").await;
        window.click("@period-earlier").await;
        let script = format!("return document.querySelector('[data-testid=period]').innerText !== '{day}'");
        window.until("the day before", &script).await;
        window
            .until("its numbers", "return document.querySelector('.today[aria-busy=false]') !== null")
            .await;
    }
    panic!("the made-up office was never open");
}

/// How many calls the list says it has, once it has them.
pub async fn total(window: &Window) -> u32 {
    window
        .until(
            "a list of calls",
            "const list = document.querySelector('[data-screen=calls] .list');
             return list !== null && list.getAttribute('aria-busy') === 'false'",
        )
        .await;
    whole(&window.text("@total").await)
}

/// The first whole number in a text, thousands grouped or not.
pub fn whole(text: &str) -> u32 {
    let digits = text.chars().skip_while(|letter| !letter.is_ascii_digit());
    let digits = digits.take_while(|letter| letter.is_ascii_digit() || *letter == ',');
    digits.filter(char::is_ascii_digit).collect::<String>().parse().unwrap_or(0)
}
