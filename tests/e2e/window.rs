//! The window as somebody sees and uses it.
//!
//! Elements are named by CSS selectors in which `@name` stands for `[data-testid="name"]`.

use std::{
    fmt::Debug,
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::{By, Capabilities, TypingData, WebDriver, WebElement, error::WebDriverResult};

use crate::{
    drag::Drag,
    processes::{LOG, Processes},
    room::{self, Room},
    wheel::{Area, Wheel},
};

/// How long anything may take that should come at once: these machines are busy.
const PATIENCE: Duration = Duration::from_secs(15);
const LOOK: Duration = Duration::from_millis(25);

const FIRST_SCREEN: &str = "const main = document.querySelector('main');
    return main !== null && main.childElementCount > 0 && main.querySelector('.loading') === null";

#[derive(Debug)]
pub struct Window {
    /// `None` once it is closed.
    driver: Option<WebDriver>,
    processes: Processes,
}

impl Window {
    /// Starts the program and waits until its first screen is there.
    pub async fn open(room: &Room) -> Self {
        let processes = Processes::start(room);
        let mut wanted = Capabilities::new();
        wanted.set("browserName", "wry").unwrap();
        let program = json!({ "binary": room::desktop(), "args": [] });
        wanted.set("webkitgtk:browserOptions", program).unwrap();
        let session = WebDriver::builder(processes.driver(), wanted).request_timeout(PATIENCE).await;
        // The driver does not answer at all when the program has ended before its window was there.
        let said = || fs::read_to_string(room.path(LOG)).unwrap_or_default();
        let driver = session.unwrap_or_else(|error| panic!("no window ({error}); was said:\n{}", said()));
        let window = Self { driver: Some(driver), processes };
        window.until("the first screen", FIRST_SCREEN).await;
        window
    }

    /// Closes it as its frame's button does; the program has ended when this returns.
    pub fn close(mut self) {
        self.forget_driver();
        self.processes.close_window();
    }

    /// The same while something is going on that the program ends first.
    pub fn close_during_work(mut self, patience: Duration) {
        self.forget_driver();
        self.processes.close_during_work(patience);
    }

    /// Holds files over its middle, as somebody does who drags them in from a folder.
    pub fn drag(&self, files: &[&Path]) -> Drag {
        self.processes.drag(files)
    }

    /// A mouse with a wheel, its pointer over an area of the window.
    pub fn wheel(&self, area: Area) -> Wheel {
        self.processes.wheel(area)
    }

    /// The element, once it is there.
    pub async fn find(&self, selector: &str) -> WebElement {
        self.find_within(PATIENCE, selector).await
    }

    pub async fn find_within(&self, patience: Duration, selector: &str) -> WebElement {
        let begun = Instant::now();
        loop {
            match self.driver().find(By::Css(css(selector))).await {
                Ok(element) => return element,
                Err(error) if begun.elapsed() > patience => self.fail(selector, &error).await,
                Err(_) => tokio::time::sleep(LOOK).await,
            }
        }
    }

    /// Clicks it with the pointer, once it is there and can be clicked.
    pub async fn click(&self, selector: &str) {
        let begun = Instant::now();
        loop {
            let clicked = match self.driver().find(By::Css(css(selector))).await {
                Ok(element) => press(&element).await,
                Err(error) => Err(error),
            };
            match clicked {
                Ok(()) => return,
                Err(error) if begun.elapsed() > PATIENCE => {
                    self.fail(&format!("a click on {selector}"), &error).await;
                }
                Err(_) => tokio::time::sleep(LOOK).await,
            }
        }
    }

    /// Types into it.
    pub async fn type_into(&self, selector: &str, keys: impl Into<TypingData>) {
        self.find(selector).await.send_keys(keys).await.unwrap();
    }

    /// The words on it, without blanks around, once it is there.
    pub async fn text(&self, selector: &str) -> String {
        self.find(selector).await.text().await.unwrap().trim().to_owned()
    }

    /// What a script of the page returns.
    pub async fn ask<T: DeserializeOwned>(&self, script: &str) -> T {
        let answer = self.driver().execute(script, Vec::<Value>::new()).await.unwrap();
        answer.convert().unwrap()
    }

    /// What a script of the page passes to its only argument, a function.
    pub async fn ask_later<T: DeserializeOwned>(&self, script: &str) -> T {
        let answer = self.driver().execute_async(script, Vec::<Value>::new()).await.unwrap();
        answer.convert().unwrap()
    }

    /// Waits until a script of the page returns true.
    pub async fn until(&self, what: &str, script: &str) {
        self.until_within(PATIENCE, what, script).await;
    }

    pub async fn until_within(&self, patience: Duration, what: &str, script: &str) {
        let begun = Instant::now();
        while !self.ask::<bool>(script).await {
            if begun.elapsed() > patience {
                self.fail(what, &format!("{script:?} is not true after {patience:?}")).await;
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Waits until the words on an element hold these.
    pub async fn until_text(&self, selector: &str, words: &str) {
        let script = format!(
            "return [...document.querySelectorAll({})].some((element) => element.innerText.includes({}))",
            json!(css(selector)),
            json!(words)
        );
        self.until(&format!("{selector} says “{words}”"), &script).await;
    }

    /// Waits until there are exactly so many such elements.
    pub async fn until_count(&self, selector: &str, count: usize) {
        let script = format!("return document.querySelectorAll({}).length === {count}", json!(css(selector)));
        self.until(&format!("{count} of {selector}"), &script).await;
    }

    /// Goes to an address of the page, such as `#/calls?period=month`.
    pub async fn go(&self, address: &str) {
        self.ask::<Value>(&format!("location.hash = {}; return null", json!(address))).await;
    }

    pub async fn resize(&self, width: u32, height: u32) {
        self.driver().set_window_rect(0, 0, width, height).await.unwrap();
        let script = format!("return innerWidth === {width} && innerHeight === {height}");
        self.until(&format!("a window of {width} × {height}"), &script).await;
    }

    pub async fn picture(&self, file: &Path) {
        self.driver().screenshot(file).await.unwrap();
    }

    async fn fail(&self, what: &str, error: &impl Debug) -> ! {
        let picture = picture_of_failure();
        let taken = self.driver().screenshot(&picture).await;
        let words: String = self.ask("return document.body.innerText").await;
        panic!(
            "waited in vain for {what}: {error:?}\npicture: {} {taken:?}\nthe window says:\n{words}",
            picture.display()
        );
    }

    fn driver(&self) -> &WebDriver {
        self.driver.as_ref().expect("the window is open")
    }

    /// Without this the client would ask a driver to end the session whose processes are ended anyway.
    fn forget_driver(&mut self) {
        if let Some(driver) = self.driver.take() {
            driver.leak().expect("the session was not ended before");
        }
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        self.forget_driver();
    }
}

/// Scrolls to it as a person does, and clicks it.
async fn press(element: &WebElement) -> WebDriverResult<()> {
    element.scroll_into_view().await?;
    element.click().await
}

fn css(selector: &str) -> String {
    let mut parts = selector.split('@');
    let mut css = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end =
            part.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-').unwrap_or(part.len());
        let (name, rest) = part.split_at(end);
        css.extend(["[data-testid=\"", name, "\"]", rest]);
    }
    css
}

fn picture_of_failure() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("e2e");
    fs::create_dir_all(&folder).unwrap();
    let flow = std::thread::current().name().unwrap_or("flow").replace("::", "-");
    folder.join(format!("{flow}.png"))
}
